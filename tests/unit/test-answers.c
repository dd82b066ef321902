/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Answers of a person in the words of the first doctor. The table of the present doctor draws the conclusions. */
#include "doctor/engine.h"
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

static void begin(void) {
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        settle();
        at(1000);
}

/* No source sees the headset. "not-visible" is always among the findings and is left out here. */
static const struct {
        const char *what, *model, *family, *answers, *findings;
} stories[] = {
        { "nothing", "WH-1000XM4", "over-ear", "", "" },
        { "all is well", "WH-1000XM4", "over-ear", "led=steady led-colour=orange cable=supplied temperature=normal",
          "charging-normally/info/possible" },

        /* Heat or a flashing light alone leads to no finding, because nobody was asked whether the battery is dangerous. */
        { "flashing, warm", "WH-CH720N", "over-ear", "led=flashing led-colour=orange temperature=hot", "" },
        { "flashing red", "WH-CH720N", "over-ear", "led=flashing led-colour=red", "" },
        { "flashing, colour not told", "WH-CH720N", "over-ear", "led=flashing", "" },
        { "flashing at room temperature", "WH-CH720N", "over-ear", "led=flashing led-colour=red temperature=normal", "" },
        { "flashing blue is pairing", "WH-CH720N", "over-ear", "led=flashing led-colour=blue", "" },
        { "a case flashes for other reasons too", "WF-C500", "earbuds", "led=flashing led-colour=orange", "" },
        { "cold", "WH-1000XM4", "over-ear", "temperature=cold", "" },
        { "steady red on this case", "WF-1000XM4", "earbuds", "led=steady led-colour=red", "" },
        { "steady red on that case is charging", "WF-1000XM3", "earbuds", "led=steady led-colour=red", "" },

        { "light went out", "WH-1000XM5", "over-ear", "led=went-off", "" },
        { "light went out, and the headset says full", "WH-1000XM5", "over-ear", "led=went-off level=full",
          "battery-full/info/possible" },
        { "level low", "WH-1000XM5", "over-ear", "level=low", "" },

        { "a moment ago", "WH-1000XM4", "over-ear", "led=dark plugged-for=moments", "too-early/info/possible" },
        { "a moment ago, and lit", "WH-1000XM4", "over-ear", "led=steady plugged-for=moments", "" },
        { "dark for long", "WH-1000XM4", "over-ear", "led=dark plugged-for=longer", "" },
        { "stored for months", "WH-1000XM4", "over-ear", "led=dark stored=yes plugged-for=minutes",
          "deep-discharge/info/possible" },
        { "stored, dark for long", "WH-1000XM4", "over-ear", "led=dark stored=yes plugged-for=longer",
          "deep-discharge/info/possible" },
        { "the same with all that works", "WH-1000XM4", "over-ear",
          "led=dark stored=yes plugged-for=longer power-from=adapter cable-elsewhere=works", "deep-discharge/info/possible" },
        { "the same, and another cable works", "WH-1000XM4", "over-ear",
          "led=dark stored=yes plugged-for=longer power-from=adapter other-cable=works", "cable-suspect/warning/likely" },

        { "another cable works", "WH-1000XM4", "over-ear", "other-cable=works", "cable-suspect/warning/likely" },
        { "another cable works, this one fails elsewhere", "WH-1000XM4", "over-ear", "other-cable=works cable-elsewhere=fails",
          "cable-suspect/warning/likely" },
        { "another cable works, this one fails on two ports", "WH-1000XM4", "over-ear", "other-cable=works other-port=fails",
          "cable-suspect/warning/likely" },
        { "another cable fails too", "WH-1000XM4", "over-ear", "other-cable=fails cable-elsewhere=fails", "" },
        { "it fails elsewhere, and nothing is said of here", "WH-1000XM4", "over-ear", "cable-elsewhere=fails", "" },
        { "it fails here and elsewhere", "WH-1000XM4", "over-ear", "cable-elsewhere=fails led=dark", "" },
        { "it works elsewhere", "WH-1000XM4", "over-ear", "cable-elsewhere=works led=dark", "" },
        { "another cable", "WH-1000XM4", "over-ear", "cable=other", "cable-not-supplied/info/likely" },

        { "another port works", "WH-1000XM4", "over-ear", "other-port=works", "port-suspect/warning/likely" },
        { "another port works, another cable does not", "WH-1000XM4", "over-ear", "other-port=works other-cable=fails",
          "port-suspect/warning/likely" },
        { "another port works, and so does this one without the hub", "WH-1000XM4", "over-ear",
          "other-port=works without-hub=works", "hub-in-path/warning/likely" },
        { "another port fails", "WH-1000XM4", "over-ear", "other-port=fails", "" },
        { "on a hub", "WH-1000XM4", "over-ear", "power-from=hub", "" },
        { "on a hub, and it fails without", "WH-1000XM4", "over-ear", "power-from=hub without-hub=fails", "" },

        { "contacts dirty", "WF-C500", "earbuds", "contacts=dirty", "contacts-dirty/warning/possible" },
        { "contacts dirty and dark", "WF-C500", "earbuds", "contacts=dirty led=dark", "contacts-dirty/warning/possible" },
        { "socket dirty and dark", "WH-1000XM4", "over-ear", "socket=dirty led=dark", "contacts-dirty/warning/possible" },
        { "wet", "WH-1000XM5", "over-ear", "wet=yes", "wet/warning/likely" },
        { "clean", "WF-C500", "earbuds", "contacts=clean socket=clean wet=no led=dark", "" },
        { "not seated", "WF-C500", "earbuds", "seated=no", "earbud-seating/warning/possible" },
        { "seated anew, and it helped", "WF-C500", "earbuds", "seated=no seated-anew=works", "earbud-seating/warning/likely" },
        { "seated anew, and it did not help", "WF-C500", "earbuds", "seated=no seated-anew=fails", "" },
        { "case empty", "WF-C500", "earbuds", "case-charged=no", "case-empty/warning/possible" },
        { "case charged first, and it helped", "WF-C500", "earbuds", "case-charged=no case-first=works",
          "case-empty/warning/likely" },
        { "case charged first, and it did not help", "WF-C500", "earbuds", "case-charged=no case-first=fails", "" },
        { "runs only on the cable", "WH-1000XM4", "over-ear", "only-plugged=yes", "battery-dies-unplugged/warning/possible" },
        { "firmware old", "WH-1000XM4", "over-ear", "firmware=old", "firmware-old/info/likely" },
};

START_TEST(test_story) {
        struct model_facts facts = MODEL_FACTS_UNKNOWN;
        struct sightings seen = {};
        const char *found, *own = stories[_i].findings;
        char expected[256];
        bool first;

        snprintf(facts.model, sizeof facts.model, "%s", stories[_i].model);
        snprintf(facts.family, sizeof facts.family, "%s", stories[_i].family);
        seen.answers = answers(stories[_i].answers);
        found = headset_findings(&seen, &facts);
        /* The finding is certain and only informs, so warnings come before it. */
        first = !strstr(own, "/warning/") && !strstr(own, "/notice/");
        snprintf(expected, sizeof expected, "%s%s%s", first ? "not-visible/info/certain" : own, own[0] != '\0' ? ", " : "",
                 first ? own : "not-visible/info/certain");
        ck_assert_msg(strncmp(found, expected, strlen(expected)) == 0 && found[strlen(expected)] == ' ', "%s: %s",
                      stories[_i].what, found);
        for (size_t i = 0; i < last_diagnosis()->findings.n; i++) {
                const struct finding *f = &last_diagnosis()->findings.items[i];

                ck_assert_ptr_null(strstr(f->cause, "fake"));
                ck_assert_str_eq(f->subject, "told");
                if (f->code != NOT_VISIBLE)
                        ck_assert_str_eq(f->evidence[0].source, "user");
        }
}
END_TEST

/* --- one mind: the daemon and the doctor conclude the same from what was told --- */

/* One thing that can be told. */
struct fact {
        enum question question;
        const char *word;
};

#define FACTS_MAX 256

static size_t all_facts(struct fact facts[static FACTS_MAX]) {
        size_t n = 0;

        for (unsigned q = 0; q < _QUESTION_MAX; q++)
                for (unsigned a = 1; answer_word((enum question) q, a); a++) {
                        ck_assert_uint_lt(n, FACTS_MAX);
                        facts[n++] = (struct fact){ (enum question) q, answer_word((enum question) q, a) };
                }
        return n;
}

/* Told to the doctor. Whoever used its own words used no older ones. */
static void tell_doctor(struct doctor_check *c, const struct fact *facts, size_t n) {
        bool with_doctor = false;

        for (size_t i = 0; i < n; i++)
                if (facts[i].question >= ASKED_OF_DOCTOR) {
                        const char *step = question_name(facts[i].question) + strlen("doctor-");

                        with_doctor = true;
                        (void) doctor_answer(c, doctor_step_from_id(step), facts[i].word);
                }
        for (size_t row = 0; row < doctor_n_older && !with_doctor; row++)
                for (size_t i = 0; i < n; i++)
                        if (doctor_older[row].question == facts[i].question && strcmp(doctor_older[row].word, facts[i].word) == 0)
                                (void) doctor_answer(c, (enum doctor_step) doctor_older[row].step, doctor_older[row].answer);
}

static void add_words(char *buf, size_t size, const char *code, enum severity severity, enum confidence confidence) {
        size_t n = strlen(buf);

        snprintf(buf + n, size - n, "%s/%s/%s ", code, severity_name(severity), confidence_name(confidence));
}

/* What the doctor would say: what the answers say by themselves, and the cause. */
static const char *by_doctor(const struct model_facts *facts, const struct fact *told, size_t n, char *buf, size_t size) {
        struct doctor_conclusion r;
        struct doctor_check c;

        *buf = '\0';
        doctor_begin(&c);
        doctor_know_model(&c, facts->model);
        c.family = (enum doctor_family) doctor_option_from_id(ASK_FAMILY, facts->family);
        doctor_refresh(&c);
        tell_doctor(&c, told, n);
        if (c.n == 0)
                return buf;
        for (size_t i = 0; i < doctor_n_plain; i++)
                if (doctor_says(&c, &doctor_plain[i]) > 0)
                        add_words(buf, size, doctor_plain[i].code, INFO, LIKELY);
        doctor_conclude(&c, &r);
        if (strcmp(r.code, "not-isolated") != 0 && strncmp(buf, r.code, strlen(r.code)) != 0)
                add_words(buf, size, r.code, r.severity, r.confidence);
        return buf;
}

static int by_name(const void *a, const void *b) {
        return strcmp(*(const char *const *) a, *(const char *const *) b);
}

/* The same words in the order of the alphabet, as the daemon sorts its findings. */
static void sort_words(char *text) {
        char copy[512], *words[8] = { NULL }, *save = NULL;
        size_t n = 0;

        snprintf(copy, sizeof copy, "%s", text);
        for (char *w = strtok_r(copy, " ", &save); w && n < 8; w = strtok_r(NULL, " ", &save))
                words[n++] = w;
        qsort(words, n, sizeof *words, by_name);
        *text = '\0';
        for (size_t i = 0; i < n; i++)
                strcat(strcat(text, words[i]), " ");
}

static void by_daemon(const struct model_facts *facts, const struct fact *told, size_t n, char *buf, size_t size) {
        struct answers a = { .id = "told", .at = story_model()->now };
        struct sightings seen = { .answers = &a };

        for (size_t i = 0; i < n; i++)
                a.by_question[told[i].question] = (uint8_t) answer_from_word(told[i].question, told[i].word);
        (void) headset_findings(&seen, facts);
        *buf = '\0';
        for (size_t i = 0; i < last_diagnosis()->findings.n; i++) {
                const struct finding *f = &last_diagnosis()->findings.items[i];

                if (f->code != NOT_VISIBLE) /* the only one that is not about what was told */
                        add_words(buf, size, finding_code_name(f->code), f->severity, f->confidence);
        }
}

static void compare(const struct model_facts *facts, const struct fact *told, size_t n) {
        char daemon[512], doctor[512];

        by_daemon(facts, told, n, daemon, sizeof daemon);
        by_doctor(facts, told, n, doctor, sizeof doctor);
        sort_words(daemon);
        sort_words(doctor);
        ck_assert_msg(strcmp(daemon, doctor) == 0, "%s: %s=%s%s%s%s%s: status says %s, the doctor %s", facts->family,
                      question_name(told[0].question), told[0].word, n > 1 ? ", " : "",
                      n > 1 ? question_name(told[1].question) : "", n > 1 ? "=" : "", n > 1 ? told[1].word : "", daemon, doctor);
}

/* Every fact alone, and every two together, for a headset of each family: nothing but the doctor's engine concludes from them. */
START_TEST(test_one_mind) {
        static const char *const families[] = { "over-ear", "neckband", "earbuds" };
        static const char *const models[] = { "WH-CH720N", "WI-C100", "WF-C500" };
        struct model_facts facts = MODEL_FACTS_UNKNOWN;
        struct fact all[FACTS_MAX];
        size_t n = all_facts(all), pairs = 0;

        snprintf(facts.model, sizeof facts.model, "%s", models[_i]);
        snprintf(facts.family, sizeof facts.family, "%s", families[_i]);
        for (size_t i = 0; i < n; i++) {
                compare(&facts, &all[i], 1);
                for (size_t j = i + 1; j < n; j++)
                        if (all[j].question != all[i].question) {
                                compare(&facts, (struct fact[]){ all[i], all[j] }, 2);
                                pairs++;
                        }
        }
        ck_assert_uint_gt(pairs, 10000);
}
END_TEST

/* An answer about a change may raise the confidence of a measured finding, and nothing else. */
START_TEST(test_hub_that_was_seen) {
        struct sightings seen = {};

        hub("1-1", true, 4);
        seen.port = headset("1-1.2", "MDR-1000X", 100, 0);
        ck_assert_str_eq(headset_findings(&seen, NULL), "hub-in-path/notice/certain -> ok");
        at(1400);
        seen.answers = answers("led=dark plugged-for=longer");
        ck_assert_str_eq(headset_findings(&seen, NULL), "hub-in-path/warning/possible -> ok");
        seen.answers = answers("without-hub=fails");
        ck_assert_str_eq(headset_findings(&seen, NULL), "hub-in-path/notice/certain -> ok");
        seen.answers = answers("without-hub=works");
        ck_assert_str_eq(headset_findings(&seen, NULL), "hub-in-path/warning/certain -> ok");
        ck_assert_uint_eq(last_diagnosis()->findings.n, 1);
}
END_TEST

START_TEST(test_port_with_a_reason_is_not_accused) {
        struct sightings seen = {};

        hub("1-1", false, 4);
        seen.port = headset("1-1.2", "WH-1000XM3", 100, 1500);
        seen.answers = answers("other-port=works other-cable=fails");
        ck_assert_ptr_null(strstr(headset_findings(&seen, NULL), "port-suspect"));
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, NULL), "hub-bus-powered/warning"));
}
END_TEST

/* A real fault comes first. */
START_TEST(test_too_early_hides_nothing) {
        struct port *p = headset("1-2", "WH-1000XM4", 100, 0);
        struct sightings seen = { .port = p, .answers = answers("led=dark") };

        p->device.authorized = NO;
        ck_assert_str_eq(headset_findings(&seen, NULL), "not-authorized/warning/certain -> slow");
        p->device.authorized = YES;
        ck_assert_str_eq(headset_findings(&seen, NULL), "too-early/info/possible -> ok");
        at(1000 + 301);
        ck_assert_ptr_null(strstr(headset_findings(&seen, NULL), "too-early"));
}
END_TEST

START_TEST(test_early_partner_ends_by_itself) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);
        uint64_t deadline;

        typec(&f);
        at(1010);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain, too-early/info/likely -> unknown");
        deadline = diagnosis_deadline(story_model());
        ck_assert_uint_eq(deadline, UINT64_C(1300000000));
        at(1301);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain -> unknown");
}
END_TEST

static struct headset_facts buds(struct battery_state left, struct battery_state right, struct battery_state box) {
        struct headset_facts f = by_bluetooth("INZONE Buds", BATTERY_UNKNOWN, 1);

        f.way = HEADSET_DONGLE;
        f.battery = BATTERY_BY_HID;
        f.parts[BATTERY_LEFT] = left;
        f.parts[BATTERY_RIGHT] = right;
        f.parts[BATTERY_CASE] = box;
        return f;
}

/* What the parts report. */
static const struct {
        const char *what;
        struct battery_state left, right, box;
        const char *answers, *findings;
} parts[] = {
        { "both charge", { 40, CHARGING_YES }, { 50, CHARGING_YES }, { 90, CHARGING_NO }, "", "" },
        { "neither charges: they are worn", { 40, CHARGING_NO }, { 50, CHARGING_NO }, { BATTERY_UNKNOWN, 0 }, "", "" },
        { "one does not", { 40, CHARGING_NO }, { 50, CHARGING_YES }, { 90, CHARGING_NO }, "", "earbud-seating/info/possible" },
        { "one is full", { 100, CHARGING_NO }, { 50, CHARGING_YES }, { 90, CHARGING_NO }, "", "" },
        { "one is not heard of", { BATTERY_UNKNOWN, CHARGING_UNKNOWN }, { 50, CHARGING_YES }, { 90, CHARGING_NO }, "", "" },
        { "one does not, and it sits well",
          { 40, CHARGING_NO },
          { 50, CHARGING_YES },
          { 90, CHARGING_NO },
          "seated-anew=fails",
          "contacts-dirty/warning/possible" },
        { "one does not, and the contacts are dirty",
          { 40, CHARGING_NO },
          { 50, CHARGING_YES },
          { 90, CHARGING_NO },
          "seated=yes contacts=dirty",
          "contacts-dirty/warning/likely" },
        { "the case is empty", { 40, CHARGING_NO }, { 50, CHARGING_NO }, { 0, CHARGING_NO }, "", "case-empty/warning/likely" },
        { "the case is empty and charges", { 40, 0 }, { 50, 0 }, { 1, CHARGING_YES }, "", "case-empty/info/likely" },
};

START_TEST(test_parts) {
        struct headset_facts f = buds(parts[_i].left, parts[_i].right, parts[_i].box);
        struct sightings seen = { .headset = tell_headset(&f) };
        const char *found;

        if (parts[_i].answers[0] != '\0')
                seen.answers = answers(parts[_i].answers);
        found = headset_findings(&seen, &f.facts);
        if (parts[_i].findings[0] != '\0')
                ck_assert_msg(strstr(found, parts[_i].findings) != NULL, "%s: %s", parts[_i].what, found);
        ck_assert_msg(last_diagnosis()->findings.n == (parts[_i].findings[0] != '\0' ? 2 : 1), "%s: %s", parts[_i].what, found);
        /* The headset is off, so nothing that it reported before counts. */
        f.connected = false;
        seen.headset = tell_headset(&f);
        seen.answers = NULL;
        ck_assert_str_eq(headset_findings(&seen, &f.facts), "not-visible/info/certain -> unknown");
}
END_TEST

/* The Bluetooth link ended when the cable was plugged in, so power arrived although no USB device appeared. */
START_TEST(test_charge_only_by_its_silence) {
        struct headset_facts f = by_bluetooth("MDR-1000X", 50, 10);
        struct sightings seen = {};
        struct headset *h;

        f.facts.powers_down = f.facts.enumerates = YES;
        seen.headset = h = tell_headset(&f);
        at(1100);
        f.connected = false;
        tell_headset(&f);
        h->observed.plugged_at = h->observed.dropped_at;
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), "cable-charge-only"));
        at(1120);
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "cable-charge-only/info/possible"));
        h->facts.facts.enumerates = UNKNOWN;
        ck_assert_ptr_null(strstr(headset_findings(&seen, &h->facts.facts), "cable-charge-only"));
        h->facts.facts.enumerates = YES;
        h->observed.plugged_at = (struct moment){};
        ck_assert_ptr_null(strstr(headset_findings(&seen, &f.facts), "cable-charge-only"));
}
END_TEST

/* The Type-C port reports a partner that came when the link ended, so two sources agree. */
START_TEST(test_charge_only_by_two_sources) {
        struct typec_facts t = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);
        struct headset_facts f = by_bluetooth("MDR-1000X", 50, 10);
        struct sightings seen = {};

        f.facts.powers_down = f.facts.enumerates = YES;
        seen.headset = tell_headset(&f);
        at(1100);
        typec(&t);
        at(1101);
        f.connected = false;
        tell_headset(&f);
        at(1130);
        ck_assert_uint_ne(seen.headset->observed.plugged_at.at, 0);
        ck_assert_ptr_nonnull(strstr(headset_findings(&seen, &f.facts), "cable-charge-only/info/likely"));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("answers");
        TCase *c = tcase_create("told");

        tcase_add_checked_fixture(c, begin, story_end);
        tcase_add_loop_test(c, test_story, 0, sizeof stories / sizeof stories[0]);
        tcase_set_timeout(c, 300);
        tcase_add_loop_test(c, test_one_mind, 0, 3);
        tcase_add_loop_test(c, test_parts, 0, sizeof parts / sizeof parts[0]);
        tcase_add_test(c, test_hub_that_was_seen);
        tcase_add_test(c, test_port_with_a_reason_is_not_accused);
        tcase_add_test(c, test_too_early_hides_nothing);
        tcase_add_test(c, test_early_partner_ends_by_itself);
        tcase_add_test(c, test_charge_only_by_its_silence);
        tcase_add_test(c, test_charge_only_by_two_sources);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
