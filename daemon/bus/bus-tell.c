/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* Methods that store a person's answers about a headset, and that look up a model. */

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "common/answer.h"
#include "daemon/bus/bus-internal.h"
#include "common/cleanup.h"
#include "hwdb/facts-json.h"
#include "common/finding-json.h"

#define TELL_ACTION "org.sonycharge1.tell"

#define ANSWERS_OF_ONE_CALL_MAX 64

/* An answer that is withdrawn is the empty string. */
static int read_answer(sd_bus_message *message, struct answers *t, sd_bus_error *error) {
        const char *name, *word;
        enum question q;

        int r = sd_bus_message_read(message, "{ss}", &name, &word);
        if (r <= 0)
                return r;
        q = question_from_name(name);
        if (q == _QUESTION_MAX)
                return sd_bus_error_setf(error, SD_BUS_ERROR_INVALID_ARGS, "There is no question \"%.40s\".", name);
        t->by_question[q] = *word ? (uint8_t) answer_from_word(q, word) : ANSWER_TAKEN_BACK;
        if (t->by_question[q] == 0)
                return sd_bus_error_setf(error, SD_BUS_ERROR_INVALID_ARGS, "\"%.40s\" is no answer to \"%s\".", word, name);
        return 1;
}

static int read_answers(sd_bus_message *message, struct answers *t, sd_bus_error *error) {
        int r = sd_bus_message_enter_container(message, 'a', "{ss}");

        /* The number is limited, because the message is kept while polkit is asked. */
        for (unsigned n = 0; r >= 0 && (r = read_answer(message, t, error)) > 0; n++)
                if (n == ANSWERS_OF_ONE_CALL_MAX)
                        return sd_bus_error_set(error, SD_BUS_ERROR_INVALID_ARGS,
                                                "These are more answers than there are questions.");
        return r < 0 ? r : sd_bus_message_exit_container(message);
}

static bool is_named(const struct object *o, const char *name, const char *slug) {
        char model[EVENT_NAME_MAX];

        if (*name == '\0' || strcmp(o->id, name) == 0)
                return true;
        model_slug(object_facts(o)->model, model, sizeof(model));
        return strcmp(model, slug) == 0;
}

int bus_find_headset(const struct bus *b, const char *name, const struct object **ret, sd_bus_error *error) {
        const struct registry *r = b->backend.registry;
        char slug[EVENT_NAME_MAX];
        unsigned n = 0;

        *ret = registry_find(r, OBJECT_HEADSET, name);
        if (*ret)
                return 0;
        model_slug(name, slug, sizeof(slug));
        for (size_t i = 0; i < r->n; i++)
                if (r->objects[i]->kind == OBJECT_HEADSET && is_named(r->objects[i], name, slug)) {
                        *ret = r->objects[i];
                        n++;
                }
        if (n > 1)
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "Several headsets fit, one has to be named by its id.");
        return 0;
}

static void tell_of_object(const struct object *o, struct answers *t) {
        snprintf(t->id, sizeof(t->id), "%s", o->id);
        t->facts = *object_facts(o);
        if (o->port)
                t->where = o->port->address;
        else if (o->typec)
                t->typec = (uint8_t) (o->typec->facts.number + 1);
}

/* Finds what the answers are about: a headset that is seen, or a model of which no headset is seen. */
static int find_whom(struct bus *b, const char *name, struct answers *t, sd_bus_error *error) {
        const struct object *o;
        int r = bus_find_headset(b, name, &o, error);

        if (r < 0)
                return r;
        if (o)
                tell_of_object(o, t);
        else if (*name && b->backend.find_model(b->backend.userdata, name, &t->facts))
                model_slug(t->facts.model, t->id, sizeof(t->id));
        else
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET,
                                        *name ? "There is no such headset, and no model of this name is known."
                                              : "There is no headset to speak of, it has to be named.");
        return 0;
}

static int read_tell(struct bus *b, sd_bus_message *message, struct answers *t, sd_bus_error *error) {
        const char *name;
        int r = sd_bus_message_read(message, "s", &name);

        if (r >= 0 && strlen(name) >= sizeof(t->id))
                return bus_refuse_options(-ENAMETOOLONG, error);
        if (r >= 0)
                r = read_answers(message, t, error);
        return r < 0 ? r : find_whom(b, name, t, error);
}

/* The headset may have left while polkit asked the user, so it is looked up again. */
static void tell_granted(struct bus *b, sd_bus_message *message, uint32_t uid, const char *id) {
        _cleanup_(sd_bus_error_free) sd_bus_error error = SD_BUS_ERROR_NULL;
        struct answers t = {};
        int r = sd_bus_message_rewind(message, true);

        if (r >= 0)
                r = read_tell(b, message, &t, &error);
        if (r < 0) {
                (void) sd_bus_reply_method_errno(message, r, &error);
                return;
        }
        b->backend.tell(b->backend.userdata, &t);
        (void) sd_bus_reply_method_return(message, NULL);
}

int bus_tell_answers(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;
        struct answers t = {};
        int r = read_tell(b, message, &t, error);

        return r < 0 ? r : bus_ask_permission(b, message, TELL_ACTION, tell_granted, NULL);
}

int bus_get_model(sd_bus_message *message, void *userdata, sd_bus_error *error) {
        struct bus *b = userdata;
        const struct object *o;
        struct model_facts facts;
        const char *name, *text;

        int r = sd_bus_message_read(message, "s", &name);
        if (r < 0)
                return r;
        o = registry_find(b->backend.registry, OBJECT_HEADSET, name);
        if (o)
                facts = *object_facts(o);
        else if (!*name || !b->backend.find_model(b->backend.userdata, name, &facts))
                return sd_bus_error_set(error, ERROR_NO_SUCH_HEADSET, "No model of this name is known.");
        _cleanup_(json_putp) struct json_object *answer = json_api_object();
        json_object_object_add(answer, "model", model_facts_to_json(&facts));
        text = json_object_to_json_string_ext(answer, JSON_C_TO_STRING_PLAIN);
        return text ? sd_bus_reply_method_return(message, "s", text) : -ENOMEM;
}
