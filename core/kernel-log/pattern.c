/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/pattern.h"

#include <string.h>

#include "common/text.h"

/* Reads digits at *p. Digits at the end of a truncated text may be incomplete, so they are rejected. A number that is too large
 * is rejected, too. */
static bool read_decimal(const char **p, const char *end, bool cut, uint32_t *ret) {
        const char *s = *p;
        uint64_t n = 0;

        for (; s < end && is_digit(*s) && s - *p < 10; s++)
                n = n * 10 + (uint64_t) (*s - '0');
        if (s == *p || (s < end && is_digit(*s)) || (s == end && cut) || n > UINT32_MAX)
                return false;
        *p = s;
        *ret = (uint32_t) n;
        return true;
}

static bool read_hex4(const char **p, const char *end, uint32_t *ret) {
        uint32_t n = 0;

        if (end - *p < 4)
                return false;
        for (int i = 0; i < 4; i++) {
                int v = hex_digit((*p)[i]);

                if (v < 0)
                        return false;
                n = n << 4 | (uint32_t) v;
        }
        *p += 4;
        *ret = n;
        return true;
}

static bool read_error(const char **p, const char *end, bool cut, uint32_t *ret) {
        const char *s = *p;

        if (s < end && *s == '-')
                s++;
        if (!read_decimal(&s, end, cut, ret))
                return false;
        *p = s;
        return true;
}

static bool read_port(const char **p, const char *end, bool cut, uint8_t *ret) {
        uint32_t n;

        if (!read_decimal(p, end, cut, &n) || n == 0 || n > UINT8_MAX)
                return false;
        *ret = (uint8_t) n;
        return true;
}

/* The words of usb_speed_string() and hub_port_init(). "full speed" is the wording up to 3.x. */
static const struct {
        const char *text;
        enum usb_speed speed;
} speeds[] = {
        { "full-speed", SPEED_FULL },
        { "high-speed", SPEED_HIGH },
        { "low-speed", SPEED_LOW },
        { "full speed", SPEED_FULL },
        { "high speed", SPEED_HIGH },
        { "low speed", SPEED_LOW },
        { "SuperSpeed Plus", SPEED_SUPER_PLUS },
        { "SuperSpeedPlus", SPEED_SUPER_PLUS },
        { "SuperSpeed+", SPEED_SUPER_PLUS },
        { "super-speed-plus", SPEED_SUPER_PLUS },
        { "SuperSpeed", SPEED_SUPER },
        { "super-speed", SPEED_SUPER },
        { "super speed", SPEED_SUPER },
        { "variable speed Wireless", SPEED_UNKNOWN },
};

static bool skip(const char **p, const char *end, const char *word) {
        size_t n = strlen(word);

        if ((size_t) (end - *p) < n || memcmp(*p, word, n) != 0)
                return false;
        *p += n;
        return true;
}

/* " Gen 2" or " Gen 1x2" after SuperSpeed. */
static void skip_generation(const char **p, const char *end) {
        const char *s = *p;

        if (!skip(&s, end, " Gen "))
                return;
        while (s < end && (is_digit(*s) || *s == 'x'))
                s++;
        *p = s;
}

static bool read_speed(const char **p, const char *end, enum usb_speed *ret) {
        /* Most speeds are one of these two, which differ in the first letter. */
        if (end - *p >= 10 && (**p == 'f' || **p == 'h') && memcmp(*p + 4, "-speed", 6) == 0) {
                *ret = **p == 'f' ? SPEED_FULL : SPEED_HIGH;
                *p += 10;
                return true;
        }
        for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++)
                if (skip(p, end, speeds[i].text)) {
                        *ret = speeds[i].speed;
                        skip_generation(p, end);
                        return true;
                }
        return false;
}

static bool skip_until(const char **p, const char *end, char stop) {
        const char *s = memchr(*p, stop, (size_t) (end - *p));

        if (!s)
                return false;
        *p = s;
        return true;
}

static bool read_field(const char *f, const char **s, const char *end, bool cut, unsigned *n, struct pattern_match *ret) {
        uint32_t ignored = 0, *number = *n < PATTERN_NUMBERS_MAX ? &ret->number[*n] : &ignored;

        switch (*f) {
        case 'd':
                (*n)++;
                return read_decimal(s, end, cut, number);
        case 'e':
                (*n)++;
                return read_error(s, end, cut, number);
        case 'x':
                (*n)++;
                return read_hex4(s, end, number);
        case 'p':
                return read_port(s, end, cut, &ret->port);
        case 'v':
                return read_speed(s, end, &ret->speed);
        default:
                return skip_until(s, end, f[1]);
        }
}

void pattern_init(struct pattern *p, const char *format) {
        size_t i = strlen(format);

        p->format = format;
        while (i-- > 0)
                if (strchr("%|$", format[i]) || (i > 0 && format[i - 1] == '%'))
                        p->plain[i] = 0;
                else
                        p->plain[i] = (uint8_t) (1 + (format[i + 1] != '\0' ? p->plain[i + 1] : 0));
}

/* Returns how many of the first `n` letters are equal. */
static size_t common_letters(const char *format, size_t n, const char *s, const char *end) {
        size_t i = 0;

        while (i < n && s + i < end && format[i] == s[i])
                i++;
        return i;
}

static bool are_same_words(const char *a, const char *b) {
        uint64_t x, y;

        memcpy(&x, a, sizeof x);
        memcpy(&y, b, sizeof y);
        return x == y;
}

/* memcmp() for texts so short that the call would take longer than the comparison. */
static bool is_same(const char *a, const char *b, size_t n) {
        const size_t word = sizeof(uint64_t);

        if (n < word) {
                for (; n > 0; n--)
                        if (*a++ != *b++)
                                return false;
                return true;
        }
        for (size_t i = 0; i + word <= n; i += word)
                if (!are_same_words(a + i, b + i))
                        return false;
        /* The last letters, with some of those before them. */
        return are_same_words(a + n - word, b + n - word);
}

/* Many messages begin with the same letter and differ at once. */
static bool begins_with(const char *s, const char *end, const char *letters, size_t n) {
        return (size_t) (end - s) >= n && letters[n - 1] == s[n - 1] && is_same(letters, s, n);
}

bool pattern_match(const struct pattern *p, const char *s, const char *end, bool cut, struct pattern_match *ret) {
        bool unmistakable = false;
        unsigned n = 0;
        const char *f = p->format;

        if (p->plain[0] > 0) {
                if (!begins_with(s, end, f, p->plain[0]))
                        return false;
                f += p->plain[0];
                s += p->plain[0];
        }
        *ret = (struct pattern_match){};
        while (*f) {
                size_t plain = p->plain[f - p->format];

                if (plain > 0) {
                        bool same = begins_with(s, end, f, plain);

                        if (!same && !unmistakable)
                                return false;
                        if (!same)
                                plain = common_letters(f, plain, s, end);
                        f += plain;
                        s += plain;
                        if (!same)
                                break;
                } else if (*f == '%') {
                        if (!read_field(f + 1, &s, end, cut, &n, ret))
                                break;
                        f += 2;
                } else if (*f == '|') {
                        unmistakable = true;
                        f++;
                } else { /* '$' */
                        ret->whole = true;
                        return s == end && !cut;
                }
        }
        ret->rest = s;
        ret->whole = *f == '\0';
        return unmistakable || ret->whole;
}
