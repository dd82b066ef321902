/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The doctor of the client: what the daemon's status means for the check, whole checks from a fault to its name, and what the
 * computer sees of a change. */
#include <check.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

#include "client/doctor/doctor.h"
#include "run.h"

#define BIT(code) (UINT64_C(1) << (code))

/* What is seen at the start: a headset on the cable with a fault, or nothing of a model that somebody names. */
struct start {
        enum trouble trouble;
        enum finding_code first;
        const char *hub;
        const char *model; /* not NULL: the user named this model, and no source sees it */
};

static struct doctor begin(const struct start *start) {
        struct doctor d = { .lock = -1 };
        struct doctor_facts *f = &d.start;

        *f = DOCTOR_FACTS_UNKNOWN;
        snprintf(f->model, sizeof f->model, "%s", start->model ? start->model : "WH-1000XM4");
        f->known = true;
        if (!start->model) {
                snprintf(f->id, sizeof f->id, "wh_1000xm4_3f2a1c");
                snprintf(f->family, sizeof f->family, "over-ear");
                snprintf(f->port, sizeof f->port, "usb1_port2");
                snprintf(f->hub, sizeof f->hub, "%s", start->hub);
                snprintf(f->cause, sizeof f->cause, "What was found.");
                snprintf(f->action, sizeof f->action, "Do this.");
                f->on_cable = f->on_usb = true;
                f->trouble = start->trouble;
                f->first = start->first;
                f->enumerates = YES;
                if (start->first != _FINDING_CODE_MAX) {
                        f->codes = BIT(start->first);
                        f->sure[start->first] = CERTAIN;
                }
        }
        d.now = *f;
        doctor_begin(&d.check);
        check_see(&d);
        return d;
}

/* Answers by a text " step=word step=word"; changes that it does not name fail, questions are skipped. */
static void follow(struct doctor *d, const char *script) {
        enum doctor_step s;

        while ((s = doctor_next(&d->check)) != STEP_NONE) {
                char want[64], word[64] = "";
                const char *at;

                snprintf(want, sizeof want, " %s=", doctor_step_id(s));
                at = strstr(script, want);
                if (at)
                        sscanf(at + strlen(want), "%63s", word);
                else if (doctor_steps[s].change)
                        snprintf(word, sizeof word, "fails");
                if (strcmp(word, "skip") == 0)
                        *word = '\0';
                ck_assert_msg(check_take(d, s, *word ? word : NULL, false), "%s=%s", doctor_step_id(s), word);
        }
}

static bool was_asked(const struct doctor *d, const char *name) {
        enum doctor_step s = doctor_step_from_id(name);

        ck_assert_msg(s != STEP_NONE, "%s", name);
        return d->check.answers[s] != UNANSWERED && !d->check.settled[s];
}

#define SOUND " danger=no complaint=dead light=dark since=long place=normal socket=clean runs=not level=none"
#define BUDS " danger=no complaint=buds runs=not contacts=clean"

/* Whole checks: what is known, what is answered, the conclusion, and which steps were asked and which were not. */
static const struct story {
        struct start start;
        const char *script, *code, *asked, *not_asked;
} stories[] = {
        { { TROUBLE_SLOW, HUB_BUS_POWERED, "Hub", NULL }, " danger=no try-port=works", "hub-bus-powered", "try-port", "light" },
        { { TROUBLE_SLOW, POWER_BUDGET_EXCEEDED, "Hub", NULL },
          " danger=no try-port=works",
          "power-budget-exceeded",
          "try-port",
          "light" },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL }, SOUND " try-port=works", "port-suspect", "try-port", "initialise" },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL }, SOUND " replug=works", "link-unstable", "replug", "reset" },
        { { TROUBLE_AT_RISK, LINK_UNSTABLE, "", NULL }, SOUND " try-cable=works", "cable-suspect", "try-cable", "reset" },
        { { TROUBLE_BLOCKED, PORT_OFF, "", NULL }, " danger=no as-told=works", "port-off", "as-told", "reset" },
        { { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL },
          " danger=no complaint=dead light=went-off runs=normal level=full",
          "battery-full",
          "level",
          "reset" },
        { { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL },
          " danger=no complaint=short runs=dies",
          "battery-dies-unplugged",
          "runs",
          "try-cable" },
        { { TROUBLE_NONE, PORT_LIMITS_CURRENT, "", NULL },
          " danger=no complaint=slow light=steady runs=normal level=low try-source=works",
          "port-limits-current",
          "light",
          "reset" },
        { { .model = "WH-1000XM5" }, " danger=no complaint=dead light=double place=hot", "temperature", "place", "replug" },
        { { .model = "WH-1000XM5" }, " danger=wet", "wet", "danger", "wait" },
        { { .model = "WH-1000XM5" }, " danger=swollen", "battery-danger", "danger", "complaint" },
        { { .model = "WH-1000XM5" },
          " danger=no complaint=dead light=dark since=minutes wait=works",
          "too-early",
          "wait",
          "replug" },
        { { .model = "WH-1000XM5" },
          " danger=no complaint=dead light=dark since=stored wait=works",
          "deep-discharge",
          "wait",
          "replug" },
        { { .model = "WH-1000XM5" },
          SOUND " source=computer awake=yes phone=no try-source=works",
          "port-limits-current",
          "try-port",
          "reset" },
        { { .model = "WH-1000XM5" },
          SOUND " source=adapter phone=no try-source=works",
          "adapter-suspect",
          "try-source",
          "try-port" },
        { { .model = "WH-1000XM5" }, SOUND " source=adapter phone=no try-cable=works", "cable-suspect", "try-cable", "reset" },
        { { .model = "WH-1000XM5" },
          SOUND " source=fast cable=other-c phone=yes try-cable=works",
          "cable-kind",
          "cable",
          "reset" },
        { { .model = "WH-1000XM5" },
          SOUND " source=hub awake=yes phone=yes try-port=works try-source=works",
          "hub-in-path",
          "try-source",
          "reset" },
        { { .model = "WF-1000XM4" }, BUDS " case=ok reseat=works", "earbud-seating", "reseat", "cable" },
        { { .model = "WF-1000XM4" },
          " danger=no complaint=buds runs=not contacts=dirty case=ok reseat=works",
          "contacts-dirty",
          "contacts",
          "cable" },
        { { .model = "WF-1000XM4" }, BUDS " case=no-light charge-case=works", "case-empty", "charge-case", "cable" },
        { { .model = "WF-1000XM5" },
          " danger=no complaint=dead light=blinks since=long source=pad try-source=works",
          "adapter-suspect",
          "try-source",
          "cable" },
        { { .model = "WH-1000XM3" },
          " danger=no complaint=dead light=seconds since=long runs=not source=adapter phone=yes socket=dirt replug=works",
          "contacts-dirty",
          "socket",
          "initialise" },
        { { .model = "WH-1000XM3" }, SOUND " source=adapter phone=yes reset=works", "headset-hung", "reset", "initialise" },
        { { .model = "WH-1000XM3" },
          " danger=no complaint=dead light=blinks since=long place=normal socket=clean runs=not source=adapter phone=yes "
          "initialise=works",
          "headset-hung",
          "initialise",
          "reseat" },
        { { .model = "WH-1000XM3" }, SOUND " source=adapter phone=yes", "headset-fault", "reset", "reseat" },
        { { .model = "WF-1000XM4" },
          " danger=no complaint=one runs=one contacts=clean case=ok update=works",
          "firmware-old",
          "update",
          "light" },
        { { .model = "PULSE 3D" },
          " danger=no complaint=dead light=blinks colour=orange since=long runs=normal source=console level=low",
          "charging-normally",
          "colour",
          "initialise" },
        { { .model = "INZONE H3" }, " danger=no", "no-battery", "danger", "complaint" },
        { { TROUBLE_SLOW, HUB_BUS_POWERED, "Hub", NULL },
          " danger=no try-port=skip",
          "hub-bus-powered",
          "try-port",
          "initialise" },
};

START_TEST(test_story) {
        const struct story *t = &stories[_i];
        struct doctor d = begin(&t->start);
        struct doctor_conclusion end;

        follow(&d, t->script);
        doctor_conclude(&d.check, &end);
        ck_assert_msg(strcmp(end.code, t->code) == 0, "story %d: %s, not %s", _i, end.code, t->code);
        ck_assert_msg(was_asked(&d, t->asked), "story %d: %s was not asked", _i, t->asked);
        ck_assert_msg(!was_asked(&d, t->not_asked), "story %d: %s was asked", _i, t->not_asked);
        json_object_put(d.model_facts);
}
END_TEST

/* Answers of a person do not become measurements in the next check. */
START_TEST(test_told_stays_told) {
        struct json_object *status = json_tokener_parse(
                "{\"headsets\":[{\"id\":\"wh_a\",\"model\":\"WH-1000XM4\",\"findings\":["
                "{\"code\":\"temperature\",\"confidence\":\"likely\",\"evidence\":[{\"what\":\"led\",\"source\":\"user\"}]},"
                "{\"code\":\"hub-in-path\",\"confidence\":\"certain\",\"evidence\":[{\"what\":\"hub\",\"source\":\"sysfs\"}]}]}]"
                "}");
        struct doctor_subject subject = {};
        struct doctor_facts f;

        doctor_read_facts(&subject, status, &f);
        ck_assert(!(f.codes >> TEMPERATURE & 1));
        ck_assert(f.codes >> HUB_IN_PATH & 1);
        ck_assert_uint_eq(f.sure[HUB_IN_PATH], CERTAIN);
        ck_assert_uint_eq(f.first, HUB_IN_PATH);
        json_object_put(status);
}
END_TEST

/* The device that never told its name is the headset unless the person says no. */
static struct doctor_facts read_status(const char *text) {
        struct json_object *status = json_tokener_parse(text);
        struct doctor_subject subject = {};
        struct doctor_facts f;

        doctor_read_facts(&subject, status, &f);
        json_object_put(status);
        return f;
}

/* What can be measured according to the status. What a meter shows is a measurement, although a person says where it is. */
START_TEST(test_measures) {
        struct doctor_facts f = read_status("{\"host\":{\"tester\":true},\"headsets\":[{\"id\":\"wh\",\"model\":\"WH-1000XM4\","
                                            "\"seen_by\":[\"usb\"],\"bluetooth\":{\"connected\":true,\"own_protocol\":true}}]}");

        ck_assert(f.can_ask && f.tester);
        f = read_status("{\"host\":{\"tester\":true},\"headsets\":[{\"id\":\"wh\",\"model\":\"WH-1000XM4\",\"seen_by\":"
                        "[\"bluetooth\"],\"bluetooth\":{\"connected\":true,\"own_protocol\":false}}]}");
        ck_assert_msg(!f.can_ask && !f.tester, "it is on no cable and offers nothing");
        f = read_status("{\"host\":{\"tester\":true},\"headsets\":[{\"id\":\"wh\",\"model\":\"WH-1000XM4\",\"seen_by\":[\"usb\"],"
                        "\"measured\":{\"millivolt\":4500,\"milliamp\":460},\"findings\":[{\"code\":\"voltage-sags\","
                        "\"confidence\":\"likely\",\"evidence\":[{\"what\":\"measured\",\"source\":\"powerz\"},"
                        "{\"what\":\"tester\",\"source\":\"user\"}]}]}]}");
        ck_assert_msg(!f.tester, "where the meter is was told before");
        ck_assert_uint_eq(f.codes, BIT(VOLTAGE_SAGS));
}
END_TEST

/* The support of PULSE headsets is PlayStation's, that of all others Sony's. */
START_TEST(test_support) {
        static const struct {
                const char *model, *address;
        } rows[] = { { "PULSE Elite", "https://www.playstation.com/support/" },
                     { "WH-1000XM4", "https://www.sony.com/electronics/support" } };

        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
                struct start start = { .model = rows[i].model };
                struct doctor d = begin(&start);

                ck_assert_msg(strncmp(doctor_support_address(&d.check), rows[i].address, strlen(rows[i].address)) == 0, "%s: %s",
                              rows[i].model, doctor_support_address(&d.check));
        }
}
END_TEST

START_TEST(test_nameless) {
        struct start start = { .model = "WH-1000XM4" };
        struct doctor d = begin(&start);
        double with[_CAUSE_MAX], without[_CAUSE_MAX];

        d.start.nameless = true;
        d.start.codes = BIT(ENUMERATION_FAILED);
        d.start.sure[ENUMERATION_FAILED] = CERTAIN;
        check_see(&d);
        ck_assert_uint_eq(doctor_next(&d.check), ASK_THIS_ONE);
        ck_assert_uint_eq(d.check.answers[ASK_SOURCE], SOURCE_COMPUTER);
        doctor_weigh(&d.check, with);
        ck_assert(check_take(&d, ASK_THIS_ONE, "no", false));
        doctor_weigh(&d.check, without);
        ck_assert_double_gt(with[CAUSE_PORT], without[CAUSE_PORT]);
        ck_assert_uint_eq(d.check.answers[ASK_SOURCE], UNANSWERED);
        ck_assert_uint_eq(check_back(&d), ASK_THIS_ONE);
        ck_assert_uint_eq(d.check.answers[ASK_SOURCE], SOURCE_COMPUTER);
}
END_TEST

/* No reset and no initialisation for a headset that reports that it charges. */
START_TEST(test_charges_by_its_own_word) {
        struct start start = { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL };
        struct doctor d = begin(&start);

        d.start.charging = CHARGES_YES;
        check_see(&d);
        follow(&d, " danger=no complaint=partial runs=not level=low");
        ck_assert(!was_asked(&d, "reset") && !was_asked(&d, "initialise"));
}
END_TEST

/* A headset on the cable that says that it does not charge: then it is less likely that all is well, that only its level is old,
 * or that its battery is worn out. Without a cable the same word means nothing. */
START_TEST(test_does_not_charge_by_its_own_word) {
        struct start start = { TROUBLE_NONE, _FINDING_CODE_MAX, "", NULL };
        static const unsigned less_likely[] = { CAUSE_NORMAL, CAUSE_STALE, CAUSE_WEAK };
        struct doctor d = begin(&start);
        double before[_CAUSE_MAX], after[_CAUSE_MAX];

        d.start.on_cable = false;
        check_see(&d);
        doctor_weigh(&d.check, before);
        d.start.charging = CHARGES_NO;
        check_see(&d);
        doctor_weigh(&d.check, after);
        ck_assert_mem_eq(before, after, sizeof before);
        d.start.charging = CHARGES_UNKNOWN;
        d.start.on_cable = true;
        check_see(&d);
        doctor_weigh(&d.check, before);
        d.start.charging = CHARGES_NO;
        check_see(&d);
        doctor_weigh(&d.check, after);
        for (size_t i = 0; i < sizeof less_likely / sizeof *less_likely; i++)
                ck_assert_double_lt(after[less_likely[i]], before[less_likely[i]]);
        ck_assert_double_gt(after[CAUSE_FAULT], before[CAUSE_FAULT]);
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
        enum effect effect;
} sights[] = {
        { DO_TRY_PORT, "a", "a", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", false, EFFECT_NOTHING },
        { DO_TRY_PORT, "a", "", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, EFFECT_GONE },
        { DO_TRY_PORT, "a", "a", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, EFFECT_SAME_PLACE },
        { DO_TRY_PORT, "a", "b", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, EFFECT_HELPED },
        { DO_TRY_PORT, "a", "b", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", true, EFFECT_SAME },
        { DO_TRY_PORT, "a", "b", TROUBLE_NONE, TROUBLE_NONE, "", true, EFFECT_ARRIVED },
        { DO_TRY_CABLE, "a", "b", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, EFFECT_OTHER_PLACE },
        { DO_TRY_CABLE, "a", "a", TROUBLE_AT_RISK, TROUBLE_NONE, "", true, EFFECT_HELPED },
        { DO_REPLUG, "a", "a", TROUBLE_AT_RISK, TROUBLE_AT_RISK, "", true, EFFECT_ARRIVED },
        { DO_REPLUG, "a", "a", TROUBLE_SLOW, TROUBLE_SLOW, "", true, EFFECT_SAME },
        { DO_REPLUG, "", "a", TROUBLE_NONE, TROUBLE_NONE, "", true, EFFECT_HELPED },
        { DO_REPLUG, "", "", TROUBLE_NONE, TROUBLE_NONE, "", true, EFFECT_NOTHING },
        { DO_TRY_PORT, "a", "b", TROUBLE_SLOW, TROUBLE_SLOW, "Hub", true, EFFECT_STILL_HUB },
        { DO_TRY_PORT, "a", "b", TROUBLE_SLOW, TROUBLE_NONE, "", true, EFFECT_HELPED },
        { DO_TRY_PORT, "a", "b", TROUBLE_SLOW, TROUBLE_BLOCKED, "", true, EFFECT_SAME },
};

START_TEST(test_sight) {
        struct doctor_facts before = at_port(sights[_i].from, sights[_i].before, "");
        struct doctor_facts after = at_port(sights[_i].to, sights[_i].after, sights[_i].hub);

        ck_assert_int_eq(doctor_judge(sights[_i].step, &before, &after, sights[_i].moved, 5), sights[_i].effect);
}
END_TEST

/* The battery shows that power arrives; and an unidentified device fails again on the same port. */
START_TEST(test_trouble_elsewhere) {
        struct doctor_facts before = DOCTOR_FACTS_UNKNOWN, after = DOCTOR_FACTS_UNKNOWN;

        after.charging = CHARGES_YES;
        ck_assert_int_eq(doctor_judge(DO_TRY_CABLE, &before, &after, false, 5), EFFECT_HELPED);
        before.charging = CHARGES_YES;
        ck_assert_int_eq(doctor_judge(DO_TRY_CABLE, &before, &after, false, 5), EFFECT_NOTHING);

        before = after = DOCTOR_FACTS_UNKNOWN;
        after.powers_down = YES;
        after.off_bluetooth = true;
        after.dropped_at = 6;
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_DROPPED);
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 7), EFFECT_NOTHING);
        after.on_cable = true; /* and a Type-C port has a partner */
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_HELPED);
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 7), EFFECT_ARRIVED);

        before = after = DOCTOR_FACTS_UNKNOWN;
        snprintf(after.partner, sizeof after.partner, "typec_port0");
        after.partner_since = 6;
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_PARTNER);
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 7), EFFECT_NOTHING);

        before = at_port("a", TROUBLE_BLOCKED, "");
        before.on_cable = before.on_usb = false;
        before.nameless = true;
        after = before;
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_NOTHING);
        after.failures++;
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_SAME);
        after = at_port("a", TROUBLE_NONE, "");
        ck_assert_int_eq(doctor_judge(DO_REPLUG, &before, &after, false, 5), EFFECT_HELPED);

        before = at_port("a", TROUBLE_BLOCKED, "");
        before.first = NOT_AUTHORIZED;
        before.codes = BIT(NOT_AUTHORIZED);
        after = before;
        ck_assert_int_eq(doctor_judge(DO_AS_TOLD, &before, &after, false, 5), EFFECT_NOTHING);
        after.codes = 0;
        ck_assert_int_eq(doctor_judge(DO_AS_TOLD, &before, &after, false, 5), EFFECT_HELPED);
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

/* What the status says of the battery is the evidence that the daemon weighs as well. */
static const struct {
        const char *headset, *seen[2];
} batteries[] = {
        { "\"charging\":{\"state\":\"unknown\"}", { NULL } },
        { "\"charging\":{\"state\":\"full\"}", { "charging" } },
        { "\"charging\":{\"state\":\"yes\",\"parts\":[{\"part\":\"left\",\"state\":\"no\",\"level\":40},"
          "{\"part\":\"right\",\"state\":\"yes\",\"level\":50}]}",
          { NULL } },
        { "\"charging\":{\"state\":\"yes\",\"parts\":[{\"part\":\"left\",\"state\":\"no\",\"level\":100},"
          "{\"part\":\"case\",\"state\":\"no\",\"level\":30}]}",
          { "charging", "case-has-charge" } },
        { "\"charging\":{\"parts\":[{\"part\":\"case\",\"level\":30,\"stale\":true}]}", { NULL } },
        { "\"charging\":{\"parts\":[{\"part\":\"case\",\"level\":null}]}", { NULL } },
        { "\"bluetooth\":{\"went_off\":1}", { "went-off-once" } },
        { "\"bluetooth\":{\"went_off\":2}", { NULL } },
        { "\"seen_by\":[\"typec\"],\"charging\":{\"state\":\"no\"}", { "not-charging" } },
        { "\"charging\":{\"state\":\"no\"}", { NULL } },
};

START_TEST(test_battery_is_evidence) {
        struct doctor d = { .start = DOCTOR_FACTS_UNKNOWN };
        struct doctor_check expected;
        char text[512];

        snprintf(text, sizeof text, "{\"headsets\":[{\"id\":\"wf_a\",\"model\":\"WF-1000XM4\",%s}]}", batteries[_i].headset);
        d.start = read_status(text);
        doctor_begin(&d.check);
        check_see(&d);
        doctor_begin(&expected);
        for (size_t i = 0; i < 2 && batteries[_i].seen[i]; i++)
                ck_assert(doctor_see(&expected, batteries[_i].seen[i], CERTAIN));
        ck_assert_int_eq(d.check.measured, expected.measured);
        for (unsigned i = 0; i < _CAUSE_MAX; i++)
                ck_assert_float_eq_tol(d.check.factor[i], expected.factor[i], 1e-6f);
}
END_TEST

/* A headset without a serial number has another id on another port; the other one of its model is not taken for it. */
START_TEST(test_two_of_one_model) {
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

        tcase_set_timeout(c, 60);
        tcase_add_loop_test(c, test_story, 0, (int) (sizeof stories / sizeof *stories));
        tcase_add_test(c, test_told_stays_told);
        tcase_add_test(c, test_measures);
        tcase_add_test(c, test_support);
        tcase_add_test(c, test_nameless);
        tcase_add_test(c, test_charges_by_its_own_word);
        tcase_add_test(c, test_does_not_charge_by_its_own_word);
        tcase_add_loop_test(c, test_sight, 0, (int) (sizeof sights / sizeof *sights));
        tcase_add_test(c, test_trouble_elsewhere);
        tcase_add_loop_test(c, test_battery_is_evidence, 0, sizeof batteries / sizeof batteries[0]);
        tcase_add_loop_test(c, test_hostile, 0, (int) (sizeof hostile / sizeof *hostile));
        tcase_add_test(c, test_two_of_one_model);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
