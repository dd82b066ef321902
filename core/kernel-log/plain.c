/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "kernel-log/plain.h"

#include <endian.h>
#include <string.h>

#include "model/moment.h"
#include "common/text.h"

/* Reads six digits and "] " at once: a word has room for these eight letters. The first letter is in its lowest byte. */
static bool read_fraction(const char *s, uint64_t *ret) {
        const uint64_t low = UINT64_C(0x0f0f0f0f0f0f), digits = UINT64_C(0x303030303030), six = UINT64_C(0x060606060606);
        uint64_t word, pairs;

        memcpy(&word, s, sizeof word);
        word = le64toh(word);
        if (word >> 48 != (']' | ' ' << 8))
                return false;
        word &= UINT64_C(0xffffffffffff);
        if ((word & ~low) != digits || ((word + six) & ~low) != digits)
                return false;
        word &= low;
        pairs = word * 10 + (word >> 8);
        *ret = (pairs & 0xff) * 10000 + (pairs >> 16 & 0xff) * 100 + (pairs >> 32 & 0xff);
        return true;
}

const char *plain_stamp(const char *line, const char *end, uint64_t *ret) {
        const char *s = line + 1, *begin;
        uint64_t n = 0, fraction;

        while (s < end && *s == ' ')
                s++;
        for (begin = s; s < end && is_digit(*s); s++)
                n = n * 10 + (uint64_t) (*s - '0');
        if (s == begin || s - begin > 9 || end - s < 10 || *s != '.' || !read_fraction(s + 1, &fraction))
                return NULL;
        *ret = n * SECOND + fraction;
        return s + 9;
}

/* Letters that occur in the names of all relevant drivers: usb, hcd, ucsi, hwmon, volt, dwc, cdns, ci. */
static bool may_be_speaker(const char *s, const char *end) {
        for (; s + 1 < end; s++)
                switch (*s) {
                case 'h':
                        if (s[1] == 'c' || s[1] == 'w')
                                return true;
                        break;
                case 'u':
                        if (s[1] == 's' || s[1] == 'c')
                                return true;
                        break;
                case 'v':
                case 'd':
                        if (s[1] == 'o' || s[1] == 'w')
                                return true;
                        break;
                case 'c':
                        if (s[1] == 'd' || s[1] == 'i')
                                return true;
                        break;
                default:
                        break;
                }
        return false;
}

bool plain_is_of_no_use(const char *s, const char *end) {
        const char *space, *second;

        if (end - s <= 24 || ((*s < 'a' || *s > 'z') && (*s < 'A' || *s > 'Z')))
                return false;
        switch (*s) {
        case 'P': /* messages of the kernel itself, and its tag */
        case 'U':
        case 'L':
        case 'V':
        case 'k':
                return false;
        default:
                break;
        }
        space = memchr(s, ' ', end - s > 40 ? 40 : (size_t) (end - s));
        if (!space)
                return true;
        second = space + 1;
        if (space[-1] == ':')
                return end - second < 9 || memcmp(second, "probe of ", 9) != 0;
        if (second == end || *second == 'u' || *second == 'k' || may_be_speaker(s, space))
                return false;
        if (*second < '0' || *second > '9')
                return true;
        /* Addresses of PCI or SCSI; those of USB have a dash. */
        for (const char *p = second; p < end && *p != ' '; p++)
                if (*p == '-')
                        return false;
        return true;
}

bool plain_may_be_joined(const char *s, const char *end) {
        while (s < end && (s = memchr(s, '[', (size_t) (end - s)))) {
                s++;
                if (s < end && (*s == ' ' || is_digit(*s)))
                        return true;
        }
        return false;
}
