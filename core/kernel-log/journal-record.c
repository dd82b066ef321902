/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/journal-record.h"

#include <errno.h>
#include <json.h>
#include <stdlib.h>
#include <string.h>

/* A field that occurs more than once is a list. The first value is used. */
static struct json_object *json_field(struct json_object *o, const char *name) {
        struct json_object *value = NULL;

        if (!json_object_object_get_ex(o, name, &value))
                return NULL;
        if (json_object_is_type(value, json_type_array) && json_object_array_length(value) > 0 &&
            !json_object_is_type(json_object_array_get_idx(value, 0), json_type_int))
                return json_object_array_get_idx(value, 0);
        return value;
}

static bool read_number(const char *text, int base, uint64_t *ret) {
        char *end;

        if (*text == '\0' || *text == '-' || *text == ' ')
                return false;
        errno = 0;
        *ret = strtoull(text, &end, base);
        return errno == 0 && *end == '\0';
}

/* Copies the text and truncates it if necessary. */
static void put_text(char *to, size_t size, const char *text, size_t len) {
        size_t n = len < size - 1 ? len : size - 1;

        memcpy(to, text, n);
        to[n] = '\0';
}

static void put_message(struct journal_record *r, const char *text, size_t len) {
        r->message_len = len < sizeof r->message ? len : sizeof r->message;
        memcpy(r->message, text, r->message_len);
        r->has_message = true;
}

static void put_uptime(struct journal_record *r, uint64_t usec) {
        r->uptime = (struct stamp){ .kind = STAMP_UPTIME, .usec = usec > 0 ? usec : 1 };
}

static void put_real(struct journal_record *r, uint64_t usec) {
        r->real = (struct stamp){ .kind = STAMP_DATE, .usec = usec, .zoned = true };
}

/* Stores the relevant fields. Timestamps of the source are preferred to those of the journal, in any order. */
static void put_field(struct journal_record *r, const char *name, const char *value, size_t len) {
        char number[24];
        uint64_t usec;

        if (strcmp(name, "MESSAGE") == 0) {
                if (!r->has_message)
                        put_message(r, value, len);
                return;
        }
        if (strcmp(name, "_TRANSPORT") == 0)
                put_text(r->transport, sizeof r->transport, value, len);
        else if (strcmp(name, "SYSLOG_IDENTIFIER") == 0)
                put_text(r->identifier, sizeof r->identifier, value, len);
        else if (strcmp(name, "_BOOT_ID") == 0)
                put_text(r->boot_id, sizeof r->boot_id, value, len);
        else {
                put_text(number, sizeof number, value, len);
                if (!read_number(number, 10, &usec))
                        return;
                if (strcmp(name, "_SOURCE_REALTIME_TIMESTAMP") == 0 ||
                    (strcmp(name, "__REALTIME_TIMESTAMP") == 0 && r->real.kind == STAMP_NONE))
                        put_real(r, usec);
                else if (strcmp(name, "_SOURCE_MONOTONIC_TIMESTAMP") == 0)
                        put_uptime(r, usec);
        }
}

static void conclude(struct journal_record *r) {
        if (r->transport[0] != '\0' && strcmp(r->transport, "kernel") != 0)
                r->from_kernel = false;
        else if (r->identifier[0] != '\0') /* what a program writes to /dev/kmsg has its own identifier */
                r->from_kernel = strcmp(r->identifier, "kernel") == 0;
        else
                r->from_kernel = r->transport[0] != '\0';
}

/* Text that is not valid UTF-8 is a list of bytes. */
static void put_json_field(struct journal_record *r, const char *name, struct json_object *value) {
        char bytes[sizeof r->message];
        size_t n = 0;

        if (json_object_is_type(value, json_type_string)) {
                put_field(r, name, json_object_get_string(value), (size_t) json_object_get_string_len(value));
                return;
        }
        if (json_object_is_type(value, json_type_array))
                for (; n < json_object_array_length(value) && n < sizeof bytes; n++)
                        bytes[n] = (char) json_object_get_int(json_object_array_get_idx(value, n));
        put_field(r, name, bytes, n);
}

/* The keys under which collectors store a line: Docker, LAVA, Loki and others. */
static struct json_object *collected_line(struct json_object *o) {
        static const char *const names[] = { "log", "msg", "message", "line" };

        for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
                struct json_object *value = json_field(o, names[i]);

                if (json_object_is_type(value, json_type_string))
                        return value;
        }
        return NULL;
}

static enum journal_answer read_object(struct json_object *o, struct journal_record *ret) {
        struct json_object *line;

        *ret = (struct journal_record){};
        if (!json_object_is_type(o, json_type_object))
                return JOURNAL_NOT_MINE;
        if (json_object_object_get_ex(o, "MESSAGE", NULL)) {
                static const char *const names[] = { "MESSAGE",
                                                     "_TRANSPORT",
                                                     "SYSLOG_IDENTIFIER",
                                                     "_BOOT_ID",
                                                     "__REALTIME_TIMESTAMP",
                                                     "_SOURCE_REALTIME_TIMESTAMP",
                                                     "_SOURCE_MONOTONIC_TIMESTAMP" };

                for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
                        if (json_object_object_get_ex(o, names[i], NULL))
                                put_json_field(ret, names[i], json_field(o, names[i]));
                conclude(ret);
                return JOURNAL_RECORD;
        }
        line = collected_line(o);
        if (!line)
                return JOURNAL_NOT_MINE;
        put_message(ret, json_object_get_string(line), (size_t) json_object_get_string_len(line));
        while (ret->message_len > 0 && ret->message[ret->message_len - 1] == '\n')
                ret->message_len--;
        return JOURNAL_LINE;
}

static enum journal_answer read_json(const char *text, size_t len, struct journal_record *ret) {
        struct json_tokener *tokener = len <= INT32_MAX ? json_tokener_new_ex(8) : NULL;
        struct json_object *o = tokener ? json_tokener_parse_ex(tokener, text, (int) len) : NULL;
        enum journal_answer answer = o ? read_object(o, ret) : JOURNAL_NOT_MINE;

        json_object_put(o);
        json_tokener_free(tokener);
        return answer;
}

static bool starts_with(const char *s, const char *end, const char *word) {
        size_t n = strlen(word);

        return (size_t) (end - s) >= n && memcmp(s, word, n) == 0;
}

/* Finds the beginning of the JSON object: after "data: " of json-sse, the mark of json-seq, "- " of YAML, or "," of a list. */
static const char *find_object(const char *s, const char *end) {
        static const char *const before[] = { "data: ", "\x1e", "- ", ",", "[" };

        for (int i = 0; i < 3; i++) {
                while (s < end && *s == ' ')
                        s++;
                if (s < end && *s == '{')
                        return s;
                for (size_t k = 0; k < sizeof before / sizeof before[0]; k++)
                        if (starts_with(s, end, before[k])) {
                                s += strlen(before[k]);
                                break;
                        }
        }
        return NULL;
}

static enum journal_answer finish(struct journal_reader *r, struct journal_record *ret) {
        bool complete = r->form != JOURNAL_NO_FORM && r->record.has_message;

        if (complete) {
                *ret = r->record;
                conclude(ret);
        }
        r->record = (struct journal_record){};
        r->form = JOURNAL_NO_FORM;
        r->value_follows = false;
        return complete ? JOURNAL_RECORD : JOURNAL_NOT_MINE;
}

static bool append(struct journal_reader *r, const char *line, size_t len) {
        if (!r->text)
                r->text = malloc(JOURNAL_RECORD_MAX);
        if (!r->text || r->len + len + 1 > JOURNAL_RECORD_MAX)
                return false;
        memcpy(r->text + r->len, line, len);
        r->len += len;
        r->text[r->len++] = '\n';
        return true;
}

static enum journal_answer read_pretty(struct journal_reader *r, const char *line, const char *s, const char *end,
                                       struct journal_record *ret) {
        bool closes = s < end && *s == '}';
        enum journal_answer answer;

        if (!append(r, line, (size_t) ((closes ? s + 1 : end) - line))) {
                r->form = JOURNAL_NO_FORM;
                return JOURNAL_TAKEN;
        }
        if (!closes)
                return JOURNAL_TAKEN;
        r->form = JOURNAL_NO_FORM;
        answer = read_json(r->text, r->len, ret);
        return answer == JOURNAL_NOT_MINE ? JOURNAL_TAKEN : answer;
}

/* Parses "_HOSTNAME=host". Returns false when it is not a field. */
static bool take_field(struct journal_reader *r, const char *s, const char *end) {
        const char *equals = memchr(s, '=', end - s > 64 ? 64 : (size_t) (end - s));
        char name[64];

        if (!equals || equals == s)
                return false;
        for (const char *c = s; c < equals; c++)
                if (*c != '_' && (*c < 'A' || *c > 'Z') && (*c < '0' || *c > '9'))
                        return false;
        put_text(name, sizeof name, s, (size_t) (equals - s));
        put_field(&r->record, name, equals + 1, (size_t) (end - equals - 1));
        return true;
}

/* "Sun 2026-03-01 06:59:50.250000 CET [s=...;i=3e8;b=...;m=189025a0;t=...;x=...]": the cursor contains boot and uptime. */
static bool begin_verbose(struct journal_reader *r, const char *s, const char *end) {
        const char *cursor = memmem(s, (size_t) (end - s), " [s=", 4), *field, *stop;
        char number[24];
        uint64_t usec;

        if (!cursor || end[-1] != ']' || !stamp_read_line(s, end, &r->record.real))
                return false;
        r->form = JOURNAL_VERBOSE;
        field = memmem(cursor, (size_t) (end - cursor), ";b=", 3);
        stop = field ? memchr(field + 1, ';', (size_t) (end - field - 1)) : NULL;
        if (stop)
                put_text(r->record.boot_id, sizeof r->record.boot_id, field + 3, (size_t) (stop - field - 3));
        field = memmem(cursor, (size_t) (end - cursor), ";m=", 3);
        stop = field ? memchr(field + 1, ';', (size_t) (end - field - 1)) : NULL;
        if (stop) {
                put_text(number, sizeof number, field + 3, (size_t) (stop - field - 3));
                if (read_number(number, 16, &usec))
                        put_uptime(&r->record, usec);
        }
        return true;
}

static bool begins_export(const char *s, const char *end) {
        return starts_with(s, end, "__CURSOR=") || starts_with(s, end, "__REALTIME_TIMESTAMP=");
}

/* A value with control characters is on a line of its own, after its length in eight bytes. */
static void take_value(struct journal_reader *r, const char *line, const char *end) {
        r->value_follows = false;
        if (end - line > 8)
                put_field(&r->record, "MESSAGE", line + 8, (size_t) (end - line - 8));
}

static enum journal_answer read_export(struct journal_reader *r, const char *line, const char *end, struct journal_record *ret) {
        enum journal_answer answer = JOURNAL_TAKEN;

        if (r->value_follows) {
                take_value(r, line, end);
                return JOURNAL_TAKEN;
        }
        if (line == end) {
                answer = finish(r, ret);
                return answer == JOURNAL_RECORD ? answer : JOURNAL_TAKEN;
        }
        if (starts_with(line, end, "__CURSOR=") && r->record.has_message) {
                answer = finish(r, ret);
                r->form = JOURNAL_EXPORT;
        }
        if (end - line == 7 && memcmp(line, "MESSAGE", 7) == 0)
                r->value_follows = true;
        else if (!take_field(r, line, end) && answer != JOURNAL_RECORD)
                answer = finish(r, ret);
        return answer;
}

static enum journal_answer read_verbose(struct journal_reader *r, const char *line, const char *s, const char *end,
                                        struct journal_record *ret) {
        enum journal_answer answer;

        if (take_field(r, s, end))
                return JOURNAL_TAKEN;
        /* Continuation lines of a long value are indented. */
        if (s < end && (*line == ' ' || *line == '\t'))
                return JOURNAL_TAKEN;
        answer = finish(r, ret);
        if (s < end && begin_verbose(r, s, end) && answer != JOURNAL_RECORD)
                return JOURNAL_TAKEN;
        return answer;
}

enum journal_answer journal_read(struct journal_reader *r, const char *line, size_t len, struct journal_record *ret) {
        const char *end = line + len, *s, *object;

        while (end > line && end[-1] == '\r')
                end--;
        for (s = line; s < end && (*s == ' ' || *s == '\t'); s++)
                ;
        switch (r->form) {
        case JOURNAL_PRETTY:
                return read_pretty(r, line, s, end, ret);
        case JOURNAL_EXPORT:
                return read_export(r, line, end, ret);
        case JOURNAL_VERBOSE:
                return read_verbose(r, line, s, end, ret);
        default:
                break;
        }
        if (s == end)
                return JOURNAL_NOT_MINE;
        if (*s == '{' && end - s == 1) {
                r->form = JOURNAL_PRETTY;
                r->len = 0;
                (void) append(r, line, (size_t) (end - line));
                return JOURNAL_TAKEN;
        }
        object = end[-1] == '}' || end[-1] == ',' || end[-1] == ']' ? find_object(s, end) : NULL;
        if (object)
                return read_json(object, (size_t) (end - object), ret);
        if (begins_export(line, end)) {
                r->form = JOURNAL_EXPORT;
                (void) take_field(r, line, end);
                return JOURNAL_TAKEN;
        }
        if (end[-1] == ']' && begin_verbose(r, s, end))
                return JOURNAL_TAKEN;
        return JOURNAL_NOT_MINE;
}

enum journal_answer journal_read_end(struct journal_reader *r, struct journal_record *ret) {
        return r->form == JOURNAL_VERBOSE || r->form == JOURNAL_EXPORT ? finish(r, ret) : JOURNAL_NOT_MINE;
}

void journal_reader_done(struct journal_reader *r) {
        free(r->text);
        *r = (struct journal_reader){};
}
