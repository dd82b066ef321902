/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "daemon/sources/hid-receiver.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "hwdb/hwdb.h"
#include "common/log.h"

/* The headset answers over the air within half a second (HeadsetControl's read time limit). */
#define ANSWER_USEC (2 * SECOND)
/* A request may be lost over the air; two without an answer mean that the headset is not there. */
#define TRIES 2
/* Charging has begun this long after a plug. */
#define SOON_USEC (3 * SECOND)
/* Other programs use the receiver as well. Reports that they cause lead to a request at most this often. */
#define ASK_AGAIN_USEC MINUTE
#define ASK_AGAIN_OFF_USEC (5 * SECOND)
/* Minimum time before an unchanged level is emitted again. */
#define TELL_AGAIN_USEC MINUTE
/* PULSE: right after charging the reported level is too high (headset-stats, "ChargeSettling"). */
#define SETTLING_USEC (10 * MINUTE)
/* A device that sends more reports per second is not a headset. */
#define REPORTS_PER_SECOND 100
#define REPORTS_PER_TURN 16

struct receiver {
        struct hid_room *room;
        struct hid_place place;
        enum hid_kind kind;
        const char *model;
        bool found;
        int fd;
        bool opening, asking, complained;
        sd_event_source *io, *answer, *soon;
        uint16_t transaction;
        unsigned tries;
        uint64_t asked_at, sent_at, settling_until, second;
        unsigned reports; /* within `second` */
        bool charged;     /* PULSE: it was charging at the last report */
        struct headset_facts sent;
};

static void complain(struct receiver *r, const char *what, int error) {
        if (!r->complained)
                log_notice_hourly("The receiver of the %s (%s) %s, so its battery is not known: %s", r->model, r->place.node,
                                  what, strerror(-error));
        r->complained = true;
}

static void emit(struct receiver *r, enum event_type type, uint64_t *ret_at) {
        struct event e = { .type = type, .time = moment_now(), .where = r->place.where };

        e.u.headset = r->sent;
        *ret_at = e.time.at;
        r->room->emit(r->room->userdata, &e);
}

static void tell(struct receiver *r, const struct headset_facts *facts) {
        bool same = memcmp(facts, &r->sent, sizeof(*facts)) == 0;

        if (same && r->sent_at != 0 && moment_now().at - r->sent_at < TELL_AGAIN_USEC)
                return;
        r->sent = *facts;
        emit(r, EVENT_HEADSET, &r->sent_at);
}

static void tell_off(struct receiver *r) {
        struct headset_facts facts = r->sent;

        facts.found = r->found;
        facts.connected = false;
        for (unsigned i = 0; i < _BATTERY_PART_MAX; i++)
                facts.parts[i] = (struct battery_state){ .percent = BATTERY_UNKNOWN };
        tell(r, &facts);
}

static bool is_settling(struct receiver *r, const struct hid_report *report) {
        uint64_t now = moment_now().at;
        bool charges = report->parts[BATTERY_WHOLE].charging == CHARGING_YES;

        if (r->kind != HID_PULSE)
                return false;
        if (report->fresh || charges)
                r->settling_until = 0;
        else if (r->charged)
                r->settling_until = now + SETTLING_USEC;
        r->charged = charges;
        return now < r->settling_until;
}

static void tell_report(struct receiver *r, const struct hid_report *report) {
        struct headset_facts facts = r->sent;
        bool settling = is_settling(r, report);

        if (!report->on) {
                tell_off(r);
                return;
        }
        /* Its first report describes what was so before the daemon looked. */
        facts.found = r->found;
        r->found = false;
        facts.connected = true;
        memcpy(facts.parts, report->parts, sizeof(facts.parts));
        if (settling)
                facts.parts[BATTERY_WHOLE].percent = BATTERY_UNKNOWN;
        tell(r, &facts);
}

static void stop_timer(sd_event_source *timer) {
        if (timer)
                (void) sd_event_source_set_enabled(timer, SD_EVENT_OFF);
}

static int start_timer(struct receiver *r, sd_event_source **timer, uint64_t usec, sd_event_time_handler_t handler) {
        if (!*timer)
                return sd_event_add_time_relative(r->room->event, timer, CLOCK_MONOTONIC, usec, 0, handler, r);
        int k = sd_event_source_set_time_relative(*timer, usec);
        return k < 0 ? k : sd_event_source_set_enabled(*timer, SD_EVENT_ONESHOT);
}

static void receiver_close(struct receiver *r) {
        r->io = sd_event_source_disable_unref(r->io);
        stop_timer(r->answer);
        stop_timer(r->soon);
        r->asking = false;
        if (r->fd >= 0)
                close(r->fd);
        r->fd = -EBADF;
}

static void ask(struct receiver *r);

static int on_no_answer(sd_event_source *source, uint64_t usec, void *userdata) {
        struct receiver *r = userdata;

        r->asking = false;
        if (r->tries < TRIES) {
                ask(r);
                return 0;
        }
        r->found = false;
        tell_off(r);
        return 0;
}

static void on_written(void *userdata, const struct helper_answer *answer) {
        if (answer->error < 0)
                complain(userdata, "cannot be asked", answer->error);
}

static void ask(struct receiver *r) {
        uint8_t question[HID_REPORT_SIZE];

        if (r->fd < 0 || r->asking || r->kind == HID_PULSE)
                return;
        r->transaction = r->transaction < 2 || r->transaction == UINT16_MAX ? 2 : (uint16_t) (r->transaction + 1);
        hid_question(question, r->transaction);
        r->asked_at = moment_now().at;
        r->tries++;
        int k = helper_write(&r->room->helpers, r->room->event, r->fd, question, sizeof(question), on_written, r);
        if (k >= 0)
                k = start_timer(r, &r->answer, ANSWER_USEC, on_no_answer);
        r->asking = k >= 0;
        if (k < 0)
                complain(r, "cannot be asked", k);
}

static void ask_anew(struct receiver *r) {
        if (!r->asking) {
                r->tries = 0;
                ask(r);
        }
}

static int on_soon(sd_event_source *source, uint64_t usec, void *userdata) {
        ask_anew(userdata);
        return 0;
}

void receiver_ask_soon(struct receiver *r) {
        if (r->fd >= 0 && r->kind != HID_PULSE)
                (void) start_timer(r, &r->soon, SOON_USEC, on_soon);
}

/* A report other than the battery means that something happened, so the battery is requested, but not too often. */
static void ask_in_time(struct receiver *r) {
        uint64_t since = moment_now().at - r->asked_at, pause = r->sent.connected ? ASK_AGAIN_USEC : ASK_AGAIN_OFF_USEC;
        int on = SD_EVENT_OFF;

        if (r->asking || (r->soon && sd_event_source_get_enabled(r->soon, &on) >= 0 && on != SD_EVENT_OFF))
                return;
        if (since >= pause)
                ask_anew(r);
        else
                (void) start_timer(r, &r->soon, pause - since, on_soon);
}

static void take(struct receiver *r, const uint8_t *report, size_t size) {
        struct hid_report parsed;

        switch (hid_report_parse(r->kind, report, size, &parsed)) {
        case HID_ANSWER:
                if (r->asking && parsed.transaction == r->transaction) {
                        r->asking = false;
                        stop_timer(r->answer);
                }
                tell_report(r, &parsed);
                break;
        case HID_BATTERY:
                tell_report(r, &parsed);
                break;
        case HID_OTHER:
                ask_in_time(r);
                break;
        default:
                break;
        }
}

static bool talks_too_much(struct receiver *r) {
        uint64_t second = moment_now().at / SECOND;

        if (second != r->second) {
                r->second = second;
                r->reports = 0;
        }
        return ++r->reports > REPORTS_PER_SECOND;
}

static int on_report(sd_event_source *source, int fd, uint32_t revents, void *userdata) {
        struct receiver *r = userdata;
        uint8_t report[HID_REPORT_SIZE];

        for (unsigned i = 0; i < REPORTS_PER_TURN; i++) {
                ssize_t n = read(fd, report, sizeof(report));

                if (n < 0 && (errno == EAGAIN || errno == EINTR))
                        return 0;
                if (n <= 0 || talks_too_much(r)) {
                        if (n > 0)
                                complain(r, "does not stop talking", -EBADMSG);
                        receiver_close(r);
                        tell_off(r);
                        return 0;
                }
                take(r, report, (size_t) n);
        }
        return 0;
}

/* Returns whether the number of the node now belongs to another device, which must not receive a request. */
static bool is_another(const struct receiver *r, int fd) {
        struct hidraw_devinfo info;

        return ioctl(fd, HIDIOCGRAWINFO, &info) >= 0 &&
               (info.bustype != r->place.bus || (uint16_t) info.vendor != r->place.vendor ||
                (uint16_t) info.product != r->place.product);
}

static void on_opened(void *userdata, const struct helper_answer *answer) {
        struct receiver *r = userdata;
        int k = answer->error;

        r->opening = false;
        if (k >= 0) {
                r->fd = answer->fd;
                k = is_another(r, r->fd) ? -ENODEV : 0;
        }
        if (k >= 0)
                k = sd_event_add_io(r->room->event, &r->io, r->fd, EPOLLIN, on_report, r);
        if (k < 0) {
                complain(r, "cannot be opened", k);
                receiver_close(r);
                return;
        }
        ask_anew(r);
}

void receiver_open(struct receiver *r) {
        int flags = (r->kind == HID_PULSE ? O_RDONLY : O_RDWR) | O_NONBLOCK | O_NOCTTY;
        char path[32];

        if (r->fd >= 0 || r->opening)
                return;
        snprintf(path, sizeof(path), "/dev/%s", r->place.node);
        int k = helper_open(&r->room->helpers, r->room->event, path, flags, on_opened, r);
        r->opening = k >= 0;
        if (k < 0)
                complain(r, "cannot be opened", k);
}

const char *receiver_node(const struct receiver *r) {
        return r->place.node;
}

/* The headset is named by its own facts, not by those of its receiver. */
static void describe(struct receiver *r) {
        char place[ADDRESS_NAME_MAX];

        r->sent = (struct headset_facts){
                .way = HEADSET_DONGLE,
                .paired = true,
                .found = r->found,
                .battery = BATTERY_BY_HID,
                .step = r->kind == HID_PULSE ? 10 : 1,
        };
        snprintf(r->sent.mark, sizeof(r->sent.mark), "%.15s",
                 r->place.where.bus != 0 ? address_device_name(&r->place.where, place) : r->place.node);
        snprintf(r->sent.name, sizeof(r->sent.name), "%s", r->model);
        if (!hwdb_lookup_model(r->model, &r->sent.facts))
                snprintf(r->sent.facts.model, sizeof(r->sent.facts.model), "%s", r->model);
}

int receiver_new(struct hid_room *room, const struct hid_place *place, bool found, struct receiver **ret) {
        struct receiver *r = calloc(1, sizeof(*r));

        if (!r)
                return -ENOMEM;
        r->room = room;
        r->place = *place;
        r->found = found;
        r->fd = -EBADF;
        r->kind = hid_kind_of(place->vendor, place->product, &r->model);
        describe(r);
        tell_off(r);
        receiver_open(r);
        *ret = r;
        return 0;
}

void receiver_gone(struct receiver *r) {
        uint64_t at;

        emit(r, EVENT_HEADSET_GONE, &at);
}

struct receiver *receiver_free(struct receiver *r) {
        helpers_forget(&r->room->helpers, r);
        receiver_close(r);
        sd_event_source_disable_unref(r->answer);
        sd_event_source_disable_unref(r->soon);
        free(r);
        return NULL;
}
