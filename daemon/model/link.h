/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Link: what is remembered of the connection at one port, from its last plug on.
 *
 * A *plug session* begins with the first connect mark after the port was empty and lasts until the next one begins, so
 * what happened can still be told after the unplug. Within it the kernel makes *tries*: one connect mark each. The last
 * state counts, not the presence of error lines.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Moments kept of each kind; a warning needs three in ten minutes, the rest is for the count in the evidence. */
#define LINK_MOMENTS_MAX 8

/* The most recent moments of one kind, oldest first, and how many there were in all. */
struct moments {
        uint32_t total;
        uint8_t n;
        struct moment last[LINK_MOMENTS_MAX];
};

enum link_state {
        LINK_EMPTY,      /* nothing is known to be there */
        LINK_TRYING,     /* a connect mark or an error, no outcome yet */
        LINK_IDENTIFIED, /* the device told who it is and nothing failed after that */
        LINK_FAILED,     /* the kernel gave up, or fell silent after errors */
        LINK_GONE,       /* it was there and was disconnected */
        _LINK_STATE_MAX,
};

struct link {
        enum link_state state;
        struct moment since;        /* when `state` began */
        struct moment first_connect; /* first connect mark of the plug session */
        struct moment connect;      /* connect mark of the newest try */
        struct moment identified;   /* newest identity mark */
        struct moment last_line;    /* newest line about this port */
        uint64_t connect_log_usec, identified_log_usec; /* the same in the kernel log's own clock; 0: unknown */
        uint32_t tries;             /* connect marks of this session up to its identification */
        uint32_t failed_tries;      /* those of them that came to nothing */
        uint32_t errors;            /* error lines of these tries */
        uint32_t last_errno;        /* of the newest error line, positive; 0: none named */
        uint32_t failures;          /* times the kernel gave up in this session */
        uint32_t failures_total;    /* ... since the log or the boot began */
        bool gave_up;               /* the newest series ended with the kernel's own word */
        bool connect_seen;          /* a connect mark, not only port lines */
        bool cannot_enable;         /* port reset did not enable the port */
        bool power_cycled;          /* the kernel reached its "attempt power cycle" */
        bool config_unreadable;     /* identity was told, the configuration failed after it */
        bool set_config_failed;
        bool no_config;             /* "no configuration chosen" */
        bool power_rejected;        /* every configuration asks for more than the port may give */
        uint32_t over_budget_ma;    /* declared need named by a budget line, 0: none */
        uint32_t budget_ma;         /* budget named by it */
        bool not_authorized;
        bool autosuspended;         /* the log shows an automatic suspend that still stands */
        bool resume_failed;         /* ... and that it did not come back */
        bool hub_refused;           /* a bus-powered hub was refused here */
        bool slept;                 /* the computer slept while this session lasted */
        bool power_lost_in_sleep;
        uint64_t slept_usec;        /* for how long in all, where a wall clock tells; 0: not known */
        struct moments drops;       /* disconnects that were followed by a new connect at once */
        struct moments emi;
        struct moments debounce;
        struct moments resets;
        struct moments over_currents; /* that count: not at start, in a wake-up or as an echo of the unplug */
        bool over_current_stood;    /* one of them still stood after 100 ms */
        bool last_disconnect_excused; /* the newest disconnect belongs to sleep or over-current */
};

void moments_add(struct moments *m, struct moment when);

/* How many of the kept moments lie within the `span` µs that end at the newest one. A source without a clock cannot
 * tell: 0 then. The most that can be told is LINK_MOMENTS_MAX. */
unsigned moments_within(const struct moments *m, uint64_t span);

/* Did the newest one happen within `span` µs before `now`? False when there is none or no clock. */
bool moments_recent(const struct moments *m, uint64_t now, uint64_t span);

const char *link_state_name(enum link_state s);
