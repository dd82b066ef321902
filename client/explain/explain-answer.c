/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Explain: the answer, one subject after another.
 */
#include <stdio.h>

#include "client/explain/explain-headset.h"
#include "client/explain/explain.h"
#include "common/finding-json.h"
#include "client/show/show.h"

static const char *state_name(const struct port *p) {
        if (hub_is_silent(p))
                return "failed";
        if (p->present)
                return "enumerated";
        switch (p->link.state) {
        case LINK_IDENTIFIED:
                return "enumerated";
        case LINK_FAILED:
                return "failed";
        case LINK_GONE:
                return "disconnected";
        default:
                return "unknown";
        }
}

/* A finding about a hub is not a finding about an empty port behind it. */
static bool has_own_finding(const struct diagnosis *d) {
        for (size_t i = 0; i < d->findings.n; i++)
                if (finding_segment(d->findings.items[i].code) != SEGMENT_HUB)
                        return true;
        return false;
}

/* Root hubs belong to the computer; a place that is only above another one was not named in the log. */
static bool is_worth_telling(const struct port *p, const struct diagnosis *d) {
        if (has_own_finding(d))
                return true;
        return p->address.depth > 0 && (p->present || p->known || p->link.state != LINK_EMPTY || p->over_currents > 0);
}

static struct json_object *subject_new(const char *name) {
        struct json_object *o = json_object_new_object();

        json_object_object_add(o, "subject", json_object_new_string(name));
        return o;
}

static void add_id(struct json_object *o, const char *key, uint16_t id, bool known) {
        char text[8];

        snprintf(text, sizeof text, "%04x", id);
        json_object_object_add(o, key, known ? json_object_new_string(text) : NULL);
}

static void add_device(struct json_object *o, const struct device_facts *d, bool known) {
        bool named = known && d->vendor != 0;

        add_id(o, "vid", d->vendor, named);
        /* A truncated line may contain the vendor alone. */
        add_id(o, "pid", d->product, named && d->product != 0);
        json_object_object_add(o, "product", known ? json_text_or_null(d->name) : NULL);
}

static struct json_object *port_subject(const struct port *p, const struct diagnosis *d) {
        char name[ADDRESS_NAME_MAX];
        struct json_object *o = subject_new(address_device_name(&p->address, name));

        add_device(o, &p->device, p->present || p->known);
        json_object_object_add(o, "state", json_object_new_string(state_name(p)));
        if (p->over_currents > 0)
                json_object_object_add(o, "over_currents", json_object_new_int64(p->over_currents));
        json_object_object_add(o, "findings", findings_to_json(&d->findings));
        return o;
}

void explain_add_nameless(struct json_object *list, const char *name, const struct diagnosis *d) {
        static const struct device_facts nothing;
        struct json_object *o;

        if (d->findings.n == 0)
                return;
        o = subject_new(name);
        add_device(o, &nothing, false);
        json_object_object_add(o, "state", json_object_new_string("unknown"));
        json_object_object_add(o, "findings", findings_to_json(&d->findings));
        json_object_array_add(list, o);
}

/* Several faulty devices behind one hub have it in their path. It is reported with the first of them, and with every headset.
 * `told`: for each port, whether it is reported there. */
static void report_hub_once(const struct model *m, size_t port, struct findings *list, bool told[static MODEL_PORTS_MAX]) {
        const struct port *p = m->ports[port];

        told[port] = findings_find(list, HUB_IN_PATH);
        if (!told[port] || port_has_headset(p))
                return;
        for (size_t i = 0; i < port; i++)
                if (told[i] && m->ports[i]->hub == p->hub) {
                        told[port] = false;
                        findings_drop(list, HUB_IN_PATH);
                        return;
                }
}

struct json_object *explain_answer(const struct model *m) {
        struct json_object *answer = json_api_object(), *subjects = json_object_new_array();
        bool told[MODEL_PORTS_MAX] = {};
        struct diagnosis d = {};

        diagnose_host(m, true, &d);
        explain_add_nameless(subjects, "host", &d);
        for (size_t i = 0; i < m->n_controllers; i++) {
                diagnose_controller(m, &m->controllers[i], true, &d);
                explain_add_nameless(subjects, m->controllers[i].name, &d);
        }
        for (size_t i = 0; i < m->n_ports; i++) {
                explain_diagnose_port(m, m->ports[i], &d);
                report_hub_once(m, i, &d.findings, told);
                if (is_worth_telling(m->ports[i], &d))
                        json_object_array_add(subjects, port_subject(m->ports[i], &d));
        }
        explain_add_connectors(subjects, m);
        explain_add_headsets(subjects, m);
        diagnosis_clear(&d);
        json_object_object_add(answer, "subjects", subjects);
        return answer;
}

bool explain_needs_action(struct json_object *answer) {
        struct json_object *subjects = json_list(answer, "subjects");

        for (size_t i = 0; i < json_length(subjects); i++)
                if (findings_need_action(json_list(json_object_array_get_idx(subjects, i), "findings")))
                        return true;
        return false;
}
