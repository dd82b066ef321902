/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Connection: how the client reaches the daemon.
 */
#include "client/connection.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "client/show/progress.h"
#include "client/show/show.h"
#include "common/text.h"
#include "words/words.h"
#include "common/language.h"

/* sd-bus' own default is 25 s; a daemon that is being started answers within a second. */
#define CALL_TIMEOUT_USEC (25 * UINT64_C(1000000))

/* White space that is allowed around a value (RFC 8259, section 2). */
#define JSON_SPACE " \t\r\n"

static const char *bus_choice(void) {
        const char *choice = getenv("SONYCHARGE_BUS");

        return choice && *choice ? choice : "system";
}

static int open_address(const char *address, sd_bus **ret) {
        sd_bus *bus = NULL;
        int r;

        r = sd_bus_new(&bus);
        if (r >= 0)
                r = sd_bus_set_address(bus, address);
        if (r >= 0)
                r = sd_bus_set_bus_client(bus, true);
        if (r >= 0)
                r = sd_bus_start(bus);
        if (r < 0) {
                sd_bus_unref(bus);
                return r;
        }
        *ret = bus;
        return 0;
}

int bus_open(sd_bus **ret) {
        const char *choice = bus_choice();

        if (strcmp(choice, "system") == 0)
                return sd_bus_open_system(ret);
        if (strcmp(choice, "session") == 0)
                return sd_bus_open_user(ret);
        return open_address(choice, ret);
}

/* The command that starts the daemon on this bus; a static string. */
static const char *bus_start_command(void) {
        static char command[512];
        const char *choice = bus_choice();

        if (strcmp(choice, "system") == 0)
                return "systemctl start sonycharged";
        snprintf(command, sizeof command, "SONYCHARGE_BUS='%s' %s/libexec/sonycharged", choice, PREFIX);
        return command;
}

int bus_connect(sd_bus **ret) {
        const char *choice = bus_choice();
        int r = bus_open(ret);

        if (r >= 0)
                return STATUS_OK;
        complain(_("cannot reach the bus \"%s\" (%s); sonycharged is started with: %s"), choice, strerror(-r),
                 bus_start_command());
        return STATUS_NO_DAEMON;
}

static const char *bus_restart_command(void) {
        return strcmp(bus_choice(), "system") == 0 ? "systemctl restart sonycharged" : bus_start_command();
}

/* Returns whether the error means that the daemon is not running. */
static bool daemon_is_missing(const sd_bus_error *error, int r) {
        static const char *const names[] = {
                SD_BUS_ERROR_SERVICE_UNKNOWN,
                SD_BUS_ERROR_NAME_HAS_NO_OWNER,
                SD_BUS_ERROR_NO_REPLY,
                SD_BUS_ERROR_TIMEOUT,
                SD_BUS_ERROR_DISCONNECTED,
                SD_BUS_ERROR_NO_SERVER,
                "org.freedesktop.DBus.Error.TimedOut",
                "org.freedesktop.systemd1.NoSuchUnit",
                "org.freedesktop.systemd1.UnitMasked",
        };

        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
                if (sd_bus_error_has_name(error, names[i]))
                        return true;
        if (error && error->name && strncmp(error->name, "org.freedesktop.DBus.Error.Spawn.", 33) == 0)
                return true;
        return r == -ENOTCONN || r == -ECONNRESET || r == -ETIMEDOUT || r == -ESHUTDOWN || r == -EHOSTUNREACH ||
               r == -ECONNREFUSED;
}

bool bus_is_absent(const sd_bus_error *error) {
        return sd_bus_error_has_name(error, SD_BUS_ERROR_SERVICE_UNKNOWN) ||
               sd_bus_error_has_name(error, SD_BUS_ERROR_NAME_HAS_NO_OWNER);
}

int bus_complain(const sd_bus_error *error, int r) {
        bool named = error && sd_bus_error_is_set(error);
        const char *message = named && error->message ? error->message : strerror(-r);
        char safe[512];

        text_make_safe(safe, sizeof safe, message, strlen(message));
        if (daemon_is_missing(named ? error : NULL, r)) {
                complain(_("sonycharged does not answer (%s); start it with: %s"), safe, bus_start_command());
                return STATUS_NO_DAEMON;
        }
        if (sd_bus_error_has_name(error, SD_BUS_ERROR_UNKNOWN_METHOD))
                complain(_("the sonycharged that runs is another version (%s); start it anew: %s"), safe, bus_restart_command());
        else if (sd_bus_error_has_name(error, SD_BUS_ERROR_ACCESS_DENIED) ||
                 sd_bus_error_has_name(error, "org.sonycharge1.Error.NotAuthorized"))
                complain(_("%s; it is allowed to who sits at this computer, and with sudo"), safe);
        else
                complain("%s", safe);
        return STATUS_FAILED;
}

int bus_complain_answer(void) {
        complain(_("sonycharged gave an answer that is no JSON object"));
        return STATUS_FAILED;
}

/* Returns the timeout of a call in µs. */
static uint64_t bus_timeout(const struct options *o) {
        return o->timeout_usec > 0 && o->timeout_usec < CALL_TIMEOUT_USEC ? o->timeout_usec : CALL_TIMEOUT_USEC;
}

/* JSON_TOKENER_STRICT is not used: with it json-c 0.18 refuses every byte above 0x7f (its char is signed), and numbers beyond
 * 64 bits behave differently. The length is checked to ensure that nothing follows the object. */
struct json_object *parse_json_object(const char *text) {
        struct json_tokener *tokener = json_tokener_new();
        struct json_object *o;
        size_t len = strlen(text), end;

        if (!tokener || len >= INT32_MAX) {
                json_tokener_free(tokener);
                return NULL;
        }
        o = json_tokener_parse_ex(tokener, text, (int) len);
        end = json_tokener_get_parse_end(tokener);
        if (!json_object_is_type(o, json_type_object) || end + strspn(text + end, JSON_SPACE) != len) {
                json_object_put(o);
                o = NULL;
        }
        json_tokener_free(tokener);
        json_make_safe(o);
        json_into_language(o);
        return o;
}

struct answer {
        bool done;
        sd_bus_message *message;
};

static int on_answer(sd_bus_message *m, void *userdata, sd_bus_error *error) {
        struct answer *a = userdata;

        a->done = true;
        a->message = sd_bus_message_ref(m);
        return 0;
}

/* Processes the connection until the answer arrives; other messages are queued or dispatched. */
static int wait_for_answer(sd_bus *bus, struct answer *a, struct progress *p) {
        int r = 1;

        while (!a->done && r >= 0) {
                r = sd_bus_process(bus, NULL);
                if (r != 0)
                        continue;
                progress_say(p, _("waiting for sonycharged to answer (%u s)"), progress_seconds(p));
                r = sd_bus_wait(bus, UINT64_C(1000000));
        }
        return r < 0 && !a->done ? r : 0;
}

static int call_with_progress(sd_bus *bus, sd_bus_message *call, uint64_t timeout, struct progress *p, sd_bus_error *error,
                              sd_bus_message **reply) {
        struct answer answer = {};
        sd_bus_slot *slot = NULL;
        int r = sd_bus_call_async(bus, &slot, call, on_answer, &answer, timeout);

        if (r >= 0)
                r = wait_for_answer(bus, &answer, p);
        progress_end(p);
        sd_bus_slot_unref(slot);
        if (r >= 0 && sd_bus_message_is_method_error(answer.message, NULL))
                r = sd_bus_error_copy(error, sd_bus_message_get_error(answer.message));
        else if (r >= 0) {
                *reply = answer.message;
                return 0;
        }
        sd_bus_message_unref(answer.message);
        return r;
}

int bus_call(const struct options *o, sd_bus *bus, sd_bus_message *call, sd_bus_error *error, sd_bus_message **reply) {
        struct progress progress;
        int r = o->no_start ? sd_bus_message_set_auto_start(call, false) : 0;

        if (r < 0)
                return r;
        progress_begin(&progress, o);
        if (!progress.wanted || sd_bus_get_current_message(bus)) /* sd-bus does not run callbacks from inside a callback */
                return sd_bus_call(bus, call, bus_timeout(o), error, reply);
        return call_with_progress(bus, call, bus_timeout(o), &progress, error, reply);
}

int bus_get_json(const struct options *o, sd_bus *bus, const char *method, const char *argument, struct json_object **ret) {
        _cleanup_message_ sd_bus_message *call = NULL, *reply = NULL;
        _cleanup_error_ sd_bus_error error = SD_BUS_ERROR_NULL;
        const char *text;
        int r;

        r = sd_bus_message_new_method_call(bus, &call, BUS_NAME, BUS_PATH, BUS_MANAGER, method);
        if (r >= 0 && argument)
                r = sd_bus_message_append(call, "s", argument);
        if (r >= 0)
                r = bus_call(o, bus, call, &error, &reply);
        if (sd_bus_error_has_name(&error, "org.sonycharge1.Error.NoSuchHeadset"))
                return STATUS_NOTHING;
        if (r < 0)
                return bus_complain(&error, r);
        r = sd_bus_message_read(reply, "s", &text);
        *ret = r < 0 ? NULL : parse_json_object(text);
        if (*ret)
                return STATUS_OK;
        return bus_complain_answer();
}

int bus_fetch_json(const struct options *o, const char *method, struct json_object **ret) {
        _cleanup_bus_ sd_bus *bus = NULL;
        int r = bus_connect(&bus);

        return r == STATUS_OK ? bus_get_json(o, bus, method, NULL, ret) : r;
}
