/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Link: the history of the connection at one port since the last plug.
 *
 * A *plug session* begins with the first connect mark after the port was empty and lasts until the next one begins, so that it
 * can still be reported after the unplug. Within it the kernel makes *tries*, each of which begins with a connect mark. The
 * last state counts, not the presence of error lines.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/facts.h"
#include "model/moment.h"

enum link_state {
        LINK_EMPTY,      /* no device is known to be there */
        LINK_TRYING,     /* a connect mark or an error without an outcome yet */
        LINK_IDENTIFIED, /* the device was identified and nothing failed afterwards */
        LINK_FAILED,     /* the kernel gave up, or logged errors and then nothing more */
        LINK_GONE,       /* the device was there and was disconnected */
        _LINK_STATE_MAX,
};

struct link {
        enum link_state state;
        enum link_state ended_as;                       /* for LINK_GONE: the state before the disconnect */
        struct moment since;                            /* when `state` began */
        struct moment first_connect;                    /* first connect mark of the plug session */
        struct moment connect;                          /* connect mark of the newest try */
        struct moment identified;                       /* newest identification */
        struct moment last_line;                        /* newest kernel message about this port */
        uint64_t connect_log_usec, identified_log_usec; /* the same in the clock of the kernel log, µs; 0: not known */
        uint32_t tries;                                 /* connect marks of this session up to the identification */
        uint32_t failed_tries;                          /* those of them that failed */
        uint32_t errors;                                /* error lines in these tries */
        uint32_t errors_before_try;                     /* error lines before the newest try */
        uint32_t last_errno;                            /* error number of the newest error line, positive; 0: not given */
        uint32_t failures;                              /* number of times that the kernel gave up in this session */
        uint32_t failures_total;                        /* the same since the start of the log or boot */
        bool gave_up;                                   /* the kernel gave up, and nothing has worked since */
        bool connect_seen;                              /* there was a connect mark and not only messages about the port */
        bool cannot_enable;                             /* a port reset did not enable the port */
        bool power_cycled;                              /* the kernel reached its "attempt power cycle" */
        bool config_unreadable;                         /* the device was identified, but its configuration could not be read */
        bool set_config_failed;
        bool no_config;          /* the kernel logged "no configuration chosen" */
        bool power_rejected;     /* every configuration requires more current than the port may supply */
        uint32_t over_budget_ma; /* declared current that the budget message names, mA; 0: none */
        uint32_t budget_ma;      /* budget that the budget message names, mA */
        bool not_authorized;
        bool autosuspended;           /* the log reports an automatic suspend that has not ended */
        struct moment autosuspend_at; /* newest automatic suspend of this session; in logs without time both members may be 0 */
        bool autosuspend_seen;
        bool resume_failed;    /* it failed to resume */
        bool unannounced;      /* only messages of a driver show that the device is there */
        uint8_t try_speed;     /* enum usb_speed of the newest try; 0: not known */
        bool speed_changed;    /* another try had another speed, so it may have been another device */
        bool no_bandwidth;     /* the bus or the controller did not have enough bandwidth */
        bool hub_unusable;     /* a hub that cannot be set up */
        uint32_t hub_errors;   /* requests that a hub has failed to answer since it last worked */
        uint32_t reset_errors; /* error lines during resets of an identified device */
        bool hub_refused;      /* a bus-powered hub was refused at this port */
        bool slept;            /* the computer slept, or prepared to, during this session */
        bool sleeping;         /* the computer sleeps now */
        bool power_lost_in_sleep;
        bool reset_on_wake;         /* the kernel had to reset the device after a sleep (reset-resume) */
        enum sleep_kind sleep_kind; /* kind of the newest sleep */
        uint32_t slept_times;       /* completed sleeps */
        uint64_t slept_usec;        /* their total duration, µs; 0: not known */
        uint64_t newest_slept_usec; /* duration of the newest one, µs */
        enum sleep_by slept_by;     /* source of slept_usec */
        bool returned;              /* the newest connect followed the disconnect faster than a person can replug */
        bool over_current_ended_it; /* the port's over-current protection caused the newest disconnect */
        bool sleep_ended_it;        /* the computer's sleep caused the newest disconnect */
        uint16_t vendor, product;   /* of the last identified device; 0: none */
        char mark[8];               /* the mark of its serial number, from udev; empty: not known */
        uint16_t log_mark;          /* the hash of its serial number in the kernel log; 0: not known */

        /* What a session takes over from the one immediately before it. */
        struct moments drops;  /* disconnects that were followed by a connect at once */
        struct moments breaks; /* those of them that no person can have caused */
        struct moments emi;
        struct moments debounce;
        struct moments resets;
        struct moments over_currents;   /* those that count: not at start, not during resume, and not caused by the unplug */
        struct moments resume_failures; /* times of failed resumes */
        uint32_t firmware_changes;      /* resets after which the device had other descriptors */
        bool over_current_stood;        /* at least one of `over_currents` was still present after 100 ms */
};

/* A connect within this time after a disconnect is a drop and not a new plug. After a session shorter than LINK_BRIEF a longer
 * gap counts as a drop, too. */
#define LINK_DROP_USEC (5 * SECOND)
#define LINK_BRIEF_USEC (15 * SECOND)
/* A person needs longer than this to pull a plug and insert it again. This includes the 100 ms for which the kernel waits for a
 * stable contact and the reset that follows (kernel hub.c, HUB_DEBOUNCE_STABLE, HUB_ROOT_RESET_TIME). */
#define LINK_HAND_USEC (600 * SECOND / 1000)
/* The contact may bounce for this long while a plug is inserted. */
#define LINK_BOUNCE_USEC (2 * SECOND)
/* MOMENTS_MAX drops within this time are more than a person causes. They show an intermittent contact. */
#define LINK_STORM_USEC (2 * MINUTE)
/* A connect after this time without contact is a new plug and not another try of the old one. */
#define LINK_REPLUG_USEC MINUTE

/* State transitions, one for each kind of kernel message. `now` is the time of the message and `log_usec` its timestamp in the
 * kernel's clock, µs. `with_hub` means that the hub itself was disconnected, so that the contact of this link did not break. */
void link_connect(struct link *l, struct moment now, uint64_t log_usec, bool with_hub);
void link_error(struct link *l, struct moment now, uint32_t error);
void link_gave_up(struct link *l, struct moment now);
void link_identified(struct link *l, struct moment now, uint64_t log_usec);
void link_config_failed(struct link *l, struct moment now, uint32_t error);
void link_disconnected(struct link *l, struct moment now, bool asleep);
void link_reset(struct link *l, struct moment now, bool waking);
/* Records the identity of the device at this link. `mark` represents its serial number and is "" when that is not known. When the
 * device differs from the one before, a person has replaced it. Breaks of contact that were counted for the old device then say
 * nothing about the new one, so they are dropped. */
void link_note_device(struct link *l, uint16_t vendor, uint16_t product, const char *mark);
/* The same for the serial number in the kernel log, of which only a hash is known. It cannot be compared with the mark, so each
 * is compared with the one before it of its own kind. Returns true when the device differs from the one before. */
bool link_note_serial(struct link *l, uint16_t log_mark);
void link_over_current(struct link *l, struct moment now, bool stood);

/* Handles a message of a driver about the device. It shows that the device is present and configured, even when the kernel does
 * not log new devices. */
void link_driver(struct link *l, struct moment now);

/* Ends a series of tries without an outcome. The link has failed when there were error lines; otherwise its state is unknown. */
void link_fell_silent(struct link *l, struct moment now);

/* Returns the time from the connect mark to the identification of the successful try in µs, or 0 when it is not known. */
uint64_t link_enumeration_usec(const struct link *l);

/* Returns true when there were more connects within a short time than a person can cause. */
bool link_is_storm(const struct link *l);

/* Returns true when the kernel gave up and nothing has worked since. The kernel may be trying again at this moment. */
bool link_is_failing(const struct link *l);

/* Returns true when the port's over-current protection ended the newest contact. */
bool link_ended_by_over_current(const struct link *l);

/* Returns true when anything is recorded that expires after an hour without trouble. */
bool link_had_events(const struct link *l);
