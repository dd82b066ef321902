/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words: the title says what is the matter, the body why and what to do. What was plugged in and how bad it is, the title
 * alone has to tell.
 */
#include "notify-words.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

/* Two findings' sentences and one more; five bytes for each with markup. */
#define WORDS_PLAIN_MAX (2 * STORY_TEXT_MAX + 200)
_Static_assert(WORDS_BODY_MAX > 5 * WORDS_PLAIN_MAX, "a body is never cut");

/* What is told in other words than in the terminal, where there is room for names of files and options. NULL: the finding's
 * own sentence. */
static const struct plain {
        const char *code;
        const char *unknown; /* title when nobody knows what is plugged in */
        const char *cause, *action;
} plain[] = {
        { "controller-dead", "This computer's USB stopped working", "The computer's USB controller stopped working.", NULL },
        { "host-power-fault", "This computer's USB ports lack power", NULL, NULL },
        { "port-over-current", "A USB port protects itself from too much current", NULL, NULL },
        { "port-off", "A USB port is switched off", "The port is switched off in software and gives no power.",
          "Use another port; the details say how to switch it on." },
        { "port-suspect", "A USB port may be broken", NULL, NULL },
        { "cable-suspect", "A USB cable may be broken", NULL, NULL },
        { "link-unstable", "A USB device has a bad connection", NULL, NULL },
        { "enumeration-failed", "A USB device was not recognised", "The computer cannot find out what was plugged in.",
          "Unplug it and plug it in firmly. If it fails again, try another port, then another cable." },
        { "hub-bus-powered", NULL, "The hub in between has no power supply of its own, so it can pass on only little.", NULL },
        { "hub-in-path", NULL, NULL, "Plug it directly into the computer; Sony asks for a connection without a hub." },
        { "device-autosuspended", NULL, NULL, "Turn USB power saving off for it; the details say how." },
        {},
};

static const struct plain *plain_of(const struct note *n) {
        const struct plain *p = plain;

        while (p->code && strcmp(p->code, n->code) != 0)
                p++;
        return p;
}

static const char *cause_of(const struct note *n) {
        const char *cause = plain_of(n)->cause;

        return cause ? cause : n->cause;
}

static const char *action_of(const struct note *n) {
        const char *action = plain_of(n)->action;

        return action ? action : n->action;
}

/* "probably " when the finding is less than certain. */
static const char *hedge(const struct note *n, const char *likely, const char *possible) {
        return n->confidence == CERTAIN ? "" : n->confidence == LIKELY ? likely : possible;
}

static void title_of_headset(const struct sight *s, char title[static WORDS_TITLE_MAX]) {
        const struct note *n = &s->main;

        switch (s->verdict) {
        case VERDICT_BLOCKED:
                snprintf(title, WORDS_TITLE_MAX, "%s %scannot charge here", s->name, hedge(n, "probably ", "perhaps "));
                break;
        case VERDICT_SLOW:
                snprintf(title, WORDS_TITLE_MAX, "%s: only slow charging is possible here", s->name);
                break;
        case VERDICT_AT_RISK:
                snprintf(title, WORDS_TITLE_MAX, "%s: the connection is not reliable", s->name);
                break;
        default:
                snprintf(title, WORDS_TITLE_MAX, *n->code && n->severity >= WARNING ? "%s has a problem here" : "%s plugged in",
                         s->name);
        }
}

static void title_of_unknown(const struct sight *s, char title[static WORDS_TITLE_MAX]) {
        const char *words = plain_of(&s->main)->unknown;

        snprintf(title, WORDS_TITLE_MAX, "%s", words ? words : "A USB device has a problem");
}

/* Appends a sentence as a paragraph of its own. */
static void add(char *body, size_t size, const char *sentence) {
        size_t used = strlen(body);

        if (*sentence && used + 1 < size)
                snprintf(body + used, size - used, "%s%s", used > 0 ? "\n" : "", sentence);
}

/* Only what the battery's side says. */
static void add_charging(char *body, size_t size, const struct sight *s) {
        char line[80];

        if (s->charging == CHARGING_FULL)
                add(body, size, "Its battery is full.");
        else if (s->charging == CHARGING_YES && s->level > 0 && s->level <= 100) {
                snprintf(line, sizeof line, "It reports that it is charging, at %u %%.", s->level);
                add(body, size, line);
        } else if (s->charging == CHARGING_YES)
                add(body, size, "It reports that it is charging.");
}

/* What came and went before it came to rest. */
static void add_joins(char *body, size_t size, const struct message *m) {
        char line[80];

        if (m->joins < STORY_FLAPPING_JOINS)
                return;
        snprintf(line, sizeof line, "Before that it connected %u times in a row.", m->joins);
        add(body, size, line);
}

static void add_path(char *body, size_t size, const struct message *m) {
        const struct sight *s = &m->sight;
        bool finding = *s->main.code && s->main.severity > INFO;

        if (finding) {
                add(body, size, cause_of(&s->main));
                add(body, size, action_of(&s->main));
        } else if (s->verdict == VERDICT_OK)
                add(body, size,
                    m->was_bad ? "The problem is gone: nothing in the way of charging is seen now."
                               : "Nothing in the way of charging was seen.");
        else
                add(body, size, "Too little can be seen to say whether this port is good for it.");
        add_charging(body, size, s);
}

static void compose_plug(const struct message *m, struct words *w, char *body, size_t size) {
        const struct sight *s = &m->sight;
        bool critical = m->needs_human && s->main.severity >= CRITICAL;

        if (*s->headset)
                title_of_headset(s, w->title);
        else
                title_of_unknown(s, w->title);
        add_path(body, size, m);
        add_joins(body, size, m);
        w->urgency = critical ? URGENCY_CRITICAL : m->needs_human ? URGENCY_NORMAL : URGENCY_LOW;
        w->icon = critical ? "dialog-error" : m->needs_human ? "dialog-warning" : "audio-headphones";
        w->category = m->needs_human ? "device.error" : "device.added";
        w->transient = !m->needs_human;
        w->details = *s->main.code && s->main.severity > INFO;
}

static void compose_full(const struct message *m, struct words *w, char *body, size_t size) {
        snprintf(w->title, sizeof w->title, "%s is fully charged", m->sight.name);
        add(body, size, m->sight.attached ? "It can be unplugged." : "");
        w->urgency = URGENCY_LOW;
        w->icon = "battery-full-charged";
        w->category = "device";
}

static void compose_sleep(const struct message *m, struct words *w, char *body, size_t size) {
        const struct note *n = &m->sight.sleep;

        snprintf(w->title, sizeof w->title, "Charging %sstopped while the computer slept", hedge(n, "probably ", "may have "));
        add(body, size, n->cause);
        add(body, size, n->action);
        w->urgency = URGENCY_NORMAL;
        w->icon = "dialog-warning";
        w->category = "device.error";
        w->details = true;
}

static void compose_flapping(const struct message *m, struct words *w, char *body, size_t size) {
        char line[120];

        snprintf(w->title, sizeof w->title, "%s keeps losing the connection", *m->sight.name ? m->sight.name : "A USB device");
        snprintf(line, sizeof line, "It connected %u times in a row: a loose plug, dirt, or a worn socket or cable.", m->joins);
        add(body, size, line);
        add(body, size, "Unplug it, look for dust in the sockets, and plug it in firmly at both ends.");
        w->urgency = URGENCY_NORMAL;
        w->icon = "dialog-warning";
        w->category = "device.error";
        w->details = true;
}

static void compose_left(const struct message *m, struct words *w, char *body, size_t size) {
        char line[STORY_TEXT_MAX + 40];

        snprintf(w->title, sizeof w->title, "%s unplugged", m->sight.name);
        snprintf(line, sizeof line, "What was seen: %s", cause_of(&m->sight.main));
        add(body, size, *m->sight.main.code ? line : "Its connection broke again and again.");
        w->urgency = URGENCY_LOW;
        w->icon = "audio-headphones";
        w->category = "device.removed";
        w->transient = true;
}

static void escape(struct words *w, const char *body, bool markup) {
        size_t used = 0;

        w->body[0] = '\0';
        for (const char *p = body; *p; p++) {
                char one[2] = { *p, '\0' };
                const char *put = !markup ? one : *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : one;

                if (used + strlen(put) >= sizeof w->body)
                        return;
                used += (size_t) snprintf(w->body + used, sizeof w->body - used, "%s", put);
        }
}

void words_compose(const struct message *m, bool markup, struct words *ret) {
        static void (*const compose[])(const struct message *, struct words *, char *, size_t) = {
                [TOPIC_PLUG] = compose_plug,         [TOPIC_FULL] = compose_full, [TOPIC_SLEEP] = compose_sleep,
                [TOPIC_FLAPPING] = compose_flapping, [TOPIC_LEFT] = compose_left,
        };
        char body[WORDS_PLAIN_MAX] = "";

        *ret = (struct words){};
        compose[m->topic](m, ret, body, sizeof body);
        escape(ret, body, markup);
}
