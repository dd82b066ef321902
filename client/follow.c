/* SPDX-License-Identifier: LGPL-2.1-or-later */
#include "client/follow.h"

#include <errno.h>
#include <string.h>
#include <time.h>

#include "client/connection.h"
#include "client/show/show.h"
#include "common/bus-name.h"
#include "common/language.h"

/* Changes come in bursts, such as a hub with its ports. The first one causes a request at once, the others are combined. The
 * kernel debounces a plug for 100 ms, so even a short connection is still seen. */
#define GATHER_USEC UINT64_C(50000)
#define ACCURACY_USEC 5000 /* the default of sd-event is 250 ms */
#define RETRY_USEC UINT64_C(1000000)

static void emit(struct follow *f, enum follow_event event) {
        f->listener(f->userdata, event);
}

static int new_question(sd_bus *bus, const char *method, sd_bus_message **ret) {
        int r = sd_bus_message_new_method_call(bus, ret, BUS_NAME, BUS_PATH, BUS_MANAGER, method);

        return r < 0 ? r : sd_bus_message_set_auto_start(*ret, false);
}

static void add_ports(struct json_object *to, struct json_object *from) {
        for (size_t i = 0; i < json_length(from); i++)
                json_object_array_add(to, json_object_get(json_object_array_get_idx(from, i)));
}

/* Combines all ports in one list: those of hubs and the Type-C connectors. */
static struct json_object *all_ports(struct json_object *answer) {
        struct json_object *list = json_object_new_array(), *hubs = json_list(answer, "hubs");

        for (size_t i = 0; i < json_length(hubs); i++)
                add_ports(list, json_list(json_object_array_get_idx(hubs, i), "ports"));
        add_ports(list, json_list(answer, "typec"));
        return list;
}

/* Takes ownership of the state. */
static void take(struct follow *f, struct json_object *state) {
        bool is_back = !f->present;

        f->before = f->state;
        f->state = state;
        f->present = true;
        if (is_back)
                emit(f, FOLLOW_BACK);
        if (is_back || !f->before || !json_object_equal(f->before, state))
                emit(f, FOLLOW_CHANGED);
        json_object_put(f->before);
        f->before = NULL;
}

static struct json_object *read_answer(sd_bus_message *m) {
        const char *text;

        if (sd_bus_message_is_method_error(m, NULL) || sd_bus_message_read(m, "s", &text) < 0)
                return NULL;
        return parse_json_object(text);
}

static void due(struct follow *f);

/* If the daemon is running but its answer is an error, the request is repeated after a pause. */
static void retry(struct follow *f) {
        if (!*bus_name_owner(f->name))
                return;
        f->asked = now_usec(CLOCK_MONOTONIC) + RETRY_USEC - GATHER_USEC;
        due(f);
}

/* A change that was signalled during the request may not be in the answer. */
static void end_of_question(struct follow *f) {
        bool again = f->again;

        f->again = false;
        if (again)
                due(f);
}

static int on_ports(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        _cleanup_json_ struct json_object *answer = read_answer(m);
        struct follow *f = userdata;
        struct json_object *status = TAKE_PTR(f->arrived);

        f->asking = sd_bus_slot_unref(f->asking);
        if (answer) {
                json_object_object_add(status, "ports", all_ports(answer));
                take(f, status);
                end_of_question(f);
                return 0;
        }
        json_object_put(status);
        retry(f);
        return 0;
}

static int ask(struct follow *f, const char *method, sd_bus_message_handler_t handler) {
        _cleanup_message_ sd_bus_message *call = NULL;
        int r = new_question(f->bus, method, &call);

        return r < 0 ? r : sd_bus_call_async(f->bus, &f->asking, call, handler, f, 0);
}

static int on_status(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct json_object *status = read_answer(m);
        struct follow *f = userdata;

        f->asking = sd_bus_slot_unref(f->asking);
        if (status && (f->flags & FOLLOW_PORTS)) {
                f->arrived = status;
                if (ask(f, "GetPorts", on_ports) >= 0)
                        return 0;
                json_object_put(TAKE_PTR(f->arrived));
        } else if (status) {
                take(f, status);
                end_of_question(f);
                return 0;
        }
        retry(f);
        return 0;
}

static int on_timer(sd_event_source *s, uint64_t usec, void *userdata) {
        struct follow *f = userdata;

        f->asked = now_usec(CLOCK_MONOTONIC);
        if (f->asks)
                (void) ask(f, "GetStatus", on_status);
        else
                emit(f, FOLLOW_DUE);
        return 0;
}

/* Requests the state at once, but not sooner than GATHER_USEC after the last request, and one request at a time. */
static void due(struct follow *f) {
        uint64_t now = now_usec(CLOCK_MONOTONIC), at = f->asked + GATHER_USEC;
        int enabled = SD_EVENT_OFF;

        if (f->asking)
                f->again = true;
        else if (sd_event_source_get_enabled(f->timer, &enabled) >= 0 && enabled == SD_EVENT_OFF) {
                (void) sd_event_source_set_time(f->timer, at > now ? at : now);
                (void) sd_event_source_set_enabled(f->timer, SD_EVENT_ONESHOT);
        }
}

static void go(struct follow *f) {
        f->asking = sd_bus_slot_unref(f->asking);
        json_object_put(TAKE_PTR(f->arrived));
        f->again = false;
        if (!f->present)
                return;
        f->present = false;
        emit(f, FOLLOW_GONE);
}

static void come_back(struct follow *f) {
        if (!f->asks) {
                f->present = true;
                emit(f, FOLLOW_BACK);
        }
        due(f);
}

/* If another daemon takes over the name at once, its state is requested as well. */
static void on_owner(void *userdata, const char *before, const char *owner) {
        struct follow *f = userdata;

        if (!before && f->present) /* that state is known already */
                return;
        if (before && *before)
                go(f);
        if (*owner)
                come_back(f);
}

static int on_signal(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct follow *f = userdata;

        if (bus_name_sent(f->name, m))
                due(f);
        return 0;
}

static int subscribe(struct follow *f) {
        int r = sd_event_add_time(f->event, &f->timer, CLOCK_MONOTONIC, UINT64_MAX, ACCURACY_USEC, on_timer, f);

        if (r >= 0)
                r = sd_event_source_set_enabled(f->timer, SD_EVENT_OFF);
        if (r >= 0)
                r = bus_name_follow(f->bus, BUS_NAME, on_owner, f, &f->name);
        if (r >= 0)
                r = sd_bus_add_match(f->bus, &f->signals, "type='signal',sender='" BUS_NAME "',path_namespace='" BUS_PATH "'",
                                     on_signal, f);
        return r;
}

int follow_signals(struct follow *f, sd_bus *bus, sd_event *event, follow_listener *listener, void *userdata) {
        *f = (struct follow){ .present = true, .listener = listener, .userdata = userdata };
        f->bus = sd_bus_ref(bus);
        f->event = sd_event_ref(event);
        return subscribe(f);
}

/* The first request is synchronous. */
static int call(struct follow *f, const char *method, sd_bus_error *error, struct json_object **ret) {
        _cleanup_message_ sd_bus_message *question = NULL, *reply = NULL;
        int r = new_question(f->bus, method, &question);

        if (r >= 0)
                r = sd_bus_call(f->bus, question, 0, error, &reply);
        if (r < 0)
                return r;
        *ret = read_answer(reply);
        return *ret ? 0 : -EBADMSG;
}

static int first_state(struct follow *f, sd_bus_error *error) {
        _cleanup_json_ struct json_object *status = NULL, *ports = NULL;
        int r = call(f, "GetStatus", error, &status);

        if (r >= 0 && (f->flags & FOLLOW_PORTS))
                r = call(f, "GetPorts", error, &ports);
        if (r < 0)
                return r;
        if (ports)
                json_object_object_add(status, "ports", all_ports(ports));
        f->state = TAKE_PTR(status);
        f->present = true;
        f->asked = now_usec(CLOCK_MONOTONIC);
        return 0;
}

int follow_state(struct follow *f, const struct options *o, enum follow_flags flags, int timed_out, follow_listener *listener,
                 void *userdata) {
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        int r;

        *f = (struct follow){ .flags = flags, .asks = true, .listener = listener, .userdata = userdata };
        r = bus_connect(&f->bus);
        if (r != STATUS_OK)
                return r;
        r = loop_new(f->bus, o->timeout_usec, timed_out, &f->event);
        if (r >= 0)
                r = subscribe(f);
        if (r >= 0)
                r = first_state(f, &error);
        if (r >= 0 || ((flags & FOLLOW_PATIENT) && bus_is_absent(&error)))
                return STATUS_OK;
        if (r != -EBADMSG)
                return bus_complain(&error, r);
        return bus_complain_answer();
}

void follow_tell(const struct options *o, enum follow_event event) {
        if (event == FOLLOW_GONE)
                tell(o, _("sonycharged went away; waiting for it to come back"));
        else if (event == FOLLOW_BACK)
                tell(o, _("sonycharged is back"));
}

int follow_run(struct follow *f) {
        int r = sd_event_loop(f->event);

        if (r >= 0)
                return r;
        complain(_("event loop: %s"), strerror(-r));
        return STATUS_FAILED;
}

void follow_done(struct follow *f) {
        bus_name_free(f->name);
        sd_bus_slot_unref(f->signals);
        sd_bus_slot_unref(f->asking);
        sd_event_source_disable_unref(f->timer);
        json_object_put(f->arrived);
        json_object_put(f->state);
        if (f->asks && f->bus && f->event)
                sd_bus_detach_event(f->bus);
        if (f->asks)
                sd_bus_flush_close_unref(f->bus);
        else
                sd_bus_unref(f->bus);
        sd_event_unref(f->event);
}
