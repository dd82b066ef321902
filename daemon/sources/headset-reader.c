/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "daemon/sources/headset-reader.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <unistd.h>

#include "common/cleanup.h"
#include "common/log.h"
#include "daemon/sources/bluez-profile.h"
#include "headset-protocol/fast-pair.h"
#include "headset-protocol/mdr.h"

/* A channel is closed after this time in any case. */
#define CONVERSATION_USEC (5 * SECOND)
/* Audio has priority when a link begins. */
#define AFTER_CONNECT_USEC (3 * SECOND)
/* Charging has begun this long after a plug. */
#define AFTER_PLUG_USEC (2 * SECOND)
#define LEAST_USEC (10 * SECOND)
/* By then a headset has had enough time to start charging. */
#define AGAIN_USEC (30 * SECOND)
/* A newer reading is not repeated. */
#define FRESH_USEC MINUTE
/* Each reading may disconnect Sony's app on a phone. */
#define MDR_AGAIN_USEC (10 * MINUTE)
#define MDR_ASKED_AGAIN_USEC (10 * SECOND)
/* Limit on callers that wait for an answer. */
#define ASKERS_MAX 16
#define READS_PER_TURN 16

struct asker {
        struct asker *next;
        bluetooth_read_done *done;
        void *userdata;
};

/* One open channel. */
struct conversation {
        struct headset_reader *reader;
        char path[BLUETOOTH_PATH_MAX];
        struct profile *profile;
        int fd; /* -1: not open yet */
        sd_event_source *io;
        uint64_t end;
        uint8_t service;
        struct headset_reading reading, sent;
        union {
                struct fast_pair fast_pair;
                struct mdr mdr;
        } u;
};

struct headset_reader {
        struct bluetooth_source *source;
        sd_event_source *timer;
        bool fast_pair;
        enum own_protocol own_protocol;
        struct conversation *conversation; /* NULL: no channel is open */
        struct asker *askers;
};

static void go_on(struct headset_reader *r);

static struct bluez_device *find_device(const struct bluetooth_source *s, const char *path) {
        for (size_t i = 0; i < s->n_devices; i++)
                if (strcmp(s->devices[i]->path, path) == 0)
                        return s->devices[i];
        return NULL;
}

/* Conversations with headsets. */

static void emit(struct conversation *s) {
        struct event e = { .type = EVENT_HEADSET_READING, .time = moment_now(), .u.headset_reading = s->reading };
        struct bluetooth_source *b = s->reader->source;

        if (memcmp(&s->sent, &s->reading, sizeof(s->sent)) == 0)
                return;
        s->sent = s->reading;
        b->emit(b->userdata, &e);
}

static struct conversation *conversation_free(struct conversation *s) {
        if (!s)
                return NULL;
        sd_event_source_disable_unref(s->io);
        if (s->fd >= 0)
                close(s->fd);
        profile_close(s->profile);
        free(s);
        return NULL;
}

/* After a plug, a headset that reports that it does not charge is read once more. Sony's protocol is used again only if the
 * configuration allows it without a question: who gave leave gave it once. A conversation that began before the plug does not
 * count: the one after it is planned already, and is earlier. */
static void plan_again(struct headset_reader *r, const struct conversation *s) {
        struct bluez_device *d = find_device(r->source, s->path);

        if (!d || !d->plan.again || d->plan.due != 0 || s->reading.outcome != READING_TOLD)
                return;
        if (s->service != SERVICE_FAST_PAIR && r->own_protocol != OWN_PROTOCOL_ON)
                return;
        d->plan.again = false;
        if (s->reading.parts[BATTERY_WHOLE].charging != CHARGING_NO)
                return;
        d->plan.due = moment_now().at + AGAIN_USEC;
        d->plan.pending = s->service;
}

/* Ends a conversation. The outcome applies unless the headset reported something. */
static void finish(struct conversation *s, enum reading_outcome outcome) {
        struct headset_reader *r = s->reader;

        if (s->reading.outcome != READING_TOLD)
                s->reading.outcome = outcome;
        r->conversation = NULL;
        emit(s);
        plan_again(r, s);
        conversation_free(s);
        go_on(r);
}

static bool is_over(const struct conversation *s) {
        return s->service == SERVICE_FAST_PAIR ? s->u.fast_pair.over : s->u.mdr.over;
}

static uint64_t deadline_of(const struct conversation *s) {
        uint64_t deadline = s->fd < 0                         ? s->end
                            : s->service == SERVICE_FAST_PAIR ? s->u.fast_pair.deadline
                                                              : mdr_deadline(&s->u.mdr);

        return deadline < s->end ? deadline : s->end;
}

/* The only function that writes to a headset. A message that is not on the list for its generation is not sent and ends the
 * conversation. */
static void send_to_headset(void *userdata, enum mdr_generation generation, const uint8_t *frame, size_t size) {
        struct conversation *s = userdata;

        if (!mdr_may_send(generation, frame, size)) {
                log_error("A frame for a headset is not on the list of what may be sent; it was not sent.");
                s->u.mdr.over = true;
                return;
        }
        if (write(s->fd, frame, size) != (ssize_t) size)
                s->u.mdr.over = true;
}

static void receive(struct conversation *s, const uint8_t *bytes, size_t size) {
        uint64_t now = moment_now().at;

        if (s->service == SERVICE_FAST_PAIR)
                fast_pair_receive(&s->u.fast_pair, bytes, size, now);
        else
                mdr_receive(&s->u.mdr, bytes, size, now);
        if (s->reading.outcome == READING_TOLD)
                emit(s);
}

static int on_io(sd_event_source *source, int fd, uint32_t events, void *userdata) {
        struct conversation *s = userdata;
        struct headset_reader *r = s->reader;
        uint8_t bytes[512];
        ssize_t n = 0;

        for (unsigned i = 0; i < READS_PER_TURN && !is_over(s); i++) {
                n = read(fd, bytes, sizeof(bytes));
                if (n <= 0)
                        break;
                receive(s, bytes, (size_t) n);
        }
        if (is_over(s))
                finish(s, READING_SILENT);
        else if (n == 0 || (n < 0 && errno != EAGAIN && errno != EINTR))
                finish(s, READING_LOST);
        else
                go_on(r);
        return 0;
}

static void on_opened(void *userdata, int fd) {
        struct conversation *s = userdata;
        struct headset_reader *r = s->reader;
        uint64_t now = moment_now().at;
        char address[sizeof(s->reading.address)];

        memcpy(address, s->reading.address, sizeof(address));
        s->fd = fd;
        if (s->service == SERVICE_FAST_PAIR)
                fast_pair_begin(&s->u.fast_pair, &s->reading, now);
        else
                mdr_begin(&s->u.mdr, &s->reading, send_to_headset, s, now);
        memcpy(s->reading.address, address, sizeof(address));
        if (is_over(s) || sd_event_add_io(sd_bus_get_event(r->source->bus), &s->io, fd, EPOLLIN, on_io, s) < 0)
                finish(s, READING_LOST);
        else
                go_on(r);
}

static void on_failed(void *userdata, enum reading_outcome outcome) {
        finish(userdata, outcome);
}

static void on_ended(void *userdata) {
        finish(userdata, READING_LOST);
}

static int begin(struct headset_reader *r, const struct bluez_device *d, uint8_t service) {
        struct conversation *s = calloc(1, sizeof(*s));
        const struct profile_listener listener = { .opened = on_opened, .failed = on_failed, .ended = on_ended, .userdata = s };
        int k;

        if (!s)
                return -ENOMEM;
        *s = (struct conversation){ .reader = r, .fd = -1, .service = service, .end = moment_now().at + CONVERSATION_USEC };
        reading_clear(&s->reading, service == SERVICE_FAST_PAIR ? BATTERY_BY_FAST_PAIR : BATTERY_BY_MDR);
        snprintf(s->path, sizeof(s->path), "%s", d->path);
        snprintf(s->reading.address, sizeof(s->reading.address), "%s", d->address);
        k = profile_open(&r->source->bluez, d->path, service_uuid(service), &listener, &s->profile);
        if (k < 0) {
                conversation_free(s);
                return k;
        }
        r->conversation = s;
        return 0;
}

/* Planning: what is to be read, and when. */

static uint8_t take_pending(struct bluez_device *d) {
        uint8_t service = d->plan.pending & SERVICE_FAST_PAIR ? SERVICE_FAST_PAIR
                          : d->plan.pending & SERVICE_MDR_V2  ? SERVICE_MDR_V2
                                                              : d->plan.pending;
        uint64_t now = moment_now().at;

        if (service == SERVICE_FAST_PAIR) {
                d->plan.fast_pair_at = now;
                d->plan.pending &= (uint8_t) ~SERVICE_FAST_PAIR;
        } else {
                d->plan.mdr_at = now;
                d->plan.pending = 0;
        }
        if (d->plan.pending == 0)
                d->plan.due = 0;
        return service;
}

/* Returns the headset whose reading has been due for longest. */
static struct bluez_device *next_device(const struct headset_reader *r) {
        struct bluez_device *first = NULL;

        for (size_t i = 0; i < r->source->n_devices; i++) {
                struct bluez_device *d = r->source->devices[i];

                if (d->plan.due != 0 && (!first || d->plan.due < first->plan.due))
                        first = d;
        }
        return first;
}

static void answer_askers(struct headset_reader *r, int result) {
        while (r->askers) {
                struct asker *a = r->askers;

                r->askers = a->next;
                a->done(a->userdata, result);
                free(a);
        }
}

static int on_timer(sd_event_source *source, uint64_t usec, void *userdata) {
        struct headset_reader *r = userdata;
        struct conversation *s = r->conversation;
        uint64_t now = moment_now().at;

        if (s && now >= s->end) {
                finish(s, s->fd < 0 ? READING_REFUSED : READING_SILENT);
                return 0;
        }
        if (s && s->fd >= 0 && s->service == SERVICE_FAST_PAIR)
                fast_pair_wait_over(&s->u.fast_pair, now);
        else if (s && s->fd >= 0)
                mdr_wait_over(&s->u.mdr, now);
        if (s && s->fd >= 0 && is_over(s))
                finish(s, READING_SILENT);
        else
                go_on(r);
        return 0;
}

static void arm(struct headset_reader *r, uint64_t when) {
        sd_event *event = sd_bus_get_event(r->source->bus);

        if (when == 0) {
                if (r->timer)
                        (void) sd_event_source_set_enabled(r->timer, SD_EVENT_OFF);
                return;
        }
        if (!r->timer)
                (void) sd_event_add_time(event, &r->timer, CLOCK_MONOTONIC, when, SECOND / 100, on_timer, r);
        else if (sd_event_source_set_time(r->timer, when) >= 0)
                (void) sd_event_source_set_enabled(r->timer, SD_EVENT_ONESHOT);
}

/* Starts with the next headset if no channel is open, and arms the timer for the first one that is due. */
static void go_on(struct headset_reader *r) {
        uint64_t now = moment_now().at;
        struct bluez_device *d;

        while (!r->conversation && (d = next_device(r)) && d->plan.due <= now)
                (void) begin(r, d, take_pending(d));
        if (r->conversation) {
                arm(r, deadline_of(r->conversation));
                return;
        }
        d = next_device(r);
        arm(r, d ? d->plan.due : 0);
        answer_askers(r, 0);
}

static void plan(struct bluez_device *d, uint8_t services, uint64_t when) {
        if (services == 0)
                return;
        d->plan.pending |= services;
        if (d->plan.due == 0 || when < d->plan.due)
                d->plan.due = when;
}

static bool is_older(uint64_t when, uint64_t span) {
        return when == 0 || moment_now().at - when >= span;
}

/* If both generations of the service are listed, the newer one is used. */
static uint8_t own_protocol_of(const struct bluez_device *d) {
        return d->services & SERVICE_MDR_V2 ? SERVICE_MDR_V2 : d->services & SERVICE_MDR_V1;
}

bool headset_reader_may_ask(const struct headset_reader *r, const struct bluez_device *d) {
        return r && r->own_protocol != OWN_PROTOCOL_OFF && d->connected && d->paired && own_protocol_of(d) != 0;
}

/* Returns what may be read because of an event. */
static uint8_t services_on_event(const struct headset_reader *r, const struct bluez_device *d) {
        uint8_t services = 0;

        if (!d->connected || !d->paired)
                return 0;
        if (r->fast_pair)
                services |= d->services & SERVICE_FAST_PAIR;
        if (r->own_protocol == OWN_PROTOCOL_ON && is_older(d->plan.mdr_at, MDR_AGAIN_USEC))
                services |= own_protocol_of(d);
        return services;
}

/* Returns what may be read because a client asks. */
static uint8_t services_on_question(const struct headset_reader *r, const struct bluez_device *d, bool own_protocol) {
        uint8_t services = services_on_event(r, d);

        if (!is_older(d->plan.fast_pair_at, FRESH_USEC))
                services &= (uint8_t) ~SERVICE_FAST_PAIR;
        if (own_protocol && headset_reader_may_ask(r, d) && is_older(d->plan.mdr_at, MDR_ASKED_AGAIN_USEC))
                services |= own_protocol_of(d);
        return services;
}

void headset_reader_look(struct headset_reader *r, struct bluez_device *d, bool was_connected) {
        if (!r)
                return;
        if (!d->connected) {
                d->plan.due = 0;
                d->plan.pending = 0;
                headset_reader_lost(r, d->path);
                return;
        }
        /* The list of services may arrive after the link. */
        if (!was_connected || (d->services & SERVICE_FAST_PAIR && d->plan.fast_pair_at == 0 && d->plan.due == 0))
                plan(d, services_on_event(r, d), moment_now().at + AFTER_CONNECT_USEC);
        go_on(r);
}

void headset_reader_lost(struct headset_reader *r, const char *path) {
        if (r && r->conversation && (!path || strcmp(r->conversation->path, path) == 0))
                finish(r->conversation, READING_LOST);
}

void bluetooth_source_note_plug(struct bluetooth_source *s) {
        uint64_t now = moment_now().at;

        if (!s->reader)
                return;
        for (size_t i = 0; i < s->n_devices; i++) {
                struct bluez_device *d = s->devices[i];
                /* A plug with a bad contact comes and goes repeatedly. */
                uint64_t least = d->plan.fast_pair_at == 0 ? 0 : d->plan.fast_pair_at + LEAST_USEC;
                uint64_t when = now + AFTER_PLUG_USEC;

                d->plan.again = true;
                plan(d, services_on_event(s->reader, d), when > least ? when : least);
        }
        go_on(s->reader);
}

static int add_asker(struct headset_reader *r, bluetooth_read_done *done, void *userdata) {
        struct asker *a;
        unsigned n = 0;

        for (a = r->askers; a; a = a->next)
                n++;
        if (n >= ASKERS_MAX)
                return -EBUSY;
        a = calloc(1, sizeof(*a));
        if (!a)
                return -ENOMEM;
        *a = (struct asker){ .next = r->askers, .done = done, .userdata = userdata };
        r->askers = a;
        return 0;
}

void bluetooth_source_read(struct bluetooth_source *s, const char *address, bool own_protocol, bluetooth_read_done *done,
                           void *userdata) {
        struct headset_reader *r = s->reader;
        int k = !r || !s->bluez.ready ? -ENOTCONN : add_asker(r, done, userdata);

        if (k < 0) {
                done(userdata, k);
                return;
        }
        for (size_t i = 0; i < s->n_devices; i++)
                if (!address || strcmp(s->devices[i]->address, address) == 0)
                        plan(s->devices[i], services_on_question(r, s->devices[i], own_protocol), moment_now().at);
        go_on(r);
}

void bluetooth_source_set_reading(struct bluetooth_source *s, bool fast_pair, enum own_protocol own_protocol) {
        struct headset_reader *r = s->reader;

        if (!r || (r->fast_pair == fast_pair && r->own_protocol == own_protocol))
                return;
        r->fast_pair = fast_pair;
        r->own_protocol = own_protocol;
        for (size_t i = 0; i < s->n_devices; i++) {
                s->devices[i]->plan = (struct reading_plan){ .fast_pair_at = s->devices[i]->plan.fast_pair_at,
                                                             .mdr_at = s->devices[i]->plan.mdr_at };
                plan(s->devices[i], services_on_event(r, s->devices[i]), moment_now().at + AFTER_CONNECT_USEC);
                bluetooth_tell(s, s->devices[i]->address); /* whether it may be asked */
        }
        go_on(r);
}

int headset_reader_new(struct bluetooth_source *source, struct headset_reader **ret) {
        struct headset_reader *r = calloc(1, sizeof(*r));

        if (!r)
                return -ENOMEM;
        *r = (struct headset_reader){ .source = source, .fast_pair = true, .own_protocol = OWN_PROTOCOL_ASK };
        *ret = r;
        return 0;
}

struct headset_reader *headset_reader_free(struct headset_reader *r) {
        if (!r)
                return NULL;
        conversation_free(r->conversation);
        answer_askers(r, -ECANCELED);
        sd_event_source_disable_unref(r->timer);
        free(r);
        return NULL;
}
