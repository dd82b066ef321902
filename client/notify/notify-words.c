/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Words: the title says what the problem is, the body why and what to do. The title alone must name the device and the
 * severity.
 */
#include "client/notify/notify-words.h"

#include <stdio.h>
#include <string.h>

#include "common/text.h"
#include "words/words.h"
#include "common/language.h"

/* Room for the sentences of two findings and one more; up to five bytes for a character with markup. */
#define WORDS_PLAIN_MAX (2 * POLICY_TEXT_MAX + 200)
_Static_assert(WORDS_BODY_MAX > 5 * WORDS_PLAIN_MAX, "a body is never cut");

/* A notification as it is being written. */
struct draft {
        struct abilities can;
        struct words *words;
        char body[WORDS_PLAIN_MAX];
};

/* Desktops truncate a title after about 27 characters, which must contain the device and the problem. What needs no action,
 * such as a port that charges slowly, is only in the body. */
static void title_of_headset(const struct plug_state *s, char title[static WORDS_TITLE_MAX]) {
        bool fault = *s->main.code && s->main.severity >= WARNING;
        enum finding_code code = finding_code_from_name(s->main.code);
        const char *known = code == _FINDING_CODE_MAX ? NULL : finding_after_name(code);

        if (fault && known)
                snprintf(title, WORDS_TITLE_MAX, _("%s: %s"), s->name, _(known));
        else if (s->verdict == VERDICT_BLOCKED && s->main.confidence == CERTAIN)
                snprintf(title, WORDS_TITLE_MAX, _("%s cannot charge"), s->name);
        else if (s->verdict == VERDICT_BLOCKED)
                snprintf(title, WORDS_TITLE_MAX, _("%s may not charge"), s->name);
        else if (fault && s->verdict == VERDICT_SLOW)
                snprintf(title, WORDS_TITLE_MAX, _("%s: slow at best"), s->name);
        else if (fault)
                snprintf(title, WORDS_TITLE_MAX, _("%s: a problem"), s->name);
        else
                snprintf(title, WORDS_TITLE_MAX, _("%s plugged in"), s->name);
}

static void title_of_unknown(const struct plug_state *s, char title[static WORDS_TITLE_MAX]) {
        enum finding_code code = finding_code_from_name(s->main.code);
        const char *words = code == _FINDING_CODE_MAX ? NULL : _(finding_title(code));

        if (!words)
                words = *s->fault ? _("Problem with this computer") : _("Problem with a USB device");
        snprintf(title, WORDS_TITLE_MAX, "%s", words);
}

/* Appends a sentence as a separate paragraph. */
static void add(struct draft *d, const char *sentence) {
        size_t used = strlen(d->body);

        if (*sentence && used + 1 < sizeof d->body)
                snprintf(d->body + used, sizeof d->body - used, "%s%s", used > 0 ? "\n" : "", sentence);
}

/* Adds only what is known about the battery. */
static void add_charging(struct draft *d, const struct plug_state *s) {
        char line[240];

        if (s->charging == CHARGING_FULL)
                add(d, _("Its battery is full."));
        else if (s->charging == CHARGING_YES && s->level > 0 && s->level <= 100) {
                snprintf(line, sizeof line, _("It reports that it is charging, at %u %%."), s->level);
                add(d, line);
        } else if (s->charging == CHARGING_YES)
                add(d, _("It reports that it is charging."));
}

/* Adds how often it connected before it became stable. */
static void add_joins(struct draft *d, const struct message *m) {
        char line[240];

        if (m->joins < POLICY_FLAPPING_JOINS)
                return;
        snprintf(line, sizeof line,
                 ngettext("Before that it connected %u time in a row.", "Before that it connected %u times in a row.", m->joins),
                 m->joins);
        add(d, line);
}

/* A device without a name is at a port, which has a name for people. */
static void add_cause(struct draft *d, const struct plug_state *s) {
        char line[POLICY_TEXT_MAX + POLICY_ID_MAX + 8];

        snprintf(line, sizeof line, _("%s: %s"), s->port_name, s->main.cause);
        add(d, *s->headset || !*s->port_name || !*s->main.cause || strstr(s->main.cause, s->port_name) ? s->main.cause : line);
}

static void add_path(struct draft *d, const struct message *m) {
        const struct plug_state *s = &m->state;
        bool finding = *s->main.code && s->main.severity > INFO;

        if (finding) {
                /* What to do comes first: desktops show little more than fifty characters. */
                add(d, s->main.action);
                add_cause(d, s);
        } else if (s->verdict == VERDICT_OK && m->host_fault)
                add(d, words_text(SAY_NOTHING_FOUND_BESIDE_HOST));
        else if (s->verdict == VERDICT_OK)
                add(d, words_text(m->was_bad ? SAY_NOTHING_FOUND_ANY_MORE : SAY_NOTHING_FOUND));
        else
                add(d, _("Too little can be seen to say whether this port is good for it."));
        add_charging(d, s);
}

static void compose_plug(const struct message *m, struct draft *d) {
        const struct plug_state *s = &m->state;
        bool critical = m->needs_human && s->main.severity >= CRITICAL;

        if (*s->headset)
                title_of_headset(s, d->words->title);
        else
                title_of_unknown(s, d->words->title);
        add_path(d, m);
        add_joins(d, m);
        d->words->urgency = critical ? URGENCY_CRITICAL : URGENCY_NORMAL;
        d->words->icon = critical ? "dialog-error" : m->needs_human ? "dialog-warning" : "audio-headphones";
        d->words->category = m->needs_human ? "device.error" : "device.added";
        d->words->transient = !m->needs_human;
        d->words->details = *s->main.code && s->main.severity > INFO;
        d->words->ask_doctor = m->needs_human && !*s->fault && (!*s->headset || s->main.confidence != CERTAIN);
}

static void compose_full(const struct message *m, struct draft *d) {
        snprintf(d->words->title, sizeof d->words->title, _("%s: %s"), m->state.name, _(finding_after_name(BATTERY_FULL)));
        add(d, m->state.attached ? _("It can be unplugged.") : "");
        d->words->urgency = URGENCY_NORMAL;
        d->words->icon = "battery-full-charged";
        d->words->category = "device";
}

/* The finding's own sentence says how certain it is that charging stopped. */
static void compose_sleep(const struct message *m, struct draft *d) {
        const struct note *n = &m->state.sleep;

        snprintf(d->words->title, sizeof d->words->title, _("%s: %s"), m->state.name, _(finding_after_name(HOST_SUSPENDED)));
        add(d, n->action);
        add(d, n->cause);
        d->words->urgency = URGENCY_NORMAL;
        d->words->icon = "dialog-warning";
        d->words->category = "device.error";
        d->words->details = true;
}

static void compose_flapping(const struct message *m, struct draft *d) {
        char line[400];

        snprintf(d->words->title, sizeof d->words->title, _("%s comes and goes"),
                 *m->state.name ? m->state.name : _("A USB device"));
        add(d, _("Unplug it, look for dust in the sockets, and plug it in firmly at both ends."));
        snprintf(line, sizeof line,
                 ngettext("It connected %u time in a row. Mostly that is a loose plug, dirt, or a worn socket or cable.",
                          "It connected %u times in a row. Mostly that is a loose plug, dirt, or a worn socket or cable.",
                          m->joins),
                 m->joins);
        add(d, line);
        d->words->urgency = URGENCY_NORMAL;
        d->words->icon = "dialog-warning";
        d->words->category = "device.error";
        d->words->details = true;
}

static void compose_left(const struct message *m, struct draft *d) {
        char line[POLICY_TEXT_MAX + 80];

        snprintf(d->words->title, sizeof d->words->title, _("%s unplugged"), m->state.name);
        snprintf(line, sizeof line, _("What was seen: %s"), m->state.main.cause);
        add(d, *m->state.main.code ? line : _("Its connection broke again and again."));
        d->words->urgency = URGENCY_LOW;
        d->words->icon = "audio-headphones";
        d->words->category = "device.removed";
        d->words->transient = true;
}

static void escape(const struct draft *d) {
        struct words *w = d->words;
        size_t used = 0;

        for (const char *p = d->body; *p; p++) {
                const char *put = !d->can.markup ? NULL : *p == '&' ? "&amp;" : *p == '<' ? "&lt;" : *p == '>' ? "&gt;" : NULL;

                used += (size_t) snprintf(w->body + used, sizeof w->body - used, "%.*s", put ? 5 : 1, put ? put : p);
        }
}

void words_compose(const struct message *m, struct abilities can, struct words *ret) {
        static void (*const compose[])(const struct message *, struct draft *) = {
                [TOPIC_PLUG] = compose_plug,         [TOPIC_FULL] = compose_full, [TOPIC_SLEEP] = compose_sleep,
                [TOPIC_FLAPPING] = compose_flapping, [TOPIC_LEFT] = compose_left,
        };
        struct draft d = { .can = can, .words = ret };

        *ret = (struct words){};
        compose[m->topic](m, &d);
        escape(&d);
}
