/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Applies the messages of the kernel log to the model. Wording and timing are those of kernel drivers/usb/core/hub.c.
 */

#include "model/model-internal.h"
#include "model/path.h"

#include <stddef.h>
#include <string.h>

/* Several devices that are reset within this time indicate a resume and not several bad links. */
#define RESET_TOGETHER_USEC (2 * SECOND)

static void mark_power_lost(struct link *l) {
        l->slept = true;
        l->power_lost_in_sleep = true;
}

/* A log may begin in the middle of a fault. A disconnect or a reset shows that the device was there before, so what was logged in
 * between concerns this device. */
static void note_was_there(struct model *m, struct port *p, struct moment now) {
        struct link *l = &p->link;

        if (p->address.depth == 0 || (l->state != LINK_EMPTY && !l->unannounced))
                return;
        if (l->state == LINK_EMPTY)
                link_identified(l, now, 0);
        l->unannounced = false;
        sleep_note_was_there(m, l);
        for (const struct port *root = p->hub; root; root = root->hub)
                if (root->address.depth == 0 && root->link.power_lost_in_sleep)
                        mark_power_lost(l);
        for (unsigned i = 0; i < p->unclaimed.n; i++)
                link_over_current(l, p->unclaimed.last[i], p->unclaimed_stood);
        p->unclaimed = (struct moments){};
        p->unclaimed_stood = false;
}

static void note_over_current(struct model *m, struct port *p, const struct event *e) {
        if (e->u.kernel.message == KERNEL_OVER_CURRENT_CHANGE && e->u.kernel.number > p->over_current_changes)
                p->over_current_changes = e->u.kernel.number;
        port_over_current(m, p, e, e->u.kernel.message == KERNEL_OVER_CURRENT);
}

/* Forgets the previous device. The texts are large and this is called twice for each plug in a log, so only their first letters
 * are cleared. */
static void begin_device(struct device_facts *d, enum usb_speed speed) {
        memset(d, 0, offsetof(struct device_facts, name));
        d->name[0] = d->manufacturer[0] = d->serial[0] = d->controller[0] = d->mark[0] = d->id_path[0] = '\0';
        d->facts = (struct model_facts){};
        d->speed = speed;
        d->active_configuration = -1;
        d->authorized = UNKNOWN;
}

/* Until udev reports the device, the log is the only source for its identity. */
static void note_found(struct port *p, const struct event *e) {
        for (struct port *hub = p->hub; hub; hub = hub->hub)
                hub->link.hub_errors = 0;
        link_identified(&p->link, e->time, e->u.kernel.log_usec);
        link_note_device(&p->link, e->u.kernel.vendor, e->u.kernel.product, "");
        if (p->present)
                return;
        p->known = true;
        begin_device(&p->device, p->device.speed);
        p->device.vendor = e->u.kernel.vendor;
        p->device.product = e->u.kernel.product;
        p->attached = e->time;
        p->hub_ports = 0;
}

static void copy_text(char *to, const struct port *p, const char *text) {
        if (!p->present && p->known)
                memcpy(to, text, strlen(text) + 1);
}

/* The line follows that with the ids, so a replaced device has been taken for the one before it until now. */
static void note_serial(struct model *m, struct port *p, const struct event *e) {
        if (link_note_serial(&p->link, (uint16_t) e->u.kernel.number))
                session_note_replaced(m, p);
}

static void note_reset(struct model *m, struct port *p, struct moment now) {
        note_was_there(m, p, now);
        bool together = m->reset_port && m->reset_port != p && moment_follows(m->reset_at, now, RESET_TOGETHER_USEC);

        if (together) {
                struct moments *first = &m->reset_port->link.resets;
                const struct moment *newest = moments_newest(first);

                note_wake(m, now);
                /* The first reset was counted as a bad link. */
                if (newest && newest->at == m->reset_at.at) {
                        first->n--;
                        first->total--;
                }
        }
        link_reset(&p->link, now, model_is_waking(m, now));
        m->reset_port = p;
        m->reset_at = now;
}

static void note_root_hub_lost_power(struct model *m, const struct event *e) {
        struct port *root = model_port(m, &e->where);

        note_wake(m, e->time);
        /* For devices that appear in the log only later. */
        if (root)
                root->link.power_lost_in_sleep = true;
        for (size_t i = 0; i < m->n_ports; i++) {
                struct port *p = m->ports[i];

                if (p->address.bus == e->where.bus && p->address.depth > 0 && p->link.state == LINK_IDENTIFIED)
                        mark_power_lost(&p->link);
        }
}

static void note_resume_failed(struct model *m, struct port *p, struct moment now) {
        note_was_there(m, p, now);
        p->link.resume_failed = true;
        if (model_is_waking(m, now))
                mark_power_lost(&p->link);
        else
                moments_add(&p->link.resume_failures, now);
        p->link.last_line = now;
}

static void note_auto_suspend(struct model *m, struct port *p, struct moment now) {
        note_was_there(m, p, now);
        p->link.autosuspended = p->link.autosuspend_seen = true;
        p->link.autosuspend_at = now;
}

/* Handles messages about a device in use. They show that it is present, even if the log does not show its arrival. */
static void note_configuration(struct port *p, const struct event *e) {
        struct link *l = &p->link;

        if (l->state == LINK_EMPTY || l->state == LINK_GONE)
                link_identified(l, e->time, 0);
        l->last_line = e->time;
        switch (e->u.kernel.message) {
        case KERNEL_POWER_REJECTED:
                l->power_rejected = true;
                break;
        case KERNEL_NO_CONFIG:
                l->no_config = true;
                break;
        case KERNEL_SET_CONFIG_FAILED:
                l->set_config_failed = true;
                if (e->u.kernel.number != 0)
                        l->last_errno = e->u.kernel.number;
                break;
        case KERNEL_NOT_AUTHORIZED:
                l->not_authorized = true;
                break;
        case KERNEL_AUTHORIZED:
                l->not_authorized = false;
                break;
        case KERNEL_OVER_BUDGET:
                l->over_budget_ma = e->u.kernel.milliamp;
                l->budget_ma = e->u.kernel.budget_ma;
                break;
        case KERNEL_NO_BANDWIDTH:
                l->no_bandwidth = true;
                break;
        case KERNEL_FIRMWARE_CHANGED:
                l->firmware_changes++;
                break;
        case KERNEL_HUB_REFUSED:
                l->hub_refused = true;
                break;
        case KERNEL_CONFIG_CHOSEN:
                if (l->state == LINK_TRYING)
                        link_identified(l, e->time, e->u.kernel.log_usec);
                break;
        default:
                break;
        }
}

/* A single failed request means little, and a request that fails because the hub has left means nothing. */
#define ERROR_GONE 19

static void note_hub_error(struct port *p, const struct event *e) {
        struct link *l = &p->link;

        if (p->address.depth == 0 || l->state == LINK_GONE || e->u.kernel.number == ERROR_GONE)
                return;
        link_driver(l, e->time);
        l->last_line = e->time;
        if (e->u.kernel.number != 0)
                l->last_errno = e->u.kernel.number;
        if (e->u.kernel.message == KERNEL_HUB_UNUSABLE)
                l->hub_unusable = true;
        else
                l->hub_errors++;
}

static void note_hub(struct port *p, const struct event *e) {
        if (p->address.depth > 0)
                link_driver(&p->link, e->time);
        switch (e->u.kernel.message) {
        case KERNEL_HUB_FOUND:
                if (!p->present)
                        p->device.device_class = 9;
                break;
        case KERNEL_HUB_PORTS:
                if (!p->present)
                        p->device.device_class = 9;
                p->hub_ports = e->u.kernel.number <= UINT8_MAX ? (uint8_t) e->u.kernel.number : 0;
                break;
        case KERNEL_HUB_POOR:
        case KERNEL_HUB_OVER_BUDGET:
                p->hub_poor = true;
                break;
        default:
                break;
        }
}

static void note_link_error(struct port *p, const struct event *e) {
        if (e->u.kernel.message == KERNEL_CANNOT_ENABLE || e->u.kernel.message == KERNEL_CANNOT_RESET)
                p->link.cannot_enable = true;
        link_error(&p->link, e->time, e->u.kernel.number);
        if (e->u.kernel.message == KERNEL_CANNOT_ENABLE)
                p->link.cannot_enable = true;
}

static void note_power_cycle(struct port *p, struct moment now) {
        if (p->link.state == LINK_EMPTY || p->link.state == LINK_GONE)
                link_error(&p->link, now, 0);
        p->link.power_cycled = true;
        p->link.last_line = now;
}

/* The devices below a hub leave with it. The kernel may log their disconnects after that of the hub, and a log may not contain
 * them. */
static void leave_with_hub(struct model *m, const struct port *hub, struct moment now, bool sleep) {
        if (!port_has_hub(hub) && !hub->has_children)
                return;
        for (size_t i = 0; i < m->n_ports; i++) {
                struct port *p = m->ports[i];

                if (!p->present && p->link.state != LINK_EMPTY && address_is_below(&p->address, &hub->address))
                        link_disconnected(&p->link, now, sleep);
        }
}

static void note_disconnect(struct model *m, struct port *p, struct moment now) {
        bool sleep = model_is_waking(m, now);

        note_was_there(m, p, now);
        if (sleep && p->link.state == LINK_IDENTIFIED)
                p->link.slept = true;
        link_disconnected(&p->link, now, sleep);
        leave_with_hub(m, p, now, sleep);
}

/* The kernel logs this only for a port with a device (hub.c port_event() checks port_dev->child). So the earlier tries have
 * succeeded, even when the kernel does not log new devices. */
static void note_emi(struct model *m, struct port *p, struct moment now) {
        struct link *l = &p->link;

        note_was_there(m, p, now);
        if (l->state == LINK_TRYING || (l->state == LINK_FAILED && !l->gave_up))
                link_identified(l, now, 0);
        moments_add(&l->emi, now);
        l->last_line = now;
}

static void note_debounce(struct link *l, struct moment now) {
        moments_add(&l->debounce, now);
        l->last_line = now;
}

/* Returns true when the contact that broke was that of the hub or of a hub above it. */
static bool came_with_hub(const struct port *p) {
        for (const struct port *hub = p->hub; hub; hub = hub->hub)
                if (hub->link.connect.at != 0 && hub->link.connect.at >= p->link.since.at)
                        return true;
        return false;
}

/* With another speed it may be another device, so the earlier failures may not be its own. */
static void note_try_speed(struct link *l, enum usb_speed speed) {
        if (l->tries > 1 && l->failed_tries > 0 && l->try_speed != SPEED_UNKNOWN && speed != SPEED_UNKNOWN &&
            l->try_speed != speed)
                l->speed_changed = true;
        l->try_speed = (uint8_t) speed;
}

static void note_connect(struct port *p, const struct event *e) {
        link_connect(&p->link, e->time, e->u.kernel.log_usec, came_with_hub(p));
        note_try_speed(&p->link, e->u.kernel.speed);
        /* A device behind the hub connects, so the hub is back. */
        for (struct port *hub = p->hub; hub; hub = hub->hub)
                if (hub->link.state == LINK_GONE && !hub->present)
                        link_identified(&hub->link, e->time, 0);
        p->has_children = false;
        if (p->present)
                return;
        p->known = false;
        begin_device(&p->device, e->u.kernel.speed);
}

/* Each of the following functions handles one kind of message and returns whether the message was of this kind. */

/* Arrival, identification and removal of a device. */
static bool apply_device_line(struct model *m, struct port *p, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_CONNECT:
                note_connect(p, e);
                return true;
        case KERNEL_FOUND:
                note_found(p, e);
                return true;
        case KERNEL_PRODUCT:
                copy_text(p->device.name, p, e->u.kernel.text);
                return true;
        case KERNEL_MANUFACTURER:
                copy_text(p->device.manufacturer, p, e->u.kernel.text);
                return true;
        case KERNEL_SERIAL:
                note_serial(m, p, e);
                return true;
        case KERNEL_DRIVER:
                link_driver(&p->link, e->time);
                return true;
        case KERNEL_DISCONNECT:
                note_disconnect(m, p, e->time);
                return true;
        default:
                return false;
        }
}

/* Errors between the port and its device. */
static bool apply_failure_line(struct model *m, struct port *p, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_READ_FAILED:
        case KERNEL_NO_ADDRESS:
        case KERNEL_NO_SETUP_ANSWER:
        case KERNEL_ENABLE_FAILED:
        case KERNEL_WRONG_DESCRIPTOR:
        case KERNEL_CANNOT_RESET:
        case KERNEL_CANNOT_ENABLE:
                note_link_error(p, e);
                return true;
        case KERNEL_CONFIG_UNREADABLE:
                link_config_failed(&p->link, e->time, e->u.kernel.number);
                return true;
        case KERNEL_GAVE_UP:
                link_gave_up(&p->link, e->time);
                return true;
        case KERNEL_DEBOUNCE_FAILED:
                note_debounce(&p->link, e->time);
                return true;
        case KERNEL_EMI:
                note_emi(m, p, e->time);
                return true;
        case KERNEL_RESET:
                note_reset(m, p, e->time);
                return true;
        default:
                return false;
        }
}

static bool apply_power_line(struct model *m, struct port *p, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_POWER_CYCLE:
                note_power_cycle(p, e->time);
                return true;
        case KERNEL_OVER_CURRENT:
        case KERNEL_OVER_CURRENT_CHANGE:
                note_over_current(m, p, e);
                return true;
        case KERNEL_AUTO_SUSPEND:
                note_auto_suspend(m, p, e->time);
                return true;
        case KERNEL_AUTO_RESUME:
                p->link.autosuspended = false;
                return true;
        case KERNEL_RESUME_FAILED:
                note_resume_failed(m, p, e->time);
                return true;
        default:
                return false;
        }
}

static bool apply_hub_line(struct model *m, struct port *p, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_HUB_FOUND:
        case KERNEL_HUB_PORTS:
        case KERNEL_HUB_POOR:
        case KERNEL_HUB_OVER_BUDGET:
                note_hub(p, e);
                return true;
        case KERNEL_HUB_SILENT:
        case KERNEL_HUB_UNUSABLE:
                note_hub_error(p, e);
                return true;
        case KERNEL_HUB_OVER_CURRENT:
                hub_over_current(m, p, e);
                return true;
        default:
                return false;
        }
}

/* After a hub has left, messages about its ports are only the end of what the kernel was doing (hub.c hub_port_connect()). */
static bool is_of_a_hub_that_left(const struct port *p, const struct event *e) {
        bool gone = false;

        for (const struct port *hub = p->hub; hub; hub = hub->hub)
                gone |= hub->link.state == LINK_GONE;
        if (!gone || p->present)
                return false;
        switch (e->u.kernel.message) {
        case KERNEL_CONNECT:
        case KERNEL_FOUND:
        case KERNEL_DISCONNECT:
        case KERNEL_RESET:
                return false;
        default:
                return true;
        }
}

static void apply_port_line(struct model *m, struct port *p, const struct event *e) {
        if (is_of_a_hub_that_left(p, e))
                return;
        for (struct port *hub = p->hub; hub; hub = hub->hub)
                hub->has_children = true;
        if (apply_device_line(m, p, e) || apply_failure_line(m, p, e) || apply_power_line(m, p, e) || apply_hub_line(m, p, e))
                return;
        note_configuration(p, e);
}

/* Messages about the computer as a whole. */
static void apply_host_line(struct model *m, const struct event *e) {
        switch (e->u.kernel.message) {
        case KERNEL_SLEEP_ENTRY:
                sleep_by_log(m, e);
                break;
        case KERNEL_SLEEP_EXIT:
                sleep_over_by_log(m, e->time);
                break;
        case KERNEL_TYPEC_SILENT:
                typec_note_silent(m, e);
                break;
        case KERNEL_UNDER_VOLTAGE:
                m->under_voltage = e->time;
                m->under_voltage_seen = m->under_voltage_stands = true;
                break;
        case KERNEL_VOLTAGE_NORMAL:
                m->under_voltage_stands = false;
                break;
        default:
                break;
        }
}

struct port *model_apply_kernel(struct model *m, const struct event *e) {
        struct port *p;

        if (e->u.kernel.message == KERNEL_BOOT) {
                struct event boot = { .type = EVENT_BOOT, .time = e->time };

                return model_apply(m, &boot);
        }
        if (e->u.kernel.message == KERNEL_ROOT_HUB_LOST_POWER) {
                note_root_hub_lost_power(m, e);
                return NULL;
        }
        if (!e->u.kernel.has_where) {
                if (e->u.kernel.controller[0] != '\0')
                        controller_apply_line(m, e);
                else
                        apply_host_line(m, e);
                return NULL;
        }
        p = model_port(m, &e->where);
        if (p)
                apply_port_line(m, p, e);
        return p;
}
