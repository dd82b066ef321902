/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "words/words.h"

#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/language.h"

#define TEMPLATE "template"
#define NAME_MAX_ 48
/* A sentence has words for its places, and those have none themselves. */
#define DEPTH_MAX 2

/* All texts stand in one block, and a row has their places in it. A table of pointers would have to be relocated at every start,
 * and each process would have a copy of it. */
static const struct texts {
        char none[1];
#define ROW(id, what, one, many, count) \
        char id_##id[sizeof #id], what_##id[sizeof what], one_##id[sizeof one], many_##id[sizeof many], count_##id[sizeof count];
#include "words/sentences.def"
} texts = {
        "",
#define ROW(id, what, one, many, count) #id, what, one, many, count,
#include "words/sentences.def"
};
_Static_assert(sizeof texts <= UINT16_MAX, "a row holds 16 bits");

static const struct row {
        uint16_t id;        /* as the enumerator is written */
        uint16_t what;      /* of evidence: what it is about */
        uint16_t one, many; /* `many`: the plural form, or "" */
        uint16_t count;     /* the place whose number decides between them */
} rows[_SENTENCE_MAX] = {
#define AT(member) offsetof(struct texts, member)
#define ROW(id, what, one, many, count) [SAY_##id] = { AT(id_##id), AT(what_##id), AT(one_##id), AT(many_##id), AT(count_##id) },
#include "words/sentences.def"
};

static const char *text_at(uint16_t place) {
        return (const char *) &texts + place;
}

/* A buffer that is filled from its beginning; what does not fit is left out. */
struct out {
        char *text;
        size_t used, size;
        bool own; /* in the language of this program's user; else in English, which is for programs */
};

static const char *in_language(const struct out *out, const char *text) {
        return out->own && *text ? _(text) : text;
}

static void add(struct out *out, const char *text, size_t length) {
        size_t room = out->size - out->used - 1;

        if (length > room)
                for (length = room; length > 0 && ((unsigned char) text[length] & 0xc0) == 0x80;) /* no half characters */
                        length--;
        memcpy(out->text + out->used, text, length);
        out->used += length;
        out->text[out->used] = '\0';
}

/* PORT_OFF is "port-off" for others. */
static char outside(char c) {
        if (c == '_')
                return '-';
        return c >= 'A' && c <= 'Z' ? (char) (c - 'A' + 'a') : c;
}

static const char *name_of(enum sentence id, char buf[static NAME_MAX_]) {
        size_t i = 0;

        for (const char *c = text_at(rows[id].id); *c && i + 1 < NAME_MAX_; c++)
                buf[i++] = outside(*c);
        buf[i] = '\0';
        return buf;
}

static bool is_named(const char *id, const char *name) {
        while (*id && outside(*id) == *name) {
                id++;
                name++;
        }
        return *id == *name;
}

static enum sentence find(const char *name) {
        for (unsigned id = SAY_NOTHING + 1; name && id < _SENTENCE_MAX; id++)
                if (is_named(text_at(rows[id].id), name))
                        return (enum sentence) id;
        return SAY_NOTHING;
}

/* In the words of a place, the values of that place are looked for first. */
static const char *value_of(const struct params *p, const char *prefix, const char *place, bool *ret_number) {
        char name[2 * NAME_MAX_];
        const char *value = NULL;

        if (*prefix) {
                snprintf(name, sizeof name, "%s_%s", prefix, place);
                value = params_find(p, name, ret_number);
        }
        return value ? value : params_find(p, place, ret_number);
}

static bool ends_with(const char *text, const char *end) {
        size_t length = strlen(text), own = strlen(end);

        return length > own && strcmp(text + length - own, end) == 0;
}

static void write_span(uint64_t usec, bool own, char buf[static SPAN_MAX]) {
        uint64_t seconds = (usec + 500000) / 1000000;
        unsigned long hours = (unsigned long) (seconds / 3600), minutes = (unsigned long) (seconds / 60 % 60);

        if (hours > 0)
                snprintf(buf, SPAN_MAX, own ? _("%lu h %lu min") : "%lu h %lu min", hours, minutes);
        else if (minutes > 0)
                snprintf(buf, SPAN_MAX, own ? _("%lu min") : "%lu min", minutes);
        else
                snprintf(buf, SPAN_MAX, own ? _("%lu s") : "%lu s", (unsigned long) seconds);
}

const char *span_words(uint64_t usec, char buf[static SPAN_MAX]) {
        write_span(usec, true, buf);
        return buf;
}

static void add_number(struct out *out, const char *place, const char *value) {
        unsigned long long n = strtoull(value, NULL, 10);
        const char *point = out->own ? language_decimal_point() : ".";
        char text[SPAN_MAX];

        if (ends_with(place, "_usec"))
                write_span(n, out->own, text);
        else if (ends_with(place, "_milli"))
                snprintf(text, sizeof text, "%llu%s%llu", n / 1000, point, n / 100 % 10);
        else if (ends_with(place, "_half_h") && n % 2 != 0)
                snprintf(text, sizeof text, "%llu%s5", n / 2, point);
        else
                snprintf(text, sizeof text, "%llu", ends_with(place, "_half_h") ? n / 2 : n);
        add(out, text, strlen(text));
}

/* The singular or the plural form; a language may have more than these two. */
static const char *form_of(const struct out *out, const struct row *row, const struct params *p, const char *prefix) {
        bool number;
        const char *one = text_at(row->one), *many = text_at(row->many),
                   *n = *many ? value_of(p, prefix, text_at(row->count), &number) : NULL;

        if (n && out->own)
                return ngettext(one, many, strtoul(n, NULL, 10));
        return n && strcmp(n, "1") != 0 ? many : in_language(out, one);
}

static void fill(struct out *out, const char *form, size_t length, const struct params *p, const char *prefix, unsigned depth);

/*
 * In many languages a noun changes with its place in the sentence. The translation of words for a place may therefore give
 * several forms with "|" between them, and a translated sentence names the one that it needs: {device|2} is the second. Without
 * a number it is the first.
 */
static const char *nth_form(const char *forms, unsigned n, size_t *ret_length) {
        const char *form = forms;

        for (; n > 1 && form[strcspn(form, "|")]; n--)
                form += strcspn(form, "|") + 1;
        if (n > 1)
                form = forms;
        *ret_length = strcspn(form, "|");
        return form;
}

/* Names that the daemon gave are in English. */
static void add_text(struct out *out, const char *value) {
        char words[256];

        if (out->own && words_from_english(value, words, sizeof words))
                value = words;
        add(out, value, strlen(value));
}

static void fill_place(struct out *out, const char *place, unsigned n, const struct params *p, const char *prefix,
                       unsigned depth) {
        char words[NAME_MAX_ + 8];
        enum sentence id;
        bool number;
        const char *value = value_of(p, prefix, place, &number);

        if (value && number)
                add_number(out, place, value);
        else if (value)
                add_text(out, value);
        else if (depth < DEPTH_MAX) {
                snprintf(words, sizeof words, "%s_words", place);
                id = find(value_of(p, prefix, words, &number));
                if (id != SAY_NOTHING) {
                        size_t length;
                        const char *form = nth_form(form_of(out, &rows[id], p, place), n, &length);

                        fill(out, form, length, p, place, depth + 1);
                }
        }
}

/* Letters of ASCII and of Latin-1, which is all that the words for places begin with. */
static void make_capital(char *text) {
        unsigned char *c = (unsigned char *) text;

        if (c[0] == 0xc3 && c[1] >= 0xa0 && c[1] <= 0xbe && c[1] != 0xb7)
                c[1] = (unsigned char) (c[1] - 0x20);
        else if (c[0] < 0x80)
                c[0] = (unsigned char) toupper(c[0]);
}

/* {Device} is {device} at the start of a sentence. */
static void fill(struct out *out, const char *form, size_t length, const struct params *p, const char *prefix, unsigned depth) {
        const char *end = form + length;

        while (form < end) {
                size_t plain = strcspn(form, "{"), inside, start;
                char place[NAME_MAX_], *bar;
                bool capital;
                unsigned n = 1;

                if (plain >= (size_t) (end - form)) {
                        add(out, form, (size_t) (end - form));
                        break;
                }
                add(out, form, plain);
                form += plain + 1;
                inside = strcspn(form, "}");
                snprintf(place, sizeof place, "%.*s", (int) inside, form);
                form += form[inside] ? inside + 1 : inside;
                bar = strchr(place, '|');
                if (bar) {
                        *bar = '\0';
                        n = (unsigned) strtoul(bar + 1, NULL, 10);
                }
                capital = isupper((unsigned char) place[0]);
                place[0] = (char) tolower((unsigned char) place[0]);
                start = out->used;
                fill_place(out, place, n, p, prefix, depth);
                if (capital)
                        make_capital(out->text + start);
        }
}

static void fill_form(struct out *out, const char *form, const struct params *p) {
        out->text[0] = '\0';
        fill(out, form, strlen(form), p, "", 0);
}

static enum sentence template_of(const struct params *p) {
        bool number;

        return find(params_find(p, TEMPLATE, &number));
}

bool words_fill(const struct params *params, char *buf, size_t size) {
        const struct row *row = &rows[template_of(params)];
        struct out out = { .text = buf, .size = size, .own = true };

        fill_form(&out, form_of(&out, row, params, ""), params);
        return buf[0] != '\0';
}

bool words_fill_what(const struct params *params, char *buf, size_t size) {
        struct out out = { .text = buf, .size = size, .own = true };

        fill_form(&out, in_language(&out, text_at(rows[template_of(params)].what)), params);
        return buf[0] != '\0';
}

const char *words_text(enum sentence id) {
        const char *text = text_at(rows[id].one);

        return *text ? _(text) : text;
}

/* Returns whether the text is this sentence with its one place filled. */
static bool reads_as(const char *form, const char *text, struct params *params) {
        size_t before = strcspn(form, "{"), after, length = strlen(text), filled;
        const char *rest = form + before;
        char place[NAME_MAX_], value[256];

        if (strncmp(form, text, before) != 0)
                return false;
        if (!*rest)
                return length == before;
        snprintf(place, sizeof place, "%.*s", (int) strcspn(rest + 1, "}"), rest + 1);
        rest += strcspn(rest, "}") + 1;
        after = strlen(rest);
        if (length <= before + after || strcmp(text + length - after, rest) != 0)
                return false;
        filled = length - before - after;
        snprintf(value, sizeof value, "%.*s", (int) filled, text + before);
        params_text(params, place, value);
        return true;
}

/* {location} is one of a few words, {number} a number, {ids} is what a device without a name has; a model may be anything. */
static bool is_plausible(const struct params *params) {
        bool number;
        const char *n = params_find(params, "number", &number), *location = params_find(params, "location", &number);
        const char *ids = params_find(params, "ids", &number);
        char words[64];

        if (n)
                return n[strspn(n, "0123456789")] == '\0';
        if (location)
                return !strstr(location, "port") && words_from_english(location, words, sizeof words);
        return !ids || ids[strspn(ids, "0123456789abcdef:")] == '\0';
}

bool words_from_english(const char *text, char *buf, size_t size) {
        for (unsigned id = SAY_NAME_USB_PORT; id < _SENTENCE_MAX; id++) {
                struct out out = { .text = buf, .size = size, .own = true };
                struct params params = {};

                if (!reads_as(text_at(rows[id].one), text, &params) || !is_plausible(&params))
                        continue;
                fill_form(&out, _(text_at(rows[id].one)), &params);
                return true;
        }
        buf[0] = '\0';
        return false;
}

static void collect(struct params *params, enum sentence id, const struct word *words) {
        char name[NAME_MAX_];

        *params = (struct params){};
        params_text(params, TEMPLATE, name_of(id, name));
        for (; words->place; words++) {
                char place[NAME_MAX_ + 8];

                if (!*words->place)
                        continue;
                snprintf(place, sizeof place, "%s_words", words->place);
                if (words->words != SAY_NOTHING)
                        params_text(params, place, name_of(words->words, name));
                else if (words->text)
                        params_text(params, words->place, words->text);
                else
                        params_number(params, words->place, words->number);
        }
}

void words_say(char *buf, size_t size, struct params *params, enum sentence id, const struct word *words) {
        struct out out = { .text = buf, .size = size };

        collect(params, id, words);
        fill_form(&out, form_of(&out, &rows[id], params, ""), params);
}

void words_give(struct finding *f, enum sentence id, const char *source, uint64_t at, const struct word *words) {
        struct evidence *e;
        struct out out = {};

        if (f->n_evidence == EVIDENCE_MAX)
                return;
        e = &f->evidence[f->n_evidence++];
        e->source = source;
        e->at = at;
        words_say(e->value, sizeof e->value, &e->params, id, words);
        out.text = e->what;
        out.size = sizeof e->what;
        fill_form(&out, text_at(rows[id].what), &e->params);
}
