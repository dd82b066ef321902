/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "model/address.h"

#include <stdio.h>
#include <string.h>

/* Reads a number without leading zeros and of at most `max` from *p up to `end`. Advances *p. */
static inline bool read_number(const char **p, const char *end, unsigned max, unsigned *ret) {
        const char *s = *p;
        unsigned n = 0;

        if (s == end || *s < '1' || *s > '9')
                return false;
        for (; s < end && *s >= '0' && *s <= '9'; s++) {
                n = n * 10 + (unsigned) (*s - '0');
                if (n > max)
                        return false;
        }
        *p = s;
        *ret = n;
        return true;
}

static inline bool skip(const char **p, const char *end, const char *word) {
        size_t n = strlen(word);

        if ((size_t) (end - *p) < n || memcmp(*p, word, n) != 0)
                return false;
        *p += n;
        return true;
}

static bool skip_char(const char **p, const char *end, char c) {
        if (*p == end || **p != c)
                return false;
        (*p)++;
        return true;
}

static inline bool append_port(struct address *a, const char **p, const char *end) {
        unsigned n;

        if (a->depth == ADDRESS_DEPTH_MAX || !read_number(p, end, UINT8_MAX, &n))
                return false;
        a->port[a->depth++] = (uint8_t) n;
        return true;
}

/* Parses "1-2.3": the bus, a dash, then ports separated by dots. */
static bool read_chain(const char **p, const char *end, struct address *a) {
        unsigned bus;

        if (!read_number(p, end, UINT16_MAX, &bus) || !skip_char(p, end, '-'))
                return false;
        a->bus = (uint16_t) bus;
        do {
                if (!append_port(a, p, end))
                        return false;
        } while (skip_char(p, end, '.'));
        return true;
}

const char *address_scan(const char *text, const char *end, struct address *ret, bool *ret_port) {
        const char *p = text;
        unsigned bus;

        *ret = (struct address){};
        if (skip(&p, end, "usb")) {
                if (!read_number(&p, end, UINT16_MAX, &bus))
                        return NULL;
                ret->bus = (uint16_t) bus;
        } else if (!read_chain(&p, end, ret))
                return NULL;
        *ret_port = skip(&p, end, "-port");
        return !*ret_port || append_port(ret, &p, end) ? p : NULL;
}

bool address_parse(const char *text, size_t len, struct address *ret) {
        struct address a;
        bool port;

        if (address_scan(text, text + len, &a, &port) != text + len)
                return false;
        *ret = a;
        return true;
}

/* The id is the kernel's name with other separators: "usb", the bus, the ports of the hubs, "_port" and the port. */
bool address_parse_id(const char *id, struct address *ret) {
        const char *p = id, *end = id + strlen(id);
        struct address a = {};
        bool last = false;
        unsigned bus;

        if (!skip(&p, end, "usb") || !read_number(&p, end, UINT16_MAX, &bus))
                return false;
        a.bus = (uint16_t) bus;
        while (!last) {
                last = skip(&p, end, "_port");
                if ((!last && !skip(&p, end, "_")) || !append_port(&a, &p, end))
                        return false;
        }
        if (p != end)
                return false;
        *ret = a;
        return true;
}

bool address_parse_any(const char *text, struct address *ret) {
        return address_parse_id(text, ret) || (address_parse(text, strlen(text), ret) && ret->depth > 0);
}

const char *address_device_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]) {
        int n;

        if (a->depth == 0) {
                snprintf(buf, ADDRESS_NAME_MAX, "usb%u", a->bus);
                return buf;
        }
        n = snprintf(buf, ADDRESS_NAME_MAX, "%u-%u", a->bus, a->port[0]);
        for (unsigned i = 1; i < a->depth; i++)
                n += snprintf(buf + n, ADDRESS_NAME_MAX - (size_t) n, ".%u", a->port[i]);
        return buf;
}

const char *address_port_name(const struct address *a, char buf[static ADDRESS_NAME_MAX]) {
        struct address hub;
        size_t n;

        if (!address_parent(a, &hub))
                return address_device_name(a, buf);
        address_device_name(&hub, buf);
        n = strlen(buf);
        snprintf(buf + n, ADDRESS_NAME_MAX - n, "-port%u", a->port[a->depth - 1]);
        return buf;
}

const char *address_port_id(const struct address *a, char buf[static ADDRESS_NAME_MAX]) {
        int n = snprintf(buf, ADDRESS_NAME_MAX, "usb%u", a->bus);

        for (unsigned i = 0; i < a->depth; i++)
                n += snprintf(buf + n, ADDRESS_NAME_MAX - (size_t) n, i + 1 == a->depth ? "_port%u" : "_%u", a->port[i]);
        return buf;
}

bool address_parent(const struct address *a, struct address *ret) {
        struct address up = *a;

        if (a->depth == 0)
                return false;
        up.port[--up.depth] = 0;
        *ret = up;
        return true;
}

int address_compare(const struct address *a, const struct address *b) {
        if (a->bus != b->bus)
                return a->bus < b->bus ? -1 : 1;
        /* Unused entries are 0 and ports start at 1, so a hub precedes the devices below it. */
        return memcmp(a->port, b->port, sizeof a->port);
}

bool address_is_below(const struct address *a, const struct address *hub) {
        return a->bus == hub->bus && a->depth > hub->depth && memcmp(a->port, hub->port, hub->depth) == 0;
}
