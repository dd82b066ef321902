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

#include "model/facts.h"
#include "model/moment.h"

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
        enum link_state ended_as;                       /* LINK_GONE: the state before the disconnect */
        struct moment since;                            /* when `state` began */
        struct moment first_connect;                    /* first connect mark of the plug session */
        struct moment connect;                          /* connect mark of the newest try */
        struct moment identified;                       /* newest identity mark */
        struct moment last_line;                        /* newest line about this port */
        uint64_t connect_log_usec, identified_log_usec; /* the same in the kernel log's own clock; 0: unknown */
        uint32_t tries;                                 /* connect marks of this session up to its identification */
        uint32_t failed_tries;                          /* those of them that came to nothing */
        uint32_t errors;                                /* error lines of these tries */
        uint32_t errors_before_try;                     /* those before the newest try */
        uint32_t last_errno;                            /* of the newest error line, positive; 0: none named */
        uint32_t failures;                              /* times the kernel gave up in this session */
        uint32_t failures_total;                        /* ... since the log or the boot began */
        bool gave_up;                                   /* the kernel said so, and nothing worked since */
        bool connect_seen;                              /* a connect mark, not only port lines */
        bool cannot_enable;                             /* port reset did not enable the port */
        bool power_cycled;                              /* the kernel reached its "attempt power cycle" */
        bool config_unreadable;                         /* identity was told, the configuration failed after it */
        bool set_config_failed;
        bool no_config;          /* "no configuration chosen" */
        bool power_rejected;     /* every configuration asks for more than the port may give */
        uint32_t over_budget_ma; /* declared need named by a budget line, 0: none */
        uint32_t budget_ma;      /* budget named by it */
        bool not_authorized;
        bool autosuspended; /* the log shows an automatic suspend that still stands */
        struct moment
                autosuspend_at; /* newest automatic suspend of this session; wall and at 0 are possible in logs without time */
        bool autosuspend_seen;
        bool resume_failed;             /* it did not come back when woken */
        struct moments resume_failures; /* when that was, this session and those right before it */
        bool unannounced;               /* only the word of a driver tells that it is there */
        uint8_t try_speed;              /* enum usb_speed of the newest try; 0: not told */
        bool speed_changed;             /* another try had another speed: it may have been another device */
        bool no_bandwidth;              /* the bus or the controller had no room for it */
        bool hub_unusable;              /* a hub that cannot be set up */
        uint32_t hub_errors;            /* requests that a hub failed to answer since it last worked */
        uint32_t firmware_changes;      /* it came out of a reset with other descriptors */
        uint32_t reset_errors;          /* error lines while a known device was reset */
        bool hub_refused;               /* a bus-powered hub was refused here */
        bool slept;                     /* the computer slept, or was about to, while this session lasted */
        bool sleeping;                  /* it does so now */
        bool power_lost_in_sleep;
        bool reset_on_wake;         /* the kernel had to reset it after a sleep (reset-resume) */
        enum sleep_kind sleep_kind; /* of the newest sleep */
        uint32_t slept_times;       /* sleeps that are over */
        uint64_t slept_usec;        /* for how long in all, where a clock tells; 0: not known */
        uint64_t newest_slept_usec; /* ... of it in the newest one */
        enum sleep_by slept_by;     /* who told slept_usec */
        bool returned;              /* the newest connect came sooner after the disconnect than a hand can bring it */
        struct moments drops;       /* disconnects that were followed by a new connect at once */
        struct moments breaks;      /* those of them that no hand made */
        struct moments emi;
        struct moments debounce;
        struct moments resets;
        struct moments over_currents; /* that count: not at start, in a wake-up or as an echo of the unplug */
        bool over_current_stood;      /* one of them still stood after 100 ms */
        bool over_current_ended_it;   /* the newest disconnect was the port's protection */
        bool sleep_ended_it;          /* the newest disconnect belongs to the computer's sleep */
        uint16_t vendor, product;     /* of the device that was identified here last; 0: none was */
        char mark[8];                 /* ... and its serial number's stand-in; empty: not known */
};

/* A new connect within this after a disconnect is a drop, not a person's hand; after a session shorter than LINK_BRIEF
 * a longer gap still counts. */
#define LINK_DROP_USEC (5 * SECOND)
#define LINK_BRIEF_USEC (15 * SECOND)
/* Pulling a plug out and putting it in again takes longer than this, with the 100 ms that the kernel waits for a steady
 * contact and the reset that follows (kernel hub.c, HUB_DEBOUNCE_STABLE, HUB_ROOT_RESET_TIME). */
#define LINK_HAND_USEC (600 * SECOND / 1000)
/* A plug may bounce while it goes in. */
#define LINK_BOUNCE_USEC (2 * SECOND)
/* So many drops (MOMENTS_MAX) within this are no hand's work either: a contact that comes and goes by itself. */
#define LINK_STORM_USEC (2 * MINUTE)
/* After this long without contact what comes is a new plug, not another try of the old one. */
#define LINK_REPLUG_USEC MINUTE

/* The transitions, one for each kind of line. `now` is the line's time, `log_usec` its stamp in the kernel's clock.
 * `with_hub`: the hub itself was away, so that no contact of this link broke. */
void link_connect(struct link *l, struct moment now, uint64_t log_usec, bool with_hub);
void link_error(struct link *l, struct moment now, uint32_t error);
void link_gave_up(struct link *l, struct moment now);
void link_identified(struct link *l, struct moment now, uint64_t log_usec);
void link_config_failed(struct link *l, struct moment now, uint32_t error);
void link_disconnected(struct link *l, struct moment now, bool asleep);
void link_reset(struct link *l, struct moment now, bool waking);
/* The device here is known by these numbers now; `mark` stands for its serial number, "" when that is not known. When it is
 * another one than before, a hand changed it, and what was counted against the contact of the one before says nothing about this
 * one. */
void link_note_device(struct link *l, uint16_t vendor, uint16_t product, const char *mark);
void link_over_current(struct link *l, struct moment now, bool stood);

/* A driver speaks of the device: it is there and has a configuration, whether or not the kernel announces devices. */
void link_driver(struct link *l, struct moment now);

/* Closes a series that has no outcome: failed when error lines stand, else nothing is known any more. */
void link_fell_silent(struct link *l, struct moment now);

/* µs between the connect mark and the identity mark of the try that worked; 0: not known. */
uint64_t link_enumeration_usec(const struct link *l);

/* Is the newest connect one of so many within a short time that no hand can have made them? */
bool link_is_storm(const struct link *l);

/* Has the kernel given up on what is here, and nothing worked since? It may be trying again at this moment. */
bool link_is_failing(const struct link *l);

/* Did the port's protection end the newest contact? */
bool link_ended_by_over_current(const struct link *l);

/* Has anything happened that is forgiven after a good hour? */
bool link_had_events(const struct link *l);

const char *link_state_name(enum link_state s);
