/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The doctor's plan: from facts and answers to the next step and to the conclusion.
 */
#include <check.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "client/doctor/doctor-facts.h"
#include "client/doctor/doctor-plan.h"
#include "client/doctor/doctor-text.h"

#define BIT(code) (UINT64_C(1) << (code))

static struct doctor_case fresh(void) {
        return (struct doctor_case){ .start = DOCTOR_FACTS_UNKNOWN, .now = DOCTOR_FACTS_UNKNOWN };
}

/* A headset on the cable, with this trouble and finding. */
static struct doctor_case seen(enum trouble trouble, enum finding_code first, const char *hub) {
        struct doctor_case c = fresh();

        snprintf(c.start.id, sizeof c.start.id, "wh_1000xm4_3f2a1c");
        snprintf(c.start.model, sizeof c.start.model, "WH-1000XM4");
        snprintf(c.start.family, sizeof c.start.family, "over-ear");
        snprintf(c.start.port, sizeof c.start.port, "usb1_port2");
        snprintf(c.start.hub, sizeof c.start.hub, "%s", hub);
        snprintf(c.start.cause, sizeof c.start.cause, "What was found.");
        snprintf(c.start.told, sizeof c.start.told, "Do this.");
        c.start.on_cable = c.start.on_usb = true;
        c.start.trouble = trouble;
        c.start.first = first;
        c.start.enumerates = YES;
        if (first != _FINDING_CODE_MAX)
                c.start.codes = BIT(first);
        c.now = c.start;
        return c;
}

static struct doctor_case unseen(const char *model) {
        struct doctor_case c = fresh();

        snprintf(c.start.model, sizeof c.start.model, "%s", model);
        return c;
}

static void take(struct doctor_case *c, enum doctor_step s, const char *word) {
        unsigned answer = step_answer(s, word);

        ck_assert_msg(answer > 0 || strcmp(word, "skip") == 0, "%s=%s", step_name(s), word);
        plan_take(c, s, answer ? OUTCOME_ANSWERED : OUTCOME_SKIPPED, answer, NULL, 1);
}

/* Answers by a text "step=word step=word"; what it does not name is skipped. Every step comes from the plan. */
static void follow(struct doctor_case *c, const char *script) {
        enum doctor_step s;

        while ((s = plan_next(c)) != STEP_END) {
                char want[64], word[64] = "skip";
                const char *at;

                ck_assert_msg(c->answers[s].outcome == OUTCOME_NONE, "%s twice", step_name(s));
                snprintf(want, sizeof want, " %s=", step_name(s));
                at = strstr(script, want);
                if (at)
                        sscanf(at + strlen(want), "%63s", word);
                take(c, s, word);
        }
}

static bool was_asked(const struct doctor_case *c, const char *name) {
        return c->answers[step_from_name(name)].outcome != OUTCOME_NONE;
}

/* Every story: what is known, what is answered, the rule it comes to, and what was and was not asked on the way. */
static const struct story {
        struct {
                enum trouble trouble;
                enum finding_code first;
                const char *hub;
                const char *model; /* not NULL: nothing is seen of this model */
        } start;
        const char *script, *rule, *asked, *not_asked;
        enum finding_code code;
} stories[] = {
        { { TROUBLE_SLOW, HUB_BUS_POWERED, "Hub", NULL }, " do:direct=works", "hub", "do:direct", "led", HUB_BUS_POWERED },
        { { TROUBLE_SLOW, POWER_BUDGET_EXCEEDED, "Hub", NULL },
          " do:direct=works",
          "hub",
          "do:direct",
          "do:another-port",
          POWER_BUDGET_EXCEEDED },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL },
          " cable=supplied do:replug=fails do:another-port=works",
          "port",
          "do:replug",
          "do:another-cable",
          PORT_SUSPECT },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL },
          " do:replug=works",
          "replug",
          "do:replug",
          "do:another-port",
          LINK_UNSTABLE },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL },
          " cable=supplied do:replug=fails do:another-port=fails do:another-cable=works",
          "another-cable",
          "do:another-port",
          "do:adapter",
          CABLE_SUSPECT },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL },
          " cable=other do:supplied-cable=works",
          "supplied-cable",
          "do:supplied-cable",
          "do:another-cable",
          CABLE_SUSPECT },
        { { TROUBLE_BLOCKED, PORT_OFF, "", NULL }, " do:as-told=works", "as-told", "do:as-told", "do:another-port", PORT_OFF },
        { { TROUBLE_BLOCKED, PORT_OVER_CURRENT, "", NULL },
          " do:as-told=fails do:another-port=works",
          "port-explained",
          "do:as-told",
          "do:adapter",
          PORT_OVER_CURRENT },
        { { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL },
          " led=dark level=full",
          "battery-full-by-word",
          "led",
          "do:replug",
          BATTERY_FULL },
        { { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL },
          " led=steady level=low only-plugged=yes",
          "only-plugged",
          "only-plugged",
          "do:another-cable",
          BATTERY_DIES_UNPLUGGED },
        { { TROUBLE_NONE, PORT_LIMITS_CURRENT, "", NULL },
          " led=steady level=low",
          "slowly",
          "led-colour",
          "do:adapter",
          PORT_LIMITS_CURRENT },
        { { .model = "WH-1000XM5" },
          " power-from=computer led=flashing led-colour=red temperature=hot",
          "temperature",
          "temperature",
          "do:replug",
          TEMPERATURE },
        { { .model = "WH-1000XM5" }, " power-from=computer led=flashing wet=yes", "wet", "wet", "do:wait", CONTACTS_DIRTY },
        { { .model = "WH-1000XM5" },
          " power-from=computer led=dark plugged-for=moments do:wait=works",
          "too-early",
          "do:wait",
          "do:replug",
          TOO_EARLY },
        { { .model = "WH-1000XM5" },
          " power-from=computer led=dark plugged-for=longer stored=yes do:wait=works",
          "deep-discharge-waited",
          "stored",
          "do:replug",
          DEEP_DISCHARGE },
        { { .model = "WH-1000XM5" },
          " power-from=computer led=dark plugged-for=longer stored=no do:another-port=fails do:another-cable=fails "
          "do:adapter=works",
          "computer-ports",
          "do:adapter",
          "do:reset",
          PORT_LIMITS_CURRENT },
        { { .model = "WH-1000XM5" },
          " power-from=adapter led=dark do:computer=works",
          "adapter-at-fault",
          "do:computer",
          "do:direct",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM5" },
          " power-from=adapter led=dark do:another-adapter=works",
          "adapter-at-fault",
          "do:another-adapter",
          "do:another-port",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM5" },
          " power-from=adapter led=dark adapter-elsewhere=fails",
          "adapter-elsewhere",
          "adapter-elsewhere",
          "do:plug-in",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM5" },
          " power-from=computer led=dark cable-elsewhere=fails",
          "cable-elsewhere",
          "cable-elsewhere",
          "do:reset",
          CABLE_SUSPECT },
        { { .model = "WH-1000XM5" },
          " power-from=hub led=dark do:direct=works",
          "hub",
          "do:direct",
          "do:another-port",
          HUB_IN_PATH },
        { { .model = "WF-1000XM4" },
          " power-from=computer led=dark seated=no do:seat-anew=works",
          "seating",
          "seated",
          "cable",
          EARBUD_SEATING },
        { { .model = "WF-1000XM4" },
          " power-from=computer led=dark seated=yes contacts=dirty do:clean-contacts=works",
          "contacts",
          "contacts",
          "do:seat-anew",
          CONTACTS_DIRTY },
        { { .model = "WF-1000XM4" },
          " power-from=computer led=dark seated=yes contacts=clean case-charged=no do:case-first=works",
          "case",
          "case-charged",
          "do:clean-contacts",
          CASE_EMPTY },
        { { .model = "WF-1000XM4" },
          " power-from=pad do:instead-of-pad=works",
          "pad",
          "do:instead-of-pad",
          "led",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark do:another-cable=fails do:adapter=fails socket=dirty do:clean-socket=works",
          "socket",
          "socket",
          "do:reset",
          CONTACTS_DIRTY },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark socket=clean do:hold-power=works",
          "hold-power",
          "do:hold-power",
          "do:clean-socket",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark do:reset=helped",
          "reset",
          "do:reset",
          "do:initialise",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark do:initialise=helped",
          "initialised",
          "do:initialise",
          "do:seat-anew",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=flashing firmware=old",
          "firmware",
          "do:initialise",
          "plugged-for",
          FIRMWARE_OLD },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark do:another-cable=fails do:adapter=fails do:reset=failed do:initialise=failed",
          "device",
          "do:initialise",
          "do:computer",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark stored=yes do:another-cable=fails do:adapter=fails",
          "stored",
          "do:wait",
          "do:computer",
          DEEP_DISCHARGE },
        { { .model = "WH-1000XM3" },
          " power-from=computer led=dark system-current=no",
          "system",
          "system-current",
          "do:direct",
          _FINDING_CODE_MAX },
        { { .model = "WH-1000XM3" }, " power-from=computer", "open", "do:reset", "do:direct", _FINDING_CODE_MAX },
        { { TROUBLE_SLOW, HUB_BUS_POWERED, "Hub", NULL }, "", "as-found", "do:reset", "led", HUB_BUS_POWERED },
};

START_TEST(test_story) {
        const struct story *t = &stories[_i];
        struct doctor_case c = t->start.model ? unseen(t->start.model) : seen(t->start.trouble, t->start.first, t->start.hub);
        struct conclusion end;

        follow(&c, t->script);
        plan_conclude(&c, &end);
        ck_assert_msg(strcmp(end.name, t->rule) == 0, "story %d: %s, not %s", _i, end.name, t->rule);
        ck_assert_int_eq(end.code, t->code);
        ck_assert_msg(was_asked(&c, t->asked), "%s was not asked", t->asked);
        ck_assert_msg(!was_asked(&c, t->not_asked), "%s was asked", t->not_asked);
        ck_assert(*end.cause && *end.action && !strchr(end.cause, '@') && !strchr(end.action, '@'));
}
END_TEST

static struct doctor_case random_case(unsigned *seed) {
        static const char *const models[] = { "", "WH-1000XM4", "WF-C510", "WI-C100", "LinkBuds", "something" };
        struct doctor_case c = fresh();

        snprintf(c.start.model, sizeof c.start.model, "%s", models[(unsigned) rand_r(seed) % 6]);
        c.start.choices = (unsigned) rand_r(seed) % 3;
        c.start.on_cable = rand_r(seed) & 1;
        c.start.on_usb = c.start.on_cable && rand_r(seed) & 1;
        c.start.nameless = !c.start.on_cable && rand_r(seed) & 1;
        snprintf(c.start.hub, sizeof c.start.hub, "%s", rand_r(seed) & 1 ? "Hub" : "");
        c.start.trouble = (enum trouble)((unsigned) rand_r(seed) % 4);
        c.start.first = (enum finding_code)((unsigned) rand_r(seed) % (_FINDING_CODE_MAX + 1));
        if (c.start.first != _FINDING_CODE_MAX)
                c.start.codes = BIT(c.start.first);
        c.start.charging = (enum charging_claim)((unsigned) rand_r(seed) % 4);
        c.start.level = (int) ((unsigned) rand_r(seed) % 102) - 1;
        c.start.wireless = (enum tristate)((int) ((unsigned) rand_r(seed) % 3) - 1);
        c.start.enumerates = (enum tristate)((int) ((unsigned) rand_r(seed) % 3) - 1);
        c.now = c.start;
        return c;
}

static unsigned random_answer(enum doctor_step s, unsigned *seed) {
        unsigned n = 0;

        while (step_words(s)[n])
                n++;
        return n == 0 ? 0 : (unsigned) rand_r(seed) % (n + 1);
}

/* Whatever is known and answered, and however often one goes back: no step twice, an end, and a conclusion. */
START_TEST(test_random_walks) {
        unsigned seed = (unsigned) _i + 1;

        for (unsigned walk = 0; walk < 2000; walk++) {
                struct doctor_case c = random_case(&seed);
                unsigned backs = (unsigned) rand_r(&seed) % 5;
                struct conclusion end;
                enum doctor_step s;

                while ((s = plan_next(&c)) != STEP_END) {
                        unsigned answer = random_answer(s, &seed);

                        ck_assert_int_eq(c.answers[s].outcome, OUTCOME_NONE);
                        ck_assert_uint_lt(c.n, _STEP_MAX);
                        plan_take(&c, s, answer ? OUTCOME_ANSWERED : OUTCOME_SKIPPED, answer, NULL, 1);
                        if (backs > 0 && rand_r(&seed) % 4 == 0) {
                                backs--;
                                ck_assert_int_eq(plan_undo(&c), s);
                                ck_assert_int_eq(plan_next(&c), s);
                        }
                }
                plan_conclude(&c, &end);
                ck_assert(*end.cause && *end.action && *end.name);
                for (unsigned q = 0; q < _QUESTION_MAX; q++) {
                        unsigned told = plan_told(&c, (enum question) q);

                        ck_assert(told == 0 || answer_word((enum question) q, told));
                }
        }
}
END_TEST

/* Two factors: neither a port nor a cable is accused before the other combination worked. */
START_TEST(test_no_accusation_on_one_factor) {
        unsigned seed = 77;

        for (unsigned walk = 0; walk < 20000; walk++) {
                struct doctor_case c = random_case(&seed);
                struct conclusion end;
                enum doctor_step s;

                while ((s = plan_next(&c)) != STEP_END)
                        plan_take(&c, s, OUTCOME_ANSWERED, random_answer(s, &seed), NULL, 1);
                plan_conclude(&c, &end);
                if (end.code == PORT_SUSPECT && c.start.first != PORT_SUSPECT)
                        ck_assert(said(&c, STEP_ANOTHER_PORT, "works"));
                if (end.code == CABLE_SUSPECT && c.start.first != CABLE_SUSPECT)
                        ck_assert(said(&c, STEP_ANOTHER_CABLE, "works") || said(&c, STEP_SUPPLIED_CABLE, "works") ||
                                  said(&c, STEP_CABLE_ELSEWHERE, "fails"));
        }
}
END_TEST

START_TEST(test_steps) {
        enum doctor_step s = (enum doctor_step) _i;
        struct doctor_case c = unseen("WH-1000XM4");
        char buf[512];

        ck_assert_int_eq(step_from_name(step_name(s)), s);
        ck_assert_msg((strncmp(step_name(s), "do:", 3) == 0) == (step_kind(s) == STEP_DOES), "%s", step_name(s));
        /* one change at a time */
        ck_assert_msg((step_change(s) & (step_change(s) - 1)) == 0, "%s changes two things", step_name(s));
        ck_assert(step_kind(s) == STEP_DOES || step_change(s) == CHANGES_NOTHING);
        ck_assert_uint_gt(strlen(doctor_sentence(&c, s, buf, sizeof buf)), 10);
        ck_assert(!strchr(buf, '@'));
        ck_assert_uint_gt(strlen(doctor_why(&c, s, buf, sizeof buf)), 10);
        if (step_question(s) != _QUESTION_MAX && step_kind(s) == STEP_ASKS)
                ck_assert_str_eq(step_name(s), question_name(step_question(s)));
        if (step_kind(s) == STEP_DOES)
                ck_assert(step_words(s)[0] && step_words(s)[1] && !step_words(s)[2]);
}
END_TEST

START_TEST(test_undo) {
        struct doctor_case c = unseen("WH-1000XM5");

        ck_assert_int_eq(plan_undo(&c), STEP_END);
        take(&c, STEP_POWER_FROM, "adapter");
        ck_assert_int_eq(plan_next(&c), STEP_LED);
        ck_assert_int_eq(plan_undo(&c), STEP_POWER_FROM);
        ck_assert_int_eq(plan_next(&c), STEP_POWER_FROM);
        take(&c, STEP_POWER_FROM, "computer");
        ck_assert_int_eq(plan_next(&c), STEP_PLUG_IN);
}
END_TEST

/* The light before the change is not the light now. */
START_TEST(test_told) {
        struct doctor_case c = unseen("WH-1000XM5");

        follow(&c,
               " power-from=computer led=dark plugged-for=longer cable=supplied do:another-port=fails do:another-cable=works");
        ck_assert_uint_eq(plan_told(&c, ASKED_LED), 0);
        ck_assert_str_eq(answer_word(ASKED_OTHER_CABLE, plan_told(&c, ASKED_OTHER_CABLE)), "works");
        ck_assert_str_eq(answer_word(ASKED_OTHER_PORT, plan_told(&c, ASKED_OTHER_PORT)), "fails");
        ck_assert_uint_eq(plan_told(&c, ASKED_ADAPTER), 0);

        /* seen on the port where it works: that port is not to be accused */
        c = seen(TROUBLE_AT_RISK, LINK_UNSTABLE, "");
        follow(&c, " do:another-port=works");
        snprintf(c.now.port, sizeof c.now.port, "usb1_port3");
        ck_assert_uint_eq(plan_told(&c, ASKED_OTHER_PORT), 0);

        c = unseen("WH-1000XM5");
        follow(&c, " power-from=adapter led=dark do:another-cable=fails");
        ck_assert_str_eq(answer_word(ASKED_LED, plan_told(&c, ASKED_LED)), "dark");
        ck_assert_str_eq(answer_word(ASKED_ADAPTER, plan_told(&c, ASKED_ADAPTER)), "fails");
}
END_TEST

static struct doctor_facts at_port(const char *port, enum trouble trouble, const char *hub) {
        struct doctor_facts f = DOCTOR_FACTS_UNKNOWN;

        snprintf(f.port, sizeof f.port, "%s", port);
        snprintf(f.hub, sizeof f.hub, "%s", hub);
        f.trouble = trouble;
        f.on_cable = f.on_usb = *port;
        return f;
}

static const struct {
        enum doctor_step step;
        const char *from, *to;
        enum trouble before, after;
        const char *hub;
        bool moved;
        enum sight sight;
} sights[] = {
        { STEP_ANOTHER_PORT, "a", "a", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", false, SIGHT_NOTHING },
        { STEP_ANOTHER_PORT, "a", "", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, SIGHT_GONE },
        { STEP_ANOTHER_PORT, "a", "a", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, SIGHT_SAME_PLACE },
        { STEP_ANOTHER_PORT, "a", "b", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, SIGHT_HELPED },
        { STEP_ANOTHER_PORT, "a", "b", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", true, SIGHT_SAME },
        { STEP_ANOTHER_PORT, "a", "b", TROUBLE_NONE, TROUBLE_NONE, "", true, SIGHT_ARRIVED },
        { STEP_ANOTHER_CABLE, "a", "b", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, SIGHT_OTHER_PLACE },
        { STEP_ANOTHER_CABLE, "a", "a", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, SIGHT_HELPED },
        { STEP_REPLUG, "a", "a", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", true, SIGHT_ARRIVED },
        { STEP_REPLUG, "a", "a", TROUBLE_SLOW, TROUBLE_SLOW, "", true, SIGHT_SAME },
        { STEP_REPLUG, "", "a", TROUBLE_NONE, TROUBLE_NONE, "", true, SIGHT_HELPED },
        { STEP_REPLUG, "", "", TROUBLE_NONE, TROUBLE_NONE, "", true, SIGHT_NOTHING },
        { STEP_DIRECT, "a", "b", TROUBLE_SLOW, TROUBLE_SLOW, "Hub", true, SIGHT_STILL_HUB },
        { STEP_DIRECT, "a", "b", TROUBLE_SLOW, TROUBLE_NONE, "", true, SIGHT_HELPED },
        { STEP_DIRECT, "a", "b", TROUBLE_SLOW, TROUBLE_BLOCKED, "", true, SIGHT_SAME },
};

START_TEST(test_sight) {
        struct doctor_facts before = at_port(sights[_i].from, sights[_i].before, "");
        struct doctor_facts after = at_port(sights[_i].to, sights[_i].after, sights[_i].hub);

        ck_assert_int_eq(plan_judge(sights[_i].step, &before, &after, sights[_i].moved, 5), sights[_i].sight);
}
END_TEST

/* Power arrives, seen from the battery's side; and a nameless device that fails once more on the same port. */
START_TEST(test_sight_elsewhere) {
        struct doctor_facts before = DOCTOR_FACTS_UNKNOWN, after = DOCTOR_FACTS_UNKNOWN;

        after.charging = CHARGES_YES;
        ck_assert_int_eq(plan_judge(STEP_ANOTHER_CABLE, &before, &after, false, 5), SIGHT_HELPED);
        before.charging = CHARGES_YES;
        ck_assert_int_eq(plan_judge(STEP_ANOTHER_CABLE, &before, &after, false, 5), SIGHT_NOTHING);

        before = after = DOCTOR_FACTS_UNKNOWN;
        after.powers_down = YES;
        after.off_bluetooth = true;
        after.dropped_at = 6;
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_DROPPED);
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 7), SIGHT_NOTHING);
        after.on_cable = true; /* and a Type-C port has a partner */
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_HELPED);
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 7), SIGHT_ARRIVED);

        before = after = DOCTOR_FACTS_UNKNOWN;
        snprintf(after.partner, sizeof after.partner, "typec_port0");
        after.partner_since = 6;
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_PARTNER);
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 7), SIGHT_NOTHING);

        before = at_port("a", TROUBLE_BLOCKED, "");
        before.on_cable = before.on_usb = false;
        before.nameless = true;
        after = before;
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_NOTHING);
        after.failures++;
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_SAME);
        after = at_port("a", TROUBLE_NONE, "");
        ck_assert_int_eq(plan_judge(STEP_REPLUG, &before, &after, false, 5), SIGHT_HELPED);

        before = at_port("a", TROUBLE_BLOCKED, "");
        before.first = NOT_AUTHORIZED;
        before.codes = BIT(NOT_AUTHORIZED);
        after = before;
        ck_assert_int_eq(plan_judge(STEP_AS_TOLD, &before, &after, false, 5), SIGHT_NOTHING);
        after.codes = 0;
        ck_assert_int_eq(plan_judge(STEP_AS_TOLD, &before, &after, false, 5), SIGHT_HELPED);
}
END_TEST

#define HOSTILE_HEADSET                                                                                                          \
        "{\"headsets\":[{\"id\":5,\"model\":{},\"seen_by\":[1,null],\"path\":[null,{\"kind\":1}],\"findings\":[1,{\"code\":2}]," \
        "\"charging\":[],\"battery\":{\"level\":999},\"facts\":{\"enumerates\":\"yes\"}}]}"

static const char *const hostile[] = {
        "{}",
        "{\"headsets\":7,\"unidentified\":\"x\",\"host\":[]}",
        "{\"headsets\":[null,1,\"x\",[],{}],\"unidentified\":[null,1,{}]}",
        HOSTILE_HEADSET,
};

START_TEST(test_hostile) {
        struct json_object *status = json_tokener_parse(hostile[_i]);
        struct doctor_subject subject = {};
        struct doctor_facts f;

        doctor_note_others(&subject, status, "");
        doctor_read_facts(&subject, status, &f);
        ck_assert_int_eq(f.level, -1);
        ck_assert_int_eq(f.enumerates, UNKNOWN);
        json_object_put(status);
}
END_TEST

/* A headset without a serial number has another id on another port; the other one of its model is not taken for it. */
START_TEST(test_two_alike) {
        struct json_object *first = json_tokener_parse("{\"headsets\":[{\"id\":\"wh_a\",\"model\":\"WH-1000XM4\"},"
                                                       "{\"id\":\"wh_b\",\"model\":\"WH-1000XM4\"}]}");
        struct json_object *then = json_tokener_parse("{\"headsets\":[{\"id\":\"wh_b\",\"model\":\"WH-1000XM4\"},"
                                                      "{\"id\":\"wh_c\",\"model\":\"WH-1000XM4\"}]}");
        struct doctor_subject subject = {};
        struct doctor_facts f;

        ck_assert_uint_eq(doctor_choices(&subject, first), 2);
        snprintf(subject.id, sizeof subject.id, "wh_a");
        snprintf(subject.model, sizeof subject.model, "WH-1000XM4");
        doctor_note_others(&subject, first, "wh_a");
        doctor_read_facts(&subject, then, &f);
        ck_assert_str_eq(f.id, "wh_c");
        json_object_put(first);
        json_object_put(then);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("client-doctor");
        TCase *c = tcase_create("doctor");
        SRunner *runner;
        int failed;

        tcase_set_timeout(c, 60);
        tcase_add_loop_test(c, test_story, 0, (int) (sizeof stories / sizeof *stories));
        tcase_add_loop_test(c, test_random_walks, 0, 5);
        tcase_add_test(c, test_no_accusation_on_one_factor);
        tcase_add_loop_test(c, test_steps, 0, _STEP_MAX);
        tcase_add_test(c, test_undo);
        tcase_add_test(c, test_told);
        tcase_add_loop_test(c, test_sight, 0, (int) (sizeof sights / sizeof *sights));
        tcase_add_test(c, test_sight_elsewhere);
        tcase_add_loop_test(c, test_hostile, 0, (int) (sizeof hostile / sizeof *hostile));
        tcase_add_test(c, test_two_alike);
        suite_add_tcase(suite, c);
        runner = srunner_create(suite);
        srunner_run_all(runner, CK_ENV);
        failed = srunner_ntests_failed(runner);
        srunner_free(runner);
        return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
