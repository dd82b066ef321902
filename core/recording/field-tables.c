/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The keys of a recording. These names are stable: names may be added but never changed. */

#include <string.h>

#include "model/names.h"
#include "recording/fields.h"

#define NUMBER(type, key, member) \
        { key, FIELD_NUMBER, offsetof(type, member), sizeof(((type *) NULL)->member) }
#define PLAIN(type, kind, key, member) \
        { key, kind, offsetof(type, member), sizeof(((type *) NULL)->member) }
#define NAME(type, key, member, names) \
        { key, FIELD_NAME, offsetof(type, member), sizeof(((type *) NULL)->member), names }
#define OBJECT(type, key, member, fields) \
        { key, FIELD_OBJECT, offsetof(type, member), sizeof(((type *) NULL)->member), fields }

static const char *const event_names[] = {
        [EVENT_NONE] = "none",
        [EVENT_DEVICE] = "device",
        [EVENT_DEVICE_GONE] = "device-gone",
        [EVENT_CONFIGURED] = "configured",
        [EVENT_PORT] = "port",
        [EVENT_PORT_GONE] = "port-gone",
        [EVENT_POWER] = "power",
        [EVENT_OVER_CURRENT] = "over-current",
        [EVENT_KERNEL] = "kernel",
        [EVENT_LOG_LOST] = "log-lost",
        [EVENT_BOOT] = "boot",
        [EVENT_SOURCE] = "source",
        [EVENT_SETTLED] = "settled",
        [EVENT_TICK] = "tick",
        [EVENT_LINK] = "link",
        [EVENT_SLEEP] = "sleep",
        [EVENT_SWITCH] = "switch",
        [EVENT_TYPEC] = "typec",
        [EVENT_TYPEC_GONE] = "typec-gone",
        [EVENT_TYPEC_OBSERVED] = "typec-past",
        [EVENT_SESSION] = "session",
        [EVENT_STATISTICS] = "past",
        [EVENT_CABLE] = "cable",
        [EVENT_HEADSET] = "headset",
        [EVENT_HEADSET_GONE] = "headset-gone",
        [EVENT_HEADSET_OBSERVED] = "headset-past",
        [EVENT_HEADSET_READING] = "headset-reading",
        [EVENT_TESTER] = "tester",
        [EVENT_ANSWERS] = "told",
        [_EVENT_MAX] = NULL,
};

static const char *const speed_names[] = { "unknown", "low", "full", "high", "super", "super-plus", NULL };
static const char *const removable_names[] = { "unknown", "removable", "fixed", NULL };
static const char *const connect_names[] = { "unknown", "hotplug", "hardwired", "not-used", NULL };
static const char *const runtime_names[] = { "unknown", "active", "suspended", "other", NULL };

static const char *const end_names[] = { "open", "unplugged", "over-current", "asleep", "silent",
                                         "boot", "lost",      "identified",   NULL };

static const char *const message_names[] = {
        [KERNEL_NONE] = "none",
        [KERNEL_CONNECT] = "connect",
        [KERNEL_RESET] = "reset",
        [KERNEL_FOUND] = "found",
        [KERNEL_PRODUCT] = "product",
        [KERNEL_MANUFACTURER] = "manufacturer",
        [KERNEL_SERIAL] = "serial",
        [KERNEL_CONFIG_CHOSEN] = "config-chosen",
        [KERNEL_DRIVER] = "driver",
        [KERNEL_FIRMWARE_CHANGED] = "firmware-changed",
        [KERNEL_NO_BANDWIDTH] = "no-bandwidth",
        [KERNEL_HUB_SILENT] = "hub-silent",
        [KERNEL_HUB_UNUSABLE] = "hub-unusable",
        [KERNEL_DISCONNECT] = "disconnect",
        [KERNEL_LOGICAL_DISCONNECT] = "logical-disconnect",
        [KERNEL_READ_FAILED] = "read-failed",
        [KERNEL_NO_ADDRESS] = "no-address",
        [KERNEL_NO_SETUP_ANSWER] = "no-setup-answer",
        [KERNEL_ENABLE_FAILED] = "enable-failed",
        [KERNEL_WRONG_DESCRIPTOR] = "wrong-descriptor",
        [KERNEL_CONFIG_UNREADABLE] = "config-unreadable",
        [KERNEL_SET_CONFIG_FAILED] = "set-config-failed",
        [KERNEL_CANNOT_RESET] = "cannot-reset",
        [KERNEL_CANNOT_ENABLE] = "cannot-enable",
        [KERNEL_POWER_CYCLE] = "power-cycle",
        [KERNEL_GAVE_UP] = "gave-up",
        [KERNEL_DEBOUNCE_FAILED] = "debounce-failed",
        [KERNEL_EMI] = "emi",
        [KERNEL_OVER_CURRENT] = "over-current",
        [KERNEL_OVER_CURRENT_CHANGE] = "over-current-change",
        [KERNEL_HUB_OVER_CURRENT] = "hub-over-current",
        [KERNEL_HUB_FOUND] = "hub-found",
        [KERNEL_HUB_PORTS] = "hub-ports",
        [KERNEL_HUB_POOR] = "hub-poor",
        [KERNEL_HUB_REFUSED] = "hub-refused",
        [KERNEL_POWER_REJECTED] = "power-rejected",
        [KERNEL_NO_CONFIG] = "no-config",
        [KERNEL_OVER_BUDGET] = "over-budget",
        [KERNEL_HUB_OVER_BUDGET] = "hub-over-budget",
        [KERNEL_NOT_AUTHORIZED] = "not-authorized",
        [KERNEL_AUTHORIZED] = "authorized",
        [KERNEL_ROOT_HUB_LOST_POWER] = "root-hub-lost-power",
        [KERNEL_AUTO_SUSPEND] = "auto-suspend",
        [KERNEL_AUTO_RESUME] = "auto-resume",
        [KERNEL_RESUME_FAILED] = "resume-failed",
        [KERNEL_BUS_REGISTERED] = "bus-registered",
        [KERNEL_BUS_GONE] = "bus-gone",
        [KERNEL_CONTROLLER_DEAD] = "controller-dead",
        [KERNEL_CONTROLLER_FAILED] = "controller-failed",
        [KERNEL_CONTROLLER_REMOVED] = "controller-removed",
        [KERNEL_CONTROLLER_RESUME] = "controller-resume",
        [KERNEL_CONTROLLER_TIMEOUT] = "controller-timeout",
        [KERNEL_SLEEP_ENTRY] = "sleep-entry",
        [KERNEL_SLEEP_EXIT] = "sleep-exit",
        [KERNEL_UNDER_VOLTAGE] = "under-voltage",
        [KERNEL_VOLTAGE_NORMAL] = "voltage-normal",
        [KERNEL_BOOT] = "boot",
        [KERNEL_TYPEC_SILENT] = "typec-silent",
        [_KERNEL_MAX] = NULL,
};

static const struct field model_fields[] = {
        PLAIN(struct model_facts, FIELD_TEXT, "model", model),
        PLAIN(struct model_facts, FIELD_TEXT, "family", family),
        NUMBER(struct model_facts, "needed_ma", needed_ma),
        NUMBER(struct model_facts, "least_ma", least_ma),
        NUMBER(struct model_facts, "full_minutes", full_minutes),
        PLAIN(struct model_facts, FIELD_TRISTATE, "enumerates", enumerates),
        PLAIN(struct model_facts, FIELD_TRISTATE, "powers_down", powers_down),
        PLAIN(struct model_facts, FIELD_TRISTATE, "wireless", wireless),
        NUMBER(struct model_facts, "limit_percent", limit_percent),
        PLAIN(struct model_facts, FIELD_TEXT, "connector", connector),
        PLAIN(struct model_facts, FIELD_TEXT, "firmware", firmware),
        PLAIN(struct model_facts, FIELD_TEXT, "firmware_date", firmware_date),
        PLAIN(struct model_facts, FIELD_TEXT, "help", help),
        PLAIN(struct model_facts, FIELD_BOOL, "from_hwdb", from_hwdb),
        {},
};

static const struct field device_fields[] = {
        PLAIN(struct device_facts, FIELD_HEX, "vendor", vendor),
        PLAIN(struct device_facts, FIELD_HEX, "product", product),
        PLAIN(struct device_facts, FIELD_HEX, "bcd_device", bcd_device),
        NAME(struct device_facts, "speed", speed, speed_names),
        NUMBER(struct device_facts, "class", device_class),
        NUMBER(struct device_facts, "ports", max_child),
        { "configurations", FIELD_CONFIGURATIONS, 0, 0 },
        PLAIN(struct device_facts, FIELD_CONFIGURATION, "configuration", active_configuration),
        PLAIN(struct device_facts, FIELD_BOOL, "settled", settled),
        PLAIN(struct device_facts, FIELD_TRISTATE, "authorized", authorized),
        NAME(struct device_facts, "removable", removable, removable_names),
        PLAIN(struct device_facts, FIELD_TEXT, "name", name),
        PLAIN(struct device_facts, FIELD_TEXT, "manufacturer", manufacturer),
        PLAIN(struct device_facts, FIELD_SERIAL, "serial", serial),
        PLAIN(struct device_facts, FIELD_TEXT, "mark", mark),
        PLAIN(struct device_facts, FIELD_TEXT, "controller", controller),
        PLAIN(struct device_facts, FIELD_TEXT, "id_path", id_path),
        OBJECT(struct device_facts, "facts", facts, model_fields),
        {},
};

static const struct field port_fields[] = {
        NAME(struct port_facts, "connect_type", connect_type, connect_names),
        PLAIN(struct port_facts, FIELD_ADDRESS, "peer", peer),
        NUMBER(struct port_facts, "typec", typec),
        PLAIN(struct port_facts, FIELD_TEXT, "location", location),
        NUMBER(struct port_facts, "over_current_count", over_current_count),
        PLAIN(struct port_facts, FIELD_TRISTATE, "disabled", disabled),
        {},
};

static const char *const autosuspend_names[] = { "unknown", "udev", "write", NULL };

static const struct field power_fields[] = {
        NAME(struct power_facts, "by", by, autosuspend_names),     PLAIN(struct power_facts, FIELD_BOOL, "automatic", automatic),
        NAME(struct power_facts, "status", status, runtime_names), NUMBER(struct power_facts, "suspended_ms", suspended_ms),
        NUMBER(struct power_facts, "active_ms", active_ms),        {},
};

static const struct field kernel_fields[] = {
        NAME(struct kernel_facts, "message", message, message_names),
        PLAIN(struct kernel_facts, FIELD_TEXT, "controller", controller),
        NUMBER(struct kernel_facts, "log_usec", log_usec),
        NUMBER(struct kernel_facts, "number", number),
        NAME(struct kernel_facts, "speed", speed, speed_names),
        PLAIN(struct kernel_facts, FIELD_HEX, "vendor", vendor),
        PLAIN(struct kernel_facts, FIELD_HEX, "product", product),
        NUMBER(struct kernel_facts, "milliamp", milliamp),
        NUMBER(struct kernel_facts, "budget_ma", budget_ma),
        PLAIN(struct kernel_facts, FIELD_TEXT, "text", text),
        {},
};

static const struct field source_fields[] = {
        NAME(struct source_facts, "source", source, source_names),
        PLAIN(struct source_facts, FIELD_BOOL, "degraded", degraded),
        {},
};

static const char *const sleep_names[] = { "unknown", "s2idle", "standby", "s3", "hibernation", NULL };
static const char *const sleep_by_names[] = { "nobody", "clocks", "kernel-log", "logind", NULL };
static const char *const phase_names[] = { "watched", "begin", "end", NULL };

static const struct field sleep_fields[] = {
        NAME(struct sleep_facts, "phase", phase, phase_names),
        NAME(struct sleep_facts, "kind", kind, sleep_names),
        NUMBER(struct sleep_facts, "slept_usec", slept_usec),
        {},
};

static const char *const switch_names[] = { "sleep-power", "typec-data", NULL };

static const struct field switch_fields[] = {
        NAME(struct switch_facts, "kind", kind, switch_names),
        PLAIN(struct switch_facts, FIELD_TRISTATE, "on", on),
        PLAIN(struct switch_facts, FIELD_BOOL, "gone", gone),
        PLAIN(struct switch_facts, FIELD_TEXT, "name", name),
        PLAIN(struct switch_facts, FIELD_TEXT, "file", file),
        PLAIN(struct switch_facts, FIELD_TEXT, "value", value),
        {},
};

static const char *const power_role_names[] = { "unknown", "source", "sink", NULL };
static const char *const data_role_names[] = { "unknown", "host", "device", NULL };
static const char *const mode_names[] = { "unknown", "default", "1500", "3000", "pd", NULL };
static const char *const cable_names[] = { "unknown", "passive", "active", NULL };
static const char *const pdo_names[] = { "unknown", "fixed", "variable", "battery", "programmable", NULL };

static const struct field identity_fields[] = {
        NUMBER(struct typec_identity, "id_header", id_header),
        NUMBER(struct typec_identity, "cert_stat", cert_stat),
        NUMBER(struct typec_identity, "product", product),
        NUMBER(struct typec_identity, "vdo1", vdo1),
        {},
};

static const struct field pdo_fields[] = {
        NAME(struct typec_pdo, "kind", kind, pdo_names),
        NUMBER(struct typec_pdo, "min_mv", min_mv),
        NUMBER(struct typec_pdo, "max_mv", max_mv),
        NUMBER(struct typec_pdo, "max_ma", max_ma),
        {},
};

static const struct field usb_fields[] = { { "port", FIELD_ADDRESS, 0, sizeof(struct address) }, {} };

#define LIST(type, key, member, n, fields)                                                                              \
        {                                                                                                               \
                key, FIELD_LIST, offsetof(type, member), sizeof(((type *) NULL)->member[0]), fields, offsetof(type, n), \
                        sizeof(((type *) NULL)->member) / sizeof(((type *) NULL)->member[0])                            \
        }

static const struct field typec_observed_fields[] = {
        NUMBER(struct typec_observed, "number", number),
        PLAIN(struct typec_observed, FIELD_MOMENT, "attached", attached),
        PLAIN(struct typec_observed, FIELD_BOOL, "before_start", before_start),
        PLAIN(struct typec_observed, FIELD_BOOL, "left_unidentified", left_unidentified),
        PLAIN(struct typec_observed, FIELD_MOMENT, "left", left),
        OBJECT(struct typec_observed, "expected", expected, model_fields),
        PLAIN(struct typec_observed, FIELD_MOMENT, "expected_at", expected_at),
        PLAIN(struct typec_observed, FIELD_BOOL, "silent", silent),
        PLAIN(struct typec_observed, FIELD_MOMENT, "silent_at", silent_at),
        NUMBER(struct typec_observed, "slept_times", slept_times),
        NUMBER(struct typec_observed, "slept_usec", slept_usec),
        NAME(struct typec_observed, "slept_by", slept_by, sleep_by_names),
        {},
};

static const struct field typec_fields[] = {
        NUMBER(struct typec_facts, "number", number),
        PLAIN(struct typec_facts, FIELD_BOOL, "unreadable", unreadable),
        NAME(struct typec_facts, "power_role", power_role, power_role_names),
        NAME(struct typec_facts, "data_role", data_role, data_role_names),
        NAME(struct typec_facts, "mode", mode, mode_names),
        PLAIN(struct typec_facts, FIELD_BOOL, "partner", partner),
        PLAIN(struct typec_facts, FIELD_BOOL, "accessory", accessory),
        NUMBER(struct typec_facts, "alternate_modes", alternate_modes),
        PLAIN(struct typec_facts, FIELD_TRISTATE, "partner_pd", partner_pd),
        OBJECT(struct typec_facts, "partner_identity", partner_identity, identity_fields),
        OBJECT(struct typec_facts, "partner_model", partner_model, model_fields),
        PLAIN(struct typec_facts, FIELD_BOOL, "cable", cable),
        NAME(struct typec_facts, "cable_type", cable_type, cable_names),
        OBJECT(struct typec_facts, "cable_identity", cable_identity, identity_fields),
        LIST(struct typec_facts, "source", source, n_source, pdo_fields),
        LIST(struct typec_facts, "sink", sink, n_sink, pdo_fields),
        PLAIN(struct typec_facts, FIELD_TRISTATE, "supply_online", supply_online),
        PLAIN(struct typec_facts, FIELD_TRISTATE, "supply_feeds", supply_feeds),
        LIST(struct typec_facts, "usb", usb, n_usb, usb_fields),
        {},
};

#define L(kind, key, member) PLAIN(struct link, kind, key, member)

static const struct field link_fields[] = {
        NAME(struct link, "state", state, link_state_names),
        L(FIELD_MOMENT, "since", since),
        L(FIELD_MOMENT, "first_connect", first_connect),
        L(FIELD_MOMENT, "connect", connect),
        L(FIELD_MOMENT, "identified", identified),
        L(FIELD_MOMENT, "last_line", last_line),
        L(FIELD_NUMBER, "connect_log_usec", connect_log_usec),
        L(FIELD_NUMBER, "identified_log_usec", identified_log_usec),
        L(FIELD_NUMBER, "tries", tries),
        L(FIELD_NUMBER, "failed_tries", failed_tries),
        L(FIELD_NUMBER, "errors", errors),
        L(FIELD_NUMBER, "errors_before_try", errors_before_try),
        L(FIELD_NUMBER, "last_errno", last_errno),
        L(FIELD_NUMBER, "failures", failures),
        L(FIELD_NUMBER, "failures_total", failures_total),
        L(FIELD_BOOL, "gave_up", gave_up),
        L(FIELD_BOOL, "connect_seen", connect_seen),
        L(FIELD_BOOL, "cannot_enable", cannot_enable),
        L(FIELD_BOOL, "power_cycled", power_cycled),
        L(FIELD_BOOL, "config_unreadable", config_unreadable),
        L(FIELD_BOOL, "set_config_failed", set_config_failed),
        L(FIELD_BOOL, "no_config", no_config),
        L(FIELD_BOOL, "power_rejected", power_rejected),
        L(FIELD_NUMBER, "over_budget_ma", over_budget_ma),
        L(FIELD_NUMBER, "budget_ma", budget_ma),
        L(FIELD_BOOL, "not_authorized", not_authorized),
        L(FIELD_BOOL, "autosuspended", autosuspended),
        L(FIELD_MOMENT, "autosuspend_at", autosuspend_at),
        L(FIELD_BOOL, "autosuspend_seen", autosuspend_seen),
        L(FIELD_BOOL, "resume_failed", resume_failed),
        L(FIELD_MOMENTS, "resume_failures", resume_failures),
        L(FIELD_BOOL, "unannounced", unannounced),
        L(FIELD_NUMBER, "try_speed", try_speed),
        L(FIELD_BOOL, "speed_changed", speed_changed),
        L(FIELD_BOOL, "no_bandwidth", no_bandwidth),
        L(FIELD_BOOL, "hub_unusable", hub_unusable),
        L(FIELD_NUMBER, "hub_errors", hub_errors),
        L(FIELD_NUMBER, "firmware_changes", firmware_changes),
        L(FIELD_NUMBER, "reset_errors", reset_errors),
        L(FIELD_BOOL, "hub_refused", hub_refused),
        L(FIELD_BOOL, "slept", slept),
        L(FIELD_BOOL, "sleeping", sleeping),
        L(FIELD_BOOL, "power_lost_in_sleep", power_lost_in_sleep),
        L(FIELD_BOOL, "reset_on_wake", reset_on_wake),
        NAME(struct link, "sleep_kind", sleep_kind, sleep_names),
        L(FIELD_NUMBER, "slept_times", slept_times),
        L(FIELD_NUMBER, "slept_usec", slept_usec),
        L(FIELD_NUMBER, "newest_slept_usec", newest_slept_usec),
        NAME(struct link, "slept_by", slept_by, sleep_by_names),
        L(FIELD_BOOL, "returned", returned),
        L(FIELD_MOMENTS, "drops", drops),
        L(FIELD_MOMENTS, "breaks", breaks),
        L(FIELD_MOMENTS, "emi", emi),
        L(FIELD_MOMENTS, "debounce", debounce),
        L(FIELD_MOMENTS, "resets", resets),
        L(FIELD_MOMENTS, "over_currents", over_currents),
        L(FIELD_BOOL, "over_current_stood", over_current_stood),
        L(FIELD_BOOL, "over_current_ended_it", over_current_ended_it),
        L(FIELD_BOOL, "sleep_ended_it", sleep_ended_it),
        L(FIELD_HEX, "vendor", vendor),
        L(FIELD_HEX, "product", product),
        L(FIELD_TEXT, "mark", mark),
        L(FIELD_NUMBER, "log_mark", log_mark),
        {},
};

#define SEEN(member) NUMBER(struct session_seen, #member, member)

static const struct field seen_fields[] = {
        SEEN(tries),         SEEN(failed_tries), SEEN(errors), SEEN(failures), SEEN(resets),
        SEEN(over_currents), SEEN(drops),        SEEN(emi),    SEEN(debounce), {},
};

#define S(kind, member) PLAIN(struct session, kind, #member, member)

static const struct field session_fields[] = {
        S(FIELD_NUMBER, number),
        NAME(struct session, "ended", ended, end_names),
        S(FIELD_MOMENT, start),
        S(FIELD_MOMENT, end),
        S(FIELD_MOMENT, first_connect),
        S(FIELD_BOOL, before_start),
        S(FIELD_BOOL, headset),
        S(FIELD_BOOL, guessed),
        S(FIELD_BOOL, moved),
        S(FIELD_BOOL, partner),
        S(FIELD_BOOL, shared),
        S(FIELD_BOOL, failed),
        S(FIELD_BOOL, unstable),
        S(FIELD_BOOL, over_current),
        S(FIELD_BOOL, excused),
        S(FIELD_TEXT, device),
        S(FIELD_TEXT, model),
        S(FIELD_TEXT, port),
        S(FIELD_TEXT, cable),
        S(FIELD_NUMBER, tries),
        S(FIELD_NUMBER, failed_tries),
        S(FIELD_NUMBER, errors),
        S(FIELD_NUMBER, failures),
        S(FIELD_NUMBER, resets),
        S(FIELD_NUMBER, over_currents),
        S(FIELD_NUMBER, drops),
        S(FIELD_NUMBER, emi),
        S(FIELD_NUMBER, debounce),
        S(FIELD_NUMBER, enumeration_usec),
        S(FIELD_NUMBER, slept_usec),
        S(FIELD_NUMBER, suspended_ms),
        S(FIELD_NUMBER, offered_ma),
        OBJECT(struct session, "seen", seen, seen_fields),
        {},
};

#define P(kind, member) PLAIN(struct statistics_entry, kind, #member, member)

static const struct field statistics_fields[] = {
        P(FIELD_TEXT, device),
        P(FIELD_TEXT, model),
        P(FIELD_TEXT, port),
        P(FIELD_TEXT, cable),
        P(FIELD_NUMBER, good),
        P(FIELD_NUMBER, shaky),
        P(FIELD_NUMBER, bad),
        P(FIELD_NUMBER, row),
        P(FIELD_NUMBER, guessed),
        P(FIELD_NUMBER, good_weight),
        P(FIELD_NUMBER, bad_weight),
        { "newest", FIELD_NUMBER, offsetof(struct statistics_entry, at), sizeof(uint64_t) },
        P(FIELD_NUMBER, bad_at),
        P(FIELD_NUMBER, bad_since),
        P(FIELD_NUMBER, good_at),
        P(FIELD_NUMBER, run_at),
        P(FIELD_NUMBER, forgiven),
        P(FIELD_NUMBER, errors_before),
        P(FIELD_NUMBER, errors),
        P(FIELD_BOOL, shared),
        {},
};

static const struct field cable_fields[] = {
        { "cable", FIELD_TEXT, 0, SESSION_CABLE_MAX },
        {},
};

static const char *const way_names[] = { "bluetooth", "dongle", NULL };

#define PART(which, key)                                                       \
        PLAIN(struct headset_facts, FIELD_PERCENT, key, parts[which].percent), \
                NAME(struct headset_facts, key "_charging", parts[which].charging, charging_names)

static const struct field headset_fields[] = {
        NAME(struct headset_facts, "way", way, way_names),
        PLAIN(struct headset_facts, FIELD_SERIAL, "address", address),
        PLAIN(struct headset_facts, FIELD_TEXT, "mark", mark),
        PLAIN(struct headset_facts, FIELD_PRIVATE, "name", name), /* people name their headsets after themselves */
        OBJECT(struct headset_facts, "facts", facts, model_fields),
        PLAIN(struct headset_facts, FIELD_TEXT, "firmware", firmware),
        PLAIN(struct headset_facts, FIELD_BOOL, "paired", paired),
        PLAIN(struct headset_facts, FIELD_BOOL, "connected", connected),
        PLAIN(struct headset_facts, FIELD_BOOL, "found", found),
        PLAIN(struct headset_facts, FIELD_BOOL, "ended_here", ended_here),
        PLAIN(struct headset_facts, FIELD_BOOL, "own_protocol", own_protocol),
        PLAIN(struct headset_facts, FIELD_BOOL, "level_hidden", level_hidden),
        NAME(struct headset_facts, "battery", battery, battery_source_names),
        NUMBER(struct headset_facts, "step", step),
        PART(BATTERY_WHOLE, "level"),
        PART(BATTERY_LEFT, "left"),
        PART(BATTERY_RIGHT, "right"),
        PART(BATTERY_CASE, "case"),
        {},
};

#define READ(which, key)                                                         \
        PLAIN(struct headset_reading, FIELD_PERCENT, key, parts[which].percent), \
                NAME(struct headset_reading, key "_charging", parts[which].charging, charging_names)

static const struct field reading_fields[] = {
        PLAIN(struct headset_reading, FIELD_SERIAL, "address", address),
        PLAIN(struct headset_reading, FIELD_TEXT, "mark", mark),
        NAME(struct headset_reading, "source", source, battery_source_names),
        NAME(struct headset_reading, "outcome", outcome, reading_outcome_names),
        READ(BATTERY_WHOLE, "level"),
        READ(BATTERY_LEFT, "left"),
        READ(BATTERY_RIGHT, "right"),
        READ(BATTERY_CASE, "case"),
        PLAIN(struct headset_reading, FIELD_TRISTATE, "care", care),
        PLAIN(struct headset_reading, FIELD_PERCENT, "care_percent", care_percent),
        PLAIN(struct headset_reading, FIELD_TRISTATE, "wet", wet),
        PLAIN(struct headset_reading, FIELD_TEXT, "firmware", firmware),
        {},
};

static const struct field tester_fields[] = {
        PLAIN(struct tester_facts, FIELD_SIGNED, "millivolt", millivolt),
        PLAIN(struct tester_facts, FIELD_SIGNED, "milliamp", milliamp),
        {},
};

static const struct field point_fields[] = {
        PLAIN(struct battery_point, FIELD_MOMENT, "when", when),
        PLAIN(struct battery_point, FIELD_PERCENT, "level", percent),
        NAME(struct battery_point, "charging", charging, charging_names),
        {},
};

#define HP(kind, member) PLAIN(struct headset_observed, kind, #member, member)

static const struct field headset_observed_fields[] = {
        NAME(struct headset_observed, "way", way, way_names),
        HP(FIELD_TEXT, mark),
        HP(FIELD_MOMENT, since),
        HP(FIELD_MOMENT, connected_at),
        HP(FIELD_MOMENT, dropped_at),
        HP(FIELD_MOMENT, level_at),
        HP(FIELD_MOMENT, charging_at),
        HP(FIELD_MOMENT, plugged_at),
        HP(FIELD_MOMENT, unplugged_at),
        HP(FIELD_BOOL, before_start),
        HP(FIELD_BOOL, left),
        HP(FIELD_NUMBER, deaths),
        HP(FIELD_MOMENT, death_at),
        NAME(struct headset_observed, "outcome", outcome, reading_outcome_names),
        NAME(struct headset_observed, "tried", tried, battery_source_names),
        HP(FIELD_MOMENT, tried_at),
        HP(FIELD_MOMENT, read_at),
        HP(FIELD_MOMENT, care_at),
        HP(FIELD_MOMENT, docked_at),
        LIST(struct headset_observed, "points", points, n_points, point_fields),
        {},
};

static const struct field answers_fields[] = {
        PLAIN(struct answers, FIELD_TEXT, "id", id),
        OBJECT(struct answers, "facts", facts, model_fields),
        PLAIN(struct answers, FIELD_ANSWERS, "answers", by_question),
        NUMBER(struct answers, "typec", typec),
        {},
};

static const struct field configured_fields[] = {
        { "configuration", FIELD_CONFIGURATION, 0, sizeof(int16_t) },
        {},
};

static const struct field count_fields[] = {
        { "count", FIELD_NUMBER, 0, sizeof(uint32_t) },
        {},
};

static const struct field no_fields[] = { {} };

const struct field *event_fields(enum event_type type) {
        static const struct field *const tables[] = {
                [EVENT_NONE] = NULL,
                [EVENT_DEVICE] = device_fields,
                [EVENT_DEVICE_GONE] = no_fields,
                [EVENT_CONFIGURED] = configured_fields,
                [EVENT_PORT] = port_fields,
                [EVENT_PORT_GONE] = no_fields,
                [EVENT_POWER] = power_fields,
                [EVENT_OVER_CURRENT] = count_fields,
                [EVENT_KERNEL] = kernel_fields,
                [EVENT_LOG_LOST] = count_fields,
                [EVENT_BOOT] = no_fields,
                [EVENT_SOURCE] = source_fields,
                [EVENT_SETTLED] = no_fields,
                [EVENT_TICK] = no_fields,
                [EVENT_LINK] = link_fields,
                [EVENT_SLEEP] = sleep_fields,
                [EVENT_SWITCH] = switch_fields,
                [EVENT_TYPEC] = typec_fields,
                [EVENT_TYPEC_GONE] = count_fields,
                [EVENT_TYPEC_OBSERVED] = typec_observed_fields,
                [EVENT_SESSION] = session_fields,
                [EVENT_STATISTICS] = statistics_fields,
                [EVENT_CABLE] = cable_fields,
                [EVENT_HEADSET] = headset_fields,
                [EVENT_HEADSET_GONE] = headset_fields,
                [EVENT_HEADSET_OBSERVED] = headset_observed_fields,
                [EVENT_HEADSET_READING] = reading_fields,
                [EVENT_TESTER] = tester_fields,
                [EVENT_ANSWERS] = answers_fields,
        };

        return (size_t) type < sizeof(tables) / sizeof(tables[0]) ? tables[type] : NULL;
}

const char *event_type_name(enum event_type type) {
        return event_names[type];
}

enum event_type event_type_from_name(const char *name) {
        enum event_type t = EVENT_NONE;

        while (t < _EVENT_MAX && strcmp(event_names[t], name) != 0)
                t++;
        return t == EVENT_NONE ? _EVENT_MAX : t;
}
