/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The policy of the agent: stories in steps, and the notifications that follow from them. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "client/notify/notify-ports.h"
#include "client/notify/notify-state.h"
#include "client/notify/notify-policy.h"
#include "client/notify/notify-words.h"
#include "run.h"

#define MS UINT64_C(1000)

enum what {
        END,
        PLUG,         /* device `name` (NULL: not identified) on port, verdict, code, severity */
        UNPLUG,       /* what is on port */
        CABLE_PULLED, /* Bluetooth still sees what was on port; verdict, code, severity */
        BATTERY,      /* charging state of what is on port */
        SLEPT,        /* what is on port has a finding about sleep that says `name` */
        OFF,          /* the session becomes inactive */
        ON,           /* the session becomes active */
        CLOSED,       /* the user closed the newest notification */
        LOST,         /* the newest notification did not reach the server */
        RESTART,      /* the daemon came back */
        CENSOR,       /* the user disables notifications for port */
        FAULT,        /* a fault of the computer itself, whose name is in `port`: code, severity */
        REPAIRED,     /* it is over */
};

struct step {
        unsigned at; /* ms */
        enum what what;
        const char *port, *name;
        const char *id; /* NULL: as the name */
        enum verdict verdict;
        const char *code;
        enum severity severity;
        enum charging charging;
};

struct policy_case {
        const char *about;
        struct step steps[24]; /* those at 0 are there at start */
        unsigned until;
        const char *expected; /* "time number: topic, title", one a line; "time number: closed" */
};

#define OK(at_, port_, name_) \
        { .at = at_, .what = PLUG, .port = port_, .name = name_, .verdict = VERDICT_OK }
#define BAD(at_, port_, name_, verdict_, code_) \
        { .at = at_, .what = PLUG, .port = port_, .name = name_, .verdict = verdict_, .code = code_, .severity = WARNING }
#define GO(at_, port_) \
        { .at = at_, .what = UNPLUG, .port = port_ }
#define DOWN(at_, fault_, code_) \
        { .at = at_, .what = FAULT, .port = fault_, .code = code_, .severity = CRITICAL }
#define POWER "host-power-fault"
#define XM4 "WH-1000XM4"
#define HUB "power-budget-exceeded"
#define FAILED "enumeration-failed"

static const struct policy_case cases[] = {
        { "a good plug is told once it is at rest, and goes with it",
          { OK(1000, "usb1_port1", XM4), GO(60000, "usb1_port1") },
          120000,
          "2000 1: plug, WH-1000XM4 plugged in\n"
          "61000 1: closed\n" },
        { "what was there at start is not told",
          { OK(0, "usb1_port1", XM4), BAD(0, "usb1_port2", NULL, VERDICT_SLOW, FAILED), GO(9000, "usb1_port1") },
          20000,
          "" },
        { "but a fault that comes later is, and that it went",
          { OK(0, "usb1_port1", XM4), BAD(9000, "usb1_port1", XM4, VERDICT_BLOCKED, "port-over-current"),
            OK(20000, "usb1_port1", XM4) },
          30000,
          "10000 1: plug, WH-1000XM4 cannot charge\n"
          "21000 1: plug, WH-1000XM4 plugged in\n" },
        { "and when it is plugged in again",
          { OK(0, "usb1_port1", XM4), GO(9000, "usb1_port1"), OK(20000, "usb1_port1", XM4) },
          30000,
          "21000 1: plug, WH-1000XM4 plugged in\n" },
        { "the first look may be wrong: only what stands is told",
          { OK(1000, "usb1_port1", XM4), BAD(1400, "usb1_port1", XM4, VERDICT_SLOW, "not-configured"),
            BAD(1800, "usb1_port1", XM4, VERDICT_SLOW, HUB) },
          30000,
          "2800 1: plug, WH-1000XM4: slow at best\n" },
        { "when there is no rest, it is told all the same",
          { OK(1000, "usb1_port1", XM4), BAD(1900, "usb1_port1", XM4, VERDICT_SLOW, HUB), OK(2800, "usb1_port1", XM4),
            BAD(3700, "usb1_port1", XM4, VERDICT_SLOW, HUB), OK(4600, "usb1_port1", XM4),
            BAD(5500, "usb1_port1", XM4, VERDICT_SLOW, HUB) },
          8000,
          "6000 1: plug, WH-1000XM4: slow at best\n" },
        { "a change is told in place, the same again is not",
          { BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB), BAD(5000, "usb1_port1", XM4, VERDICT_SLOW, HUB),
            BAD(9000, "usb1_port1", XM4, VERDICT_AT_RISK, "link-unstable") },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "10000 1: plug, WH-1000XM4: bad connection\n" },
        { "what had a fault is said to be unplugged; where it goes next is the same notification",
          { BAD(1000, "usb1_2_port1", XM4, VERDICT_SLOW, HUB), GO(10000, "usb1_2_port1"), OK(20000, "usb1_port3", XM4) },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "11000 1: left, WH-1000XM4 unplugged\n"
          "21000 1: plug, WH-1000XM4 plugged in\n" },
        { "also when another port gives it another id",
          { BAD(1000, "usb1_2_port1", XM4, VERDICT_SLOW, HUB),
            GO(10000, "usb1_2_port1"),
            { .at = 20000, .what = PLUG, .port = "usb1_port3", .name = XM4, .id = "another", .verdict = VERDICT_OK } },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "11000 1: left, WH-1000XM4 unplugged\n"
          "21000 1: plug, WH-1000XM4 plugged in\n" },
        { "but not while the first one stays",
          { BAD(1000, "usb1_2_port1", XM4, VERDICT_SLOW, HUB),
            { .at = 20000, .what = PLUG, .port = "usb1_port3", .name = XM4, .id = "another", .verdict = VERDICT_OK } },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "21000 2: plug, WH-1000XM4 plugged in\n" },
        { "a notification that the user closed is not changed, but a new fault is news",
          { BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB),
            { 3000, CLOSED },
            OK(5000, "usb1_port1", XM4),
            BAD(9000, "usb1_port1", XM4, VERDICT_AT_RISK, "link-unstable"),
            { 11000, CLOSED },
            GO(13000, "usb1_port1") },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "10000 1: plug, WH-1000XM4: bad connection\n" },
        { "who it is comes later, on the same port",
          { BAD(1000, "usb1_port1", NULL, VERDICT_SLOW, FAILED), OK(9000, "usb1_port1", XM4) },
          30000,
          "2000 1: plug, USB device not recognised\n"
          "10000 1: plug, WH-1000XM4 plugged in\n" },
        { "what never told who it is goes without a word, and is told of with a fault only",
          { BAD(1000, "usb1_port1", NULL, VERDICT_SLOW, FAILED),
            GO(9000, "usb1_port1"),
            { .at = 20000, .what = PLUG, .port = "typec_port0", .verdict = VERDICT_UNKNOWN, .code = "not-visible" } },
          30000,
          "2000 1: plug, USB device not recognised\n"
          "10000 1: closed\n" },
        { "a flapping plug is one notification that counts, changed at a limited rate",
          { OK(1000, "usb1_port1", XM4), GO(1500, "usb1_port1"), OK(2000, "usb1_port1", XM4), GO(2500, "usb1_port1"),
            OK(3000, "usb1_port1", XM4), GO(3500, "usb1_port1"), OK(4000, "usb1_port1", XM4), GO(4500, "usb1_port1"),
            OK(9000, "usb1_port1", XM4), GO(10500, "usb1_port1"), OK(12000, "usb1_port1", XM4), GO(13500, "usb1_port1"),
            BAD(14000, "usb1_port1", XM4, VERDICT_AT_RISK, "link-unstable") },
          60000,
          "3000 1: flapping (3), WH-1000XM4 comes and goes\n"
          "13000 1: flapping (6), WH-1000XM4 comes and goes\n"
          "24000 1: plug, WH-1000XM4: bad connection\n" },
        { "one that flaps and is gone is said to be unplugged",
          { OK(1000, "usb1_port1", XM4), GO(1500, "usb1_port1"), OK(2000, "usb1_port1", XM4), GO(2500, "usb1_port1"),
            OK(3000, "usb1_port1", XM4), GO(3500, "usb1_port1") },
          60000,
          "3000 1: flapping (3), WH-1000XM4 comes and goes\n"
          "13500 1: left, WH-1000XM4 unplugged\n" },
        { "flapping between a name and none counts as well",
          { OK(1000, "usb1_port1", XM4), BAD(1500, "usb1_port1", NULL, VERDICT_AT_RISK, "link-unstable"),
            OK(2000, "usb1_port1", XM4), BAD(2500, "usb1_port1", NULL, VERDICT_AT_RISK, "link-unstable"),
            OK(3000, "usb1_port1", XM4) },
          60000,
          "3000 1: flapping (3), WH-1000XM4 comes and goes\n"
          "13000 1: plug, WH-1000XM4 plugged in\n" },
        { "the kernel finds a device again at once: no news",
          { OK(1000, "usb1_port1", XM4), GO(9000, "usb1_port1"), OK(9300, "usb1_port1", XM4) },
          30000,
          "2000 1: plug, WH-1000XM4 plugged in\n" },
        { "a battery that becomes full is told once",
          { OK(1000, "usb1_port1", XM4),
            { 5000, BATTERY, "usb1_port1", .charging = CHARGING_YES },
            { 9000, BATTERY, "usb1_port1", .charging = CHARGING_FULL },
            { 20000, BATTERY, "usb1_port1", .charging = CHARGING_YES },
            { 30000, BATTERY, "usb1_port1", .charging = CHARGING_FULL } },
          60000,
          "2000 1: plug, WH-1000XM4 plugged in\n"
          "10000 1: full, WH-1000XM4: battery full\n" },
        { "one that was full at start is not",
          { OK(0, "usb1_port1", XM4), { 0, BATTERY, "usb1_port1", .charging = CHARGING_FULL } },
          60000,
          "" },
        { "a battery that dies without the cable is told of then, and no longer when that is over",
          { OK(1000, "usb1_port1", XM4),
            { .at = 9000,
              .what = CABLE_PULLED,
              .port = "usb1_port1",
              .verdict = VERDICT_UNKNOWN,
              .code = "battery-dies-unplugged",
              .severity = WARNING },
            { .at = 70000, .what = CABLE_PULLED, .port = "usb1_port1", .verdict = VERDICT_UNKNOWN } },
          90000,
          "2000 1: plug, WH-1000XM4 plugged in\n"
          "10000 1: closed\n"
          "10000 1: plug, WH-1000XM4: weak battery\n"
          "71000 1: closed\n" },
        { "sleep is told at wake-up, once; and again after the next one",
          { OK(0, "usb1_port1", XM4), { 5000, SLEPT, "usb1_port1", "8 h" }, { 50000, SLEPT, "usb1_port1", "9 h" } },
          90000,
          "6000 1: sleep, WH-1000XM4: computer slept\n"
          "51000 1: sleep, WH-1000XM4: computer slept\n" },
        { "sleep is of no interest when it is full",
          { OK(0, "usb1_port1", XM4),
            { 0, BATTERY, "usb1_port1", .charging = CHARGING_FULL },
            { 5000, SLEPT, "usb1_port1", "8 h" } },
          90000,
          "" },
        { "silent in the back; what still needs somebody is told in front, old news is not",
          { { 1, OFF },
            BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB),
            OK(1000, "usb1_port2", "WH-1000XM5"),
            BAD(1000, "usb1_port3", NULL, VERDICT_SLOW, FAILED),
            GO(9000, "usb1_port3"),
            BAD(1000, "usb1_port4", "WF-C500", VERDICT_SLOW, HUB),
            OK(20000, "usb1_port4", "WF-C500"),
            { 50000, ON } },
          90000,
          "51000 1: plug, WH-1000XM4: slow at best\n" },
        { "sleep is told in front, too",
          { OK(0, "usb1_port1", XM4), { 1, OFF }, { 5000, SLEPT, "usb1_port1", "8 h" }, { 50000, ON } },
          90000,
          "51000 1: sleep, WH-1000XM4: computer slept\n" },
        { "what is no longer true does not stay while nobody can be told",
          { BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB), { 5000, OFF }, OK(9000, "usb1_port1", XM4) },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "10000 1: closed\n" },
        { "a fault that did not reach the server is told when there is one; a good plug is not",
          { BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB),
            { 2000, LOST },
            OK(3000, "usb1_port2", "WH-1000XM5"),
            { 4000, LOST },
            { 30000, ON } },
          60000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "4000 2: plug, WH-1000XM5 plugged in\n"
          "31000 1: plug, WH-1000XM4: slow at best\n" },
        { "nothing is said of a port that the user does not want to hear of",
          { BAD(1000, "usb1_port1", XM4, VERDICT_SLOW, HUB),
            { 5000, CENSOR, "usb1_port1" },
            BAD(9000, "usb1_port1", XM4, VERDICT_BLOCKED, "port-over-current"),
            OK(9000, "usb1_port2", "WH-1000XM5") },
          30000,
          "2000 1: plug, WH-1000XM4: slow at best\n"
          "5000 1: closed\n"
          "10000 2: plug, WH-1000XM5 plugged in\n" },
        { "a daemon that comes back makes no flapping",
          { OK(1000, "usb1_port1", XM4),
            { 5000, RESTART },
            GO(5100, "usb1_port1"),
            OK(5200, "usb1_port1", XM4),
            { 9000, RESTART },
            GO(9100, "usb1_port1"),
            OK(9200, "usb1_port1", XM4),
            { 12500, RESTART },
            GO(12600, "usb1_port1"),
            OK(12700, "usb1_port1", XM4) },
          60000,
          "2000 1: plug, WH-1000XM4 plugged in\n" },
        { "changes of one notification are limited",
          { OK(1000, "usb1_port1", XM4), BAD(3000, "usb1_port1", XM4, VERDICT_SLOW, HUB), OK(5000, "usb1_port1", XM4),
            BAD(7000, "usb1_port1", XM4, VERDICT_SLOW, HUB), OK(9000, "usb1_port1", XM4),
            BAD(11000, "usb1_port1", XM4, VERDICT_BLOCKED, "port-off") },
          60000,
          "2000 1: plug, WH-1000XM4 plugged in\n"
          "4000 1: plug, WH-1000XM4: slow at best\n"
          "6000 1: plug, WH-1000XM4 plugged in\n"
          "8000 1: plug, WH-1000XM4: slow at best\n"
          "12000 1: plug, WH-1000XM4 cannot charge\n" },
        { "a fault of the computer is told once, and goes when it ends",
          { DOWN(1000, "host", POWER), OK(5000, "usb1_port1", XM4), { 20000, REPAIRED, "host" } },
          90000,
          "2000 1: plug, USB ports lack power\n"
          "6000 2: plug, WH-1000XM4 plugged in\n"
          "21000 1: closed\n" },
        { "what was there at start is not; another one that comes is",
          { DOWN(0, "host", POWER), DOWN(5000, "controller", "controller-dead"), { 20000, REPAIRED, "host" } },
          90000,
          "6000 2: plug, USB stopped working\n" },
        { "one that comes and goes is no plug that does, and the kernel may tell it in any rhythm",
          { DOWN(1000, "host", POWER),
            { 1500, REPAIRED, "host" },
            DOWN(2000, "host", POWER),
            { 2500, REPAIRED, "host" },
            DOWN(3000, "host", POWER),
            { 3500, REPAIRED, "host" },
            DOWN(4000, "host", POWER) },
          90000,
          "5000 1: plug, USB ports lack power\n" },
        { "a headset that has it tells it",
          { OK(0, "usb1_port1", XM4), BAD(5000, "usb1_port1", XM4, VERDICT_BLOCKED, "controller-dead"),
            DOWN(5000, "controller", "controller-dead"), GO(20000, "usb1_port1") },
          90000,
          "6000 1: plug, WH-1000XM4 cannot charge\n"
          "21000 1: left, WH-1000XM4 unplugged\n" },
        { "but when it goes with the bus that died, nobody else does",
          { OK(1000, "usb1_port1", XM4), BAD(5000, "usb1_port1", XM4, VERDICT_BLOCKED, "controller-dead"),
            DOWN(5000, "controller", "controller-dead"), GO(5200, "usb1_port1") },
          90000,
          "2000 1: plug, WH-1000XM4 plugged in\n"
          "6000 2: plug, USB stopped working\n"
          "6200 1: closed\n" },
        { "over-current on all ports is told as the computer's; a headset is still told of by its name",
          { BAD(1000, "usb1_port1", NULL, VERDICT_BLOCKED, "port-over-current"),
            BAD(1000, "usb1_port2", NULL, VERDICT_BLOCKED, "port-over-current"),
            BAD(1000, "usb1_port3", XM4, VERDICT_BLOCKED, "port-over-current"), DOWN(1300, "controller", POWER),
            BAD(9000, "usb1_port2", NULL, VERDICT_SLOW, FAILED) },
          90000,
          "2000 3: plug, WH-1000XM4 cannot charge\n"
          "2300 4: plug, USB ports lack power\n"
          "10000 2: plug, USB device not recognised\n" },
        { "what needs nobody is not told of the computer",
          { { .at = 1000, .what = FAULT, .port = "host", .code = "x-new", .severity = NOTICE } },
          9000,
          "" },
        { "in the back it waits",
          { { 1, OFF }, DOWN(1000, "host", POWER), { 50000, ON } },
          90000,
          "51000 1: plug, USB ports lack power\n" },
};

struct stage {
        struct policy policy;
        struct plug_state states[POLICY_PLUGS_MAX];
        size_t n;
        unsigned now, last;
        const char *muted;
        char shown_log[8192];
};

static void on_told(void *userdata, unsigned plug, const struct message *m) {
        static const char *const names[] = { "plug", "full", "sleep", "flapping", "left" };
        struct stage *s = userdata;
        size_t used = strlen(s->shown_log);
        char count[16] = "";
        struct words w;

        s->last = plug;
        if (!m) {
                snprintf(s->shown_log + used, sizeof s->shown_log - used, "%u %u: closed\n", s->now, plug);
                return;
        }
        words_compose(m, (struct abilities){}, &w);
        if (m->topic == TOPIC_FLAPPING)
                snprintf(count, sizeof count, " (%u)", m->joins);
        snprintf(s->shown_log + used, sizeof s->shown_log - used, "%u %u: %s%s, %s\n", s->now, plug, names[m->topic], count,
                 w.title);
}

static bool on_port(void *userdata, const char *port) {
        const struct stage *s = userdata;

        return s->muted && strcmp(port, s->muted) == 0;
}

static struct plug_state *on_stage(struct stage *s, const char *port) {
        for (size_t i = 0; i < s->n; i++)
                if (strcmp(s->states[i].port, port) == 0)
                        return &s->states[i];
        s->states[s->n] = (struct plug_state){ .attached = true };
        snprintf(s->states[s->n].port, POLICY_ID_MAX, "%s", port);
        snprintf(s->states[s->n].port_key, POLICY_KEY_MAX, "%s", port);
        return &s->states[s->n++];
}

static void plug_in(struct stage *s, const struct step *step) {
        struct plug_state *state = on_stage(s, step->port);

        snprintf(state->headset, sizeof state->headset, "%s", step->id ? step->id : step->name ? step->name : "");
        snprintf(state->name, sizeof state->name, "%s", step->name ? step->name : "");
        state->verdict = step->verdict;
        state->main = (struct note){ .severity = step->severity, .confidence = CERTAIN };
        snprintf(state->main.code, sizeof state->main.code, "%s", step->code ? step->code : "");
        snprintf(state->main.cause, sizeof state->main.cause, "This is why.");
        if (strcmp(state->main.code, "controller-dead") == 0) {
                state->main.severity = CRITICAL;
                state->main.of_host = true;
        }
}

static void pull_cable(struct stage *s, const struct step *step) {
        struct plug_state *state = on_stage(s, step->port);

        state->attached = false;
        state->verdict = step->verdict;
        state->main = (struct note){ .severity = step->severity, .confidence = LIKELY };
        snprintf(state->main.code, sizeof state->main.code, "%s", step->code ? step->code : "");
}

static void fall_asleep(struct stage *s, const struct step *step) {
        struct note *n = &on_stage(s, step->port)->sleep;

        *n = (struct note){ .code = "host-suspended", .severity = WARNING, .confidence = CERTAIN };
        snprintf(n->cause, sizeof n->cause, "%s", step->name);
}

static struct plug_state *fault_on_stage(struct stage *s, const char *fault) {
        for (size_t i = 0; i < s->n; i++)
                if (strcmp(s->states[i].fault, fault) == 0)
                        return &s->states[i];
        s->states[s->n] = (struct plug_state){ .attached = true };
        snprintf(s->states[s->n].fault, POLICY_ID_MAX, "%s", fault);
        return &s->states[s->n++];
}

static void break_down(struct stage *s, const struct step *step) {
        struct note *n = &fault_on_stage(s, step->port)->main;

        *n = (struct note){ .severity = step->severity, .confidence = CERTAIN, .of_host = true };
        snprintf(n->code, sizeof n->code, "%s", step->code);
}

static void do_step(struct stage *s, const struct step *step) {
        switch (step->what) {
        case PLUG:
                plug_in(s, step);
                break;
        case UNPLUG:
                *on_stage(s, step->port) = s->states[s->n - 1];
                s->n--;
                break;
        case CABLE_PULLED:
                pull_cable(s, step);
                break;
        case BATTERY:
                on_stage(s, step->port)->charging = step->charging;
                break;
        case SLEPT:
                fall_asleep(s, step);
                break;
        case OFF:
        case ON:
                policy_set_visible(&s->policy, step->what == ON, s->now * MS);
                break;
        case CLOSED:
                policy_closed(&s->policy, s->last);
                break;
        case LOST:
                policy_lost(&s->policy, s->last);
                break;
        case RESTART:
                policy_restarted(&s->policy, s->now * MS);
                break;
        case CENSOR:
                s->muted = step->port;
                policy_forget_port(&s->policy, step->port);
                break;
        case FAULT:
                break_down(s, step);
                break;
        case REPAIRED:
                *fault_on_stage(s, step->port) = s->states[s->n - 1];
                s->n--;
                break;
        case END:
                break;
        }
}

/* Time goes on in steps of 100 ms; the policy is asked when it wants to be, and never in between. */
static void play(struct stage *s, const struct policy_case *c) {
        uint64_t due = UINT64_MAX;
        const struct step *step;

        for (s->now = 0; s->now <= c->until; s->now++) {
                bool changed = s->now == 0;

                if (s->now % 100 > 1 || (s->now > 1 && s->now % 100 != 0))
                        continue;
                if (s->now * MS >= due)
                        due = policy_evaluate(&s->policy, s->now * MS);
                for (step = c->steps; step->what != END; step++)
                        if (step->at == s->now) {
                                do_step(s, step);
                                changed = true;
                        }
                if (changed) {
                        ck_assert_int_eq(policy_update(&s->policy, s->states, s->n, s->now * MS), 0);
                        due = policy_evaluate(&s->policy, s->now * MS);
                }
        }
        ck_assert_uint_eq(due, UINT64_MAX); /* nothing left to wake up for */
}

static struct stage *new_stage(void) {
        struct stage *s = calloc(1, sizeof *s);

        ck_assert_ptr_nonnull(s);
        s->policy = (struct policy){
                .settings = { true, true, true, true, true }, .show = on_told, .is_muted = on_port, .userdata = s
        };
        return s;
}

static void free_stage(struct stage *s) {
        policy_done(&s->policy);
        free(s);
}

START_TEST(test_policy) {
        struct stage *s = new_stage();

        play(s, &cases[_i]);
        ck_assert_msg(strcmp(s->shown_log, cases[_i].expected) == 0, "%s:\n%sinstead of:\n%s", cases[_i].about, s->shown_log,
                      cases[_i].expected);
        free_stage(s);
}
END_TEST

/* Which setting disables which notification. */
START_TEST(test_settings) {
        static const struct {
                struct policy_settings settings;
                struct policy_case policy;
        } silent[] = {
                { { false, true, true, true, true }, { "", { OK(1000, "usb1_port1", XM4) }, 9000, "" } },
                { { true, false, true, true, true },
                  { "",
                    { { .at = 1000,
                        .what = PLUG,
                        .port = "usb1_port1",
                        .name = XM4,
                        .verdict = VERDICT_SLOW,
                        .code = "port-limits-current",
                        .severity = NOTICE } },
                    9000,
                    "" } },
                { { true, true, false, true, true }, { "", { BAD(1000, "usb1_port1", NULL, VERDICT_SLOW, FAILED) }, 9000, "" } },
                { { false, true, true, false, true },
                  { "", { OK(1000, "usb1_port1", XM4), { 4000, BATTERY, "usb1_port1", .charging = CHARGING_FULL } }, 9000, "" } },
                { { true, true, true, true, false },
                  { "", { OK(0, "usb1_port1", XM4), { 4000, SLEPT, "usb1_port1", "8 h" } }, 9000, "" } },
        };
        struct stage *s = new_stage();

        s->policy.settings = silent[_i].settings;
        play(s, &silent[_i].policy);
        ck_assert_str_eq(s->shown_log, "");
        free_stage(s);

        s = new_stage();
        play(s, &silent[_i].policy);
        ck_assert_str_ne(s->shown_log, "");
        free_stage(s);
}
END_TEST

/* A dead controller affects everything that is plugged into it, and is shown once. */
START_TEST(test_fault_of_the_host) {
        struct stage *s = new_stage();
        struct plug_state *state;

        ck_assert_int_eq(policy_update(&s->policy, NULL, 0, 0), 0);
        for (unsigned i = 0; i < 5; i++) {
                char port[32];

                snprintf(port, sizeof port, "usb1_port%u", i + 1);
                state = on_stage(s, port);
                snprintf(state->headset, sizeof state->headset, "headset%u", i);
                snprintf(state->name, sizeof state->name, "WH-%u", i);
                state->verdict = VERDICT_BLOCKED;
                state->main = (struct note){ .code = "controller-dead",
                                             .subject = "0000:00:14.0",
                                             .severity = CRITICAL,
                                             .confidence = CERTAIN,
                                             .of_host = true };
        }
        ck_assert_int_eq(policy_update(&s->policy, s->states, s->n, 0), 0);
        ck_assert_uint_eq(policy_evaluate(&s->policy, POLICY_REST_USEC), UINT64_MAX);
        s->now = 0;
        ck_assert_str_eq(s->shown_log, "0 1: plug, WH-0 cannot charge\n");
        free_stage(s);
}
END_TEST

/* A thousand ports fail at the same time: ten notifications are shown, and the number of plugs stays limited. */
START_TEST(test_flood) {
        static struct plug_state many[1000];
        struct stage *s = new_stage();
        unsigned lines = 0;

        for (unsigned i = 0; i < 1000; i++) {
                many[i] = (struct plug_state){ .attached = true, .verdict = VERDICT_SLOW };
                many[i].main = (struct note){ .code = "enumeration-failed", .severity = WARNING };
                snprintf(many[i].port, sizeof many[i].port, "usb1_port%u", i);
        }
        ck_assert_int_eq(policy_update(&s->policy, NULL, 0, 0), 0);
        ck_assert_int_lt(policy_update(&s->policy, many, 1000, 0), 0);
        ck_assert_uint_eq(policy_evaluate(&s->policy, POLICY_REST_USEC), UINT64_MAX);
        for (const char *p = s->shown_log; *p; p++)
                lines += *p == '\n';
        ck_assert_uint_eq(lines, POLICY_NEW_MAX);
        ck_assert_uint_eq(s->policy.unshown, POLICY_PLUGS_MAX - POLICY_NEW_MAX);
        free_stage(s);
}
END_TEST

/* The notification of each plug, as the server shows it. */
#define SCREEN_MAX 256

struct screen {
        bool shown[SCREEN_MAX];
        struct message last[SCREEN_MAX];
        unsigned shown_count;
        bool tidy; /* its user closes notifications */
};

static void on_screen(void *userdata, unsigned plug, const struct message *m) {
        struct screen *s = userdata;

        ck_assert_uint_lt(plug, SCREEN_MAX);
        s->shown[plug] = m;
        s->shown_count += m != NULL;
        if (m)
                s->last[plug] = *m;
}

static uint32_t random_number(uint32_t *seed, uint32_t max) {
        *seed = *seed * 1664525 + 1013904223;
        return (*seed >> 8) % max;
}

static void make_random(struct plug_state *s, uint32_t *seed, unsigned i) {
        static const struct {
                const char *code;
                enum verdict verdict;
                enum severity severity;
        } states[] = { { "", VERDICT_OK, INFO },
                       { HUB, VERDICT_SLOW, WARNING },
                       { "port-limits-current", VERDICT_SLOW, NOTICE },
                       { "link-unstable", VERDICT_AT_RISK, WARNING } };
        uint32_t state = random_number(seed, 4);

        *s = (struct plug_state){ .attached = true, .verdict = states[state].verdict, .charging = random_number(seed, 4) };
        snprintf(s->port, sizeof s->port, "usb1_port%u", i);
        snprintf(s->main.code, sizeof s->main.code, "%s", states[state].code);
        s->main.severity = states[state].severity;
        if (random_number(seed, 3) > 0)
                snprintf(s->headset, sizeof s->headset, "headset%u", i);
        memcpy(s->name, s->headset, sizeof s->name);
        if (random_number(seed, 8) == 0)
                s->sleep = (struct note){ .code = "host-suspended", .severity = WARNING };
}

static bool is_true(const struct plug_state *states, size_t n, const struct message *m) {
        for (size_t i = 0; i < n; i++)
                if (strcmp(states[i].port, m->state.port) == 0)
                        return m->topic == TOPIC_PLUG && states[i].verdict == m->state.verdict &&
                               strcmp(states[i].main.code, m->state.main.code) == 0;
        return m->topic == TOPIC_LEFT;
}

static void disturb(struct policy *policy, struct screen *screen, uint32_t *seed, uint64_t now) {
        unsigned plug = 1 + random_number(seed, policy->last_number + 1);

        switch (random_number(seed, 20)) {
        case 0:
                policy_set_visible(policy, random_number(seed, 2) == 0, now);
                break;
        case 1:
                policy_lost(policy, plug);
                screen->shown[plug] = false;
                break;
        case 2:
                if (!screen->tidy)
                        break;
                policy_closed(policy, plug);
                screen->shown[plug] = false;
                break;
        case 3:
                policy_restarted(policy, now);
                break;
        default:
                break;
        }
}

static void let_it_rest(struct policy *policy, uint64_t now) {
        uint64_t due;

        policy_set_visible(policy, true, now);
        for (unsigned rounds = 0; (due = policy_evaluate(policy, now)) != UINT64_MAX; rounds++, now = due) {
                ck_assert(due > now);
                ck_assert_uint_lt(rounds, 100);
        }
}

/* Notifications about sleep and a full battery are not checked further. */
static void check_screen(const struct screen *s, const struct plug_state *states, size_t n, int seed) {
        for (unsigned i = 0; i < SCREEN_MAX; i++)
                if (s->shown[i] && s->last[i].topic != TOPIC_SLEEP && s->last[i].topic != TOPIC_FULL)
                        ck_assert_msg(is_true(states, n, &s->last[i]), "plug %u, seed %d: topic %d, %s %s %s", i, seed,
                                      s->last[i].topic, s->last[i].state.port, s->last[i].state.headset,
                                      s->last[i].state.main.code);
}

/* A fault that exists is shown, unless the user closed it. */
static void check_told(const struct screen *s, const struct plug_state *states, size_t n, int seed) {
        for (size_t k = 0; k < n; k++) {
                bool told = states[k].main.severity < WARNING;

                for (unsigned i = 0; i < SCREEN_MAX; i++)
                        told |= s->shown[i] && strcmp(s->last[i].state.port, states[k].port) == 0;
                ck_assert_msg(told, "%s %s, seed %d", states[k].port, states[k].main.code, seed);
        }
}

/* Random events in random order: the policy becomes stable, the number of notifications is limited, and those that are shown at
 * the end are true. */
START_TEST(test_random_plugs) {
        static struct screen screen;
        struct policy policy = { .settings = { true, true, true, true, true }, .show = on_screen, .userdata = &screen };
        struct plug_state states[4];
        uint32_t seed = (uint32_t) _i;
        uint64_t now = 0;
        size_t n = 0;

        screen = (struct screen){ .tidy = _i % 2 == 0 };
        ck_assert_int_eq(policy_update(&policy, NULL, 0, now), 0);
        for (unsigned step = 0; step < 200; step++) {
                now += random_number(&seed, 3000) * MS;
                n = 0;
                for (unsigned i = 0; i < 4; i++)
                        if (random_number(&seed, 3) > 0)
                                make_random(&states[n++], &seed, i);
                disturb(&policy, &screen, &seed, now);
                ck_assert_int_eq(policy_update(&policy, states, n, now), 0);
                ck_assert(policy_evaluate(&policy, now) > now);
        }
        let_it_rest(&policy, now);
        check_screen(&screen, states, n, _i);
        if (!screen.tidy)
                check_told(&screen, states, n, _i);
        /* Four plugs over 600 s at most: three changes each at once, and then one in five seconds. */
        ck_assert_uint_le(screen.shown_count, 4 * (3 + 600 / 5));
        policy_done(&policy);
}
END_TEST

static struct message message_of(enum verdict verdict, const char *code, enum severity severity, enum confidence confidence) {
        struct message m = { .topic = TOPIC_PLUG,
                             .state = { .headset = "wh_1000xm4_3f2a1c",
                                        .name = XM4,
                                        .port = "usb1_port1",
                                        .attached = true,
                                        .verdict = verdict,
                                        .main = { .severity = severity, .confidence = confidence } } };

        snprintf(m.state.main.code, sizeof m.state.main.code, "%s", code);
        snprintf(m.state.main.cause, sizeof m.state.main.cause, "This & <that>.");
        snprintf(m.state.main.action, sizeof m.state.main.action, "Do it.");
        m.needs_human = severity >= WARNING;
        return m;
}

static const struct {
        enum verdict verdict;
        const char *code;
        enum severity severity;
        enum confidence confidence;
        const char *title, *icon, *category;
        enum urgency urgency;
        bool transient;
} looks[] = {
        { VERDICT_OK, "", INFO, CERTAIN, "WH-1000XM4 plugged in", "audio-headphones", "device.added", URGENCY_NORMAL, true },
        { VERDICT_UNKNOWN, "not-visible", INFO, CERTAIN, "WH-1000XM4 plugged in", "audio-headphones", "device.added",
          URGENCY_NORMAL, true },
        { VERDICT_SLOW, "port-limits-current", NOTICE, LIKELY, "WH-1000XM4 plugged in", "audio-headphones", "device.added",
          URGENCY_NORMAL, true },
        { VERDICT_SLOW, "power-budget-exceeded", WARNING, CERTAIN, "WH-1000XM4: slow at best", "dialog-warning", "device.error",
          URGENCY_NORMAL, false },
        { VERDICT_BLOCKED, "device-autosuspended", WARNING, LIKELY, "WH-1000XM4 may not charge", "dialog-warning", "device.error",
          URGENCY_NORMAL, false },
        { VERDICT_OK, "battery-dies-unplugged", WARNING, LIKELY, "WH-1000XM4: weak battery", "dialog-warning", "device.error",
          URGENCY_NORMAL, false },
        { VERDICT_AT_RISK, "link-unstable", WARNING, LIKELY, "WH-1000XM4: bad connection", "dialog-warning", "device.error",
          URGENCY_NORMAL, false },
        { VERDICT_AT_RISK, "enumeration-retried", NOTICE, CERTAIN, "WH-1000XM4 plugged in", "audio-headphones", "device.added",
          URGENCY_NORMAL, true },
        { VERDICT_BLOCKED, "controller-dead", CRITICAL, CERTAIN, "WH-1000XM4 cannot charge", "dialog-error", "device.error",
          URGENCY_CRITICAL, false },
        { VERDICT_OK, "of-a-later-version", WARNING, LIKELY, "WH-1000XM4: a problem", "dialog-warning", "device.error",
          URGENCY_NORMAL, false },
};

START_TEST(test_words) {
        struct message m = message_of(looks[_i].verdict, looks[_i].code, looks[_i].severity, looks[_i].confidence);
        struct words w;

        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.title, looks[_i].title);
        ck_assert_str_eq(w.icon, looks[_i].icon);
        ck_assert_str_eq(w.category, looks[_i].category);
        ck_assert_int_eq(w.urgency, looks[_i].urgency);
        ck_assert_int_eq(w.transient, looks[_i].transient);
}
END_TEST

/* Desktops truncate longer texts. */
#define TITLE_COLUMNS 27

START_TEST(test_titles_are_short) {
        for (enum topic topic = TOPIC_PLUG; topic <= TOPIC_LEFT; topic++)
                for (enum finding_code code = 0; code < _FINDING_CODE_MAX; code++)
                        for (enum verdict v = 0; v < _VERDICT_MAX; v++)
                                for (unsigned i = 0; i < 8; i++) {
                                        struct message m = message_of(v, finding_code_name(code), i & 1 ? WARNING : NOTICE,
                                                                      i & 2 ? CERTAIN : LIKELY);
                                        struct words w;

                                        m.topic = topic;
                                        if (i & 4 && topic == TOPIC_PLUG)
                                                *m.state.headset = *m.state.name = '\0';
                                        words_compose(&m, (struct abilities){}, &w);
                                        ck_assert_msg(strlen(w.title) <= TITLE_COLUMNS, "%s", w.title);
                                        ck_assert(*m.state.name == '\0' || strstr(w.title, XM4) == w.title);
                                }
}
END_TEST

/* A fault without headset and port is urgent, has no port to mute, and names the computer. */
START_TEST(test_words_of_the_computer) {
        struct message m = message_of(VERDICT_OK, "x-new", CRITICAL, CERTAIN);
        struct words w;

        *m.state.headset = *m.state.name = *m.state.port = '\0';
        snprintf(m.state.fault, sizeof m.state.fault, "x-new of host");
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.title, "Problem with this computer");
        ck_assert_int_eq(w.urgency, URGENCY_CRITICAL);
        ck_assert_str_eq(w.icon, "dialog-error");
        snprintf(m.state.main.code, sizeof m.state.main.code, "host-power-fault");
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.title, "USB ports lack power");
}
END_TEST

START_TEST(test_state_of_the_computer) {
        struct json_object *o = json_tokener_parse("{\"code\":\"host-power-fault\",\"subject\":\"host\",\"segment\":\"host\","
                                                   "\"severity\":\"critical\"}"),
                           *bad = json_tokener_parse("{\"code\":7,\"subject\":{}}");
        struct plug_state s;

        ck_assert(state_of_host(o, &s));
        ck_assert_str_eq(s.fault, "host-power-fault of host");
        ck_assert_int_eq(s.main.severity, CRITICAL);
        ck_assert(s.main.of_host && s.attached && !*s.port && !*s.headset);
        ck_assert(!state_of_host(bad, &s));
        ck_assert(!state_of_host(NULL, &s));
        json_object_put(o);
        json_object_put(bad);
}
END_TEST

START_TEST(test_markup) {
        struct message m = message_of(VERDICT_SLOW, "power-budget-exceeded", WARNING, CERTAIN);
        struct words w;

        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Do it.\nThis & <that>.");
        words_compose(&m, (struct abilities){ .markup = true }, &w);
        ck_assert_str_eq(w.body, "Do it.\nThis &amp; &lt;that&gt;.");

        /* The longest possible text, in which every character is escaped, is not truncated within an escape. */
        memset(m.state.main.cause, '&', POLICY_TEXT_MAX - 1);
        memset(m.state.main.action, '<', POLICY_TEXT_MAX - 1);
        words_compose(&m, (struct abilities){ .markup = true }, &w);
        ck_assert_uint_eq(strlen(w.body), 5 * (POLICY_TEXT_MAX - 1) + 1 + 4 * (POLICY_TEXT_MAX - 1));
}
END_TEST

/* Desktops show about 55 characters of a body, so the one thing to do stands first whatever the topic is. */
START_TEST(test_what_to_do_first) {
        struct message m = message_of(VERDICT_SLOW, "power-budget-exceeded", WARNING, CERTAIN);
        struct words w;

        m.topic = TOPIC_FLAPPING;
        m.joins = 3;
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Unplug it, look for dust in the sockets, and plug it in firmly at both ends.\n"
                                 "It connected 3 times in a row. Mostly that is a loose plug, dirt, or a worn socket or cable.");
        m.topic = TOPIC_SLEEP;
        snprintf(m.state.sleep.action, sizeof m.state.sleep.action, "Keep it awake.");
        snprintf(m.state.sleep.cause, sizeof m.state.sleep.cause, "It slept.");
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Keep it awake.\nIt slept.");
}
END_TEST

/* No two texts of a notification contradict each other. */
START_TEST(test_good_beside_a_fault) {
        struct message m = message_of(VERDICT_OK, "", INFO, CERTAIN);
        struct words w;

        m.host_fault = true;
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Apart from the computer's own fault nothing in the way of charging was seen.");
}
END_TEST

/* The sentences are those of the finding. */
START_TEST(test_own_sentences) {
        struct message m = message_of(VERDICT_BLOCKED, "device-autosuspended", WARNING, LIKELY);
        struct words w;

        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Do it.\nThis & <that>.");
}
END_TEST

/* Only what the headset reports is said about charging. */
START_TEST(test_charging_words) {
        struct message m = message_of(VERDICT_OK, "", INFO, CERTAIN);
        struct words w;

        words_compose(&m, (struct abilities){}, &w);
        ck_assert_str_eq(w.body, "Nothing in the way of charging was seen.");
        m.state.charging = CHARGING_YES;
        m.state.level = 60;
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_ptr_nonnull(strstr(w.body, "reports that it is charging, at 60 %."));
        m.state.charging = CHARGING_FULL;
        words_compose(&m, (struct abilities){}, &w);
        ck_assert_ptr_nonnull(strstr(w.body, "Its battery is full."));
}
END_TEST

#define FINDING(code, severity, more)                     \
        "{\"code\":\"" code "\",\"severity\":\"" severity \
        "\",\"confidence\":\"likely\",\"cause\":\"This.\",\"action\":\"That.\"" more "}"

static const struct {
        const char *json;
        bool seen;
        const char *headset, *name, *port, *main, *sleep;
        bool attached;
        enum verdict verdict;
        enum charging charging;
} headsets[] = {
        { "{}", false, "", "Sony headset", "", "", "", false, VERDICT_UNKNOWN, CHARGING_UNKNOWN },
        { "{\"id\":7,\"model\":[],\"verdict\":{},\"seen_by\":\"usb\",\"path\":{},\"findings\":3,\"charging\":[]}", false, "",
          "Sony headset", "", "", "", false, VERDICT_UNKNOWN, CHARGING_UNKNOWN },
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"splendid\",\"seen_by\":[null,7,\"telepathy\"],\"findings\":[null,7,{}],"
          "\"charging\":{\"state\":\"rather\",\"level\":255}}",
          true, "a", "WH-1", "", "", "", false, VERDICT_UNKNOWN, CHARGING_UNKNOWN },
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"slow\",\"seen_by\":[\"bluetooth\",\"usb\"],\"path\":["
          "{\"kind\":\"port\",\"sysname\":\"usb1-port2\"},{\"kind\":\"port\",\"sysname\":\"1-2-port3\",\"id\":\"usb1_2_port3\"},"
          "{\"kind\":\"device\",\"sysname\":\"1-2.3\"}],\"charging\":{\"state\":\"yes\",\"level\":60},\"findings\":[" FINDING(
                  "host-suspended", "warning", "") "," FINDING("hub-bus-powered", "warning", "") "," FINDING("hub-in-path",
                                                                                                             "warning", "") "]}",
          true, "a", "WH-1", "usb1_2_port3", "hub-bus-powered", "host-suspended", true, VERDICT_SLOW, CHARGING_YES },
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"ok\",\"seen_by\":[\"typec\"],\"path\":["
          "{\"kind\":\"port\",\"sysname\":\"port0\",\"id\":\"typec_port0\"}],\"findings\":[" FINDING("battery-full", "info",
                                                                                                     "") "]}",
          true, "a", "WH-1", "typec_port0", "", "", true, VERDICT_OK, CHARGING_FULL },
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"ok\",\"seen_by\":[\"user\"],\"findings\":[" FINDING(
                  "temperature", "warning",
                  ",\"evidence\":[{\"source\":\"user\"}]") "," FINDING("battery-not-rising", "warning",
                                                                       ",\"evidence\":[{\"source\":\"bluez\"}]") "]}",
          true, "a", "WH-1", "", "battery-not-rising", "", false, VERDICT_OK, CHARGING_UNKNOWN },
        /* Which cable or port is at fault says more than that something failed, unless a person said it. */
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"blocked\",\"findings\":[" FINDING(
                  "enumeration-failed", "critical", "") "," FINDING("cable-suspect", "warning", "") "]}",
          true, "a", "WH-1", "", "cable-suspect", "", false, VERDICT_BLOCKED, CHARGING_UNKNOWN },
        { "{\"id\":\"a\",\"model\":\"WH-1\",\"verdict\":\"blocked\",\"findings\":[" FINDING(
                  "enumeration-failed", "critical", "") "," FINDING("port-suspect", "warning",
                                                                    ",\"evidence\":[{\"source\":\"user\"}]") "]}",
          true, "a", "WH-1", "", "enumeration-failed", "", false, VERDICT_BLOCKED, CHARGING_UNKNOWN },
};

START_TEST(test_state_of_headsets) {
        struct json_object *o = json_tokener_parse(headsets[_i].json);
        struct plug_state s;

        ck_assert_ptr_nonnull(o);
        ck_assert_int_eq(state_of_headset(o, &s), headsets[_i].seen);
        ck_assert_str_eq(s.headset, headsets[_i].headset);
        ck_assert_str_eq(s.name, headsets[_i].name);
        ck_assert_str_eq(s.port, headsets[_i].port);
        ck_assert_str_eq(s.main.code, headsets[_i].main);
        ck_assert_str_eq(s.sleep.code, headsets[_i].sleep);
        ck_assert_int_eq(s.attached, headsets[_i].attached);
        ck_assert_int_eq(s.verdict, headsets[_i].verdict);
        ck_assert_int_eq(s.charging, headsets[_i].charging);
        ck_assert_uint_le(s.level, 100);
        json_object_put(o);
}
END_TEST

/* The title names the headset, and the text does not repeat its name; another device keeps its own. */
static const struct {
        const char *cause, *expected;
} sentences[] = {
        { "{\"template\":\"takes-no-power\",\"headset_words\":\"the-model\",\"headset_name\":\"WH-1\"}",
          "Power is offered to the headset, and it says itself that it does not charge." },
        { "{\"template\":\"port-gives-less\",\"offered_ma\":500,\"needed_ma\":1500,\"headset_words\":\"the-model\","
          "\"headset_name\":\"WH-1\"}",
          "The port is known to give 500 mA; the headset needs 1500 mA for its rated charging time, so it charges more slowly "
          "here." },
        { "{\"template\":\"takes-no-power\",\"headset_words\":\"the-model\",\"headset_name\":\"WH-2\"}", "This." },
        { "{\"template\":\"takes-no-power\",\"headset_words\":\"the-named-device\",\"headset_name\":\"WH-1\"}", "This." },
        { "{\"template\":\"of-tomorrow\",\"headset_words\":\"the-model\",\"headset_name\":\"WH-1\"}", "This." },
        { "{\"template\":7,\"headset_words\":[],\"_words\":\"the-model\",\"headset_name\":{}}", "This." },
        { "[]", "This." },
};

START_TEST(test_name_is_not_repeated) {
        struct json_object *o;
        struct plug_state s;
        char json[1024];

        snprintf(json, sizeof json, "{\"id\":\"a\",\"model\":\"WH-1\",\"findings\":[%s\"params\":{\"cause\":%s}}]}",
                 "{\"code\":\"temperature\",\"severity\":\"warning\",\"cause\":\"This.\",\"action\":\"That.\",",
                 sentences[_i].cause);
        o = json_tokener_parse(json);
        ck_assert_ptr_nonnull(o);
        ck_assert(state_of_headset(o, &s));
        ck_assert_str_eq(s.main.cause, sentences[_i].expected);
        ck_assert_str_eq(s.main.action, "That.");
        json_object_put(o);
}
END_TEST

static const struct {
        const char *json;
        bool seen;
} ports[] = {
        { "{}", false },
        { "{\"port\":\"usb1_port1\",\"state\":\"empty\"}", false },
        { "{\"port\":\"usb1_port1\",\"state\":\"connected\",\"findings\":[" FINDING("hub-in-path", "notice", "") "]}", false },
        { "{\"port\":\"usb1_port1\",\"state\":\"failed\"}", true },
        { "{\"port\":\"usb1_port1\",\"state\":\"off\"}", false },
        { "{\"port\":\"usb1_port1\",\"state\":\"off\",\"findings\":[" FINDING("port-off", "warning", "") "]}", true },
        { "{\"port\":\"typec_port0\",\"state\":\"partner\"}", true },
        { "{\"state\":\"failed\"}", false },
};

START_TEST(test_state_of_ports) {
        struct json_object *o = json_tokener_parse(ports[_i].json);
        struct plug_state s;

        ck_assert_ptr_nonnull(o);
        ck_assert_int_eq(state_of_port(o, &s), ports[_i].seen);
        json_object_put(o);
}
END_TEST

int main(void) {
        Suite *suite = suite_create("client-notify");
        TCase *policy = tcase_create("policy"), *words = tcase_create("words"), *states = tcase_create("states");

        tcase_add_loop_test(policy, test_policy, 0, sizeof cases / sizeof *cases);
        tcase_add_loop_test(policy, test_settings, 0, 5);
        tcase_add_test(policy, test_fault_of_the_host);
        tcase_add_test(policy, test_flood);
        tcase_add_loop_test(policy, test_random_plugs, 0, 200);
        tcase_add_loop_test(words, test_words, 0, sizeof looks / sizeof *looks);
        tcase_add_test(words, test_titles_are_short);
        tcase_add_test(words, test_words_of_the_computer);
        tcase_add_test(words, test_markup);
        tcase_add_test(words, test_own_sentences);
        tcase_add_test(words, test_what_to_do_first);
        tcase_add_test(words, test_good_beside_a_fault);
        tcase_add_test(words, test_charging_words);
        suite_add_tcase(suite, policy);
        tcase_add_loop_test(states, test_state_of_headsets, 0, sizeof headsets / sizeof *headsets);
        tcase_add_loop_test(states, test_name_is_not_repeated, 0, sizeof sentences / sizeof *sentences);
        tcase_add_loop_test(states, test_state_of_ports, 0, sizeof ports / sizeof *ports);
        tcase_add_test(states, test_state_of_the_computer);
        suite_add_tcase(suite, words);
        suite_add_tcase(suite, states);
        return run_suite(suite);
}
