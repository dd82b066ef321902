/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "common/text.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

/* Returns the length of the well-formed UTF-8 character at `s` (RFC 3629 §3), or 0 when there is none. Writes the character to
 * *ret. */
static size_t decode(const unsigned char *s, size_t len, uint32_t *ret) {
        static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
        uint32_t c;
        size_t n;

        if (s[0] < 0x80) {
                *ret = s[0];
                return 1;
        }
        n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
        if (s[0] < 0xc2 || s[0] > 0xf4 || n > len)
                return 0;
        c = s[0] & (0x7fU >> n);
        for (size_t i = 1; i < n; i++) {
                if ((s[i] & 0xc0) != 0x80)
                        return 0;
                c = c << 6 | (s[i] & 0x3f);
        }
        if (c < least[n] || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
                return 0;
        *ret = c;
        return n;
}

/* Characters that move the cursor, change the direction of text or are invisible must not reach a terminal or a page: Unicode's
 * categories Cc, Cf, Zl and Zp, all other Default_Ignorable_Code_Point characters (DerivedCoreProperties.txt), private use and
 * noncharacters. */
static bool is_harmful(uint32_t c) {
        static const struct {
                uint32_t first, last;
        } ranges[] = {
                { 0x00, 0x1f },       { 0x7f, 0x9f },        { 0xad, 0xad },       { 0x34f, 0x34f },     { 0x600, 0x605 },
                { 0x61c, 0x61c },     { 0x6dd, 0x6dd },      { 0x70f, 0x70f },     { 0x890, 0x891 },     { 0x8e2, 0x8e2 },
                { 0x115f, 0x1160 },   { 0x17b4, 0x17b5 },    { 0x180b, 0x180f },   { 0x200b, 0x200f },   { 0x2028, 0x202e },
                { 0x2060, 0x206f },   { 0x2800, 0x2800 },    { 0x3164, 0x3164 },   { 0xe000, 0xf8ff },   { 0xfdd0, 0xfdef },
                { 0xfe00, 0xfe0f },   { 0xfeff, 0xfeff },    { 0xffa0, 0xffa0 },   { 0xfff0, 0xfffb },   { 0xfffe, 0xffff },
                { 0x110bd, 0x110bd }, { 0x110cd, 0x110cd },  { 0x13430, 0x1343f }, { 0x1bca0, 0x1bca3 }, { 0x1d173, 0x1d17a },
                { 0xe0000, 0xe0fff }, { 0xf0000, 0x10ffff },
        };

        for (size_t i = 0; i < sizeof ranges / sizeof *ranges && c >= ranges[i].first; i++)
                if (c <= ranges[i].last)
                        return true;
        return (c & 0xfffe) == 0xfffe;
}

char *text_make_safe(char *buf, size_t size, const char *text, size_t len) {
        const unsigned char *s = (const unsigned char *) text;
        size_t out = 0;

        while (len > 0 && *s == ' ') {
                s++;
                len--;
        }
        while (len > 0) {
                size_t n, need;
                uint32_t c = 0;
                bool bad;

                /* Most characters are plain ASCII. */
                if (*s >= ' ' && *s < 0x7f && out + 1 < size) {
                        buf[out++] = (char) *s++;
                        len--;
                        continue;
                }
                n = decode(s, len, &c);
                bad = n == 0 || is_harmful(c);
                need = bad ? 1 : n;
                if (out + need + 1 > size)
                        break;
                if (bad)
                        buf[out] = '?';
                else
                        memcpy(buf + out, s, n);
                out += need;
                s += n ? n : 1;
                len -= n ? n : 1;
        }
        while (out > 0 && buf[out - 1] == ' ')
                out--;
        buf[out] = '\0';
        return buf;
}

int hex_digit(char c) {
        if (is_digit(c))
                return c - '0';
        if (c >= 'a' && c <= 'f')
                return c - 'a' + 10;
        if (c >= 'A' && c <= 'F')
                return c - 'A' + 10;
        return -1;
}

size_t text_unescape(char *text, size_t len) {
        size_t out = 0;

        for (size_t i = 0; i < len; out++) {
                if (len - i >= 4 && text[i] == '\\' && text[i + 1] == 'x' && hex_digit(text[i + 2]) >= 0 &&
                    hex_digit(text[i + 3]) >= 0) {
                        text[out] = (char) (hex_digit(text[i + 2]) << 4 | hex_digit(text[i + 3]));
                        i += 4;
                } else
                        text[out] = text[i++];
        }
        return out;
}

bool text_parse_truth(const char *text, bool *ret) {
        static const char *const words[][2] = { { "no", "yes" }, { "false", "true" }, { "0", "1" }, { "off", "on" } };

        for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
                for (int k = 0; k < 2; k++)
                        if (strcasecmp(text, words[i][k]) == 0) {
                                *ret = k == 1;
                                return true;
                        }
        return false;
}
