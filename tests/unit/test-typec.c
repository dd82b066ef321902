/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Type-C: what counts, what is a sighting, what an e-marker proves, and wrong reports of firmware. */
#include "story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "run.h"

static bool says(enum finding_code code, const char *words) {
        const struct finding *f = findings_find(&last_diagnosis()->findings, code);

        if (!f)
                return false;
        for (size_t i = 0; i < f->n_evidence; i++)
                if (strstr(f->evidence[i].value, words))
                        return true;
        return strstr(f->cause, words) || strstr(f->action, words);
}

/* What the port offers, by its facts. */
static const struct offer {
        const char *what;
        enum typec_power_role role;
        enum typec_mode mode;
        bool partner;
        uint32_t pdo_ma; /* of the 5 V object; 0: none */
        uint32_t available;
} offers[] = {
        { "default means USB's own numbers", TYPEC_SOURCE, TYPEC_DEFAULT, true, 0, 500 },
        { "1.5 A", TYPEC_SOURCE, TYPEC_1500_MA, true, 0, 1500 },
        { "3 A", TYPEC_SOURCE, TYPEC_3000_MA, true, 0, 3000 },
        { "PD with a readable object", TYPEC_SOURCE, TYPEC_PD, true, 2400, 2400 },
        { "PD that tells nothing", TYPEC_SOURCE, TYPEC_PD, true, 0, 0 },
        { "the computer is fed", TYPEC_SINK, TYPEC_3000_MA, true, 0, 500 },
        { "mode of an idle port", TYPEC_SOURCE, TYPEC_3000_MA, false, 0, 500 },
        { "no role", TYPEC_POWER_UNKNOWN, TYPEC_3000_MA, true, 0, 500 },
};

START_TEST(test_offers) {
        const struct offer *o = &offers[_i];
        struct typec_facts f = feeding_connector(0, "usb1-port2", o->mode);

        headset("1-2", "WH-1000XM3", 500, 1500);
        f.power_role = o->role;
        f.partner = o->partner;
        if (o->pdo_ma > 0)
                f.source[f.n_source++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_mv = 5000, .max_ma = o->pdo_ma };
        typec(&f);
        at(106);
        ck_assert_msg(port_available_ma(place("1-2")) == o->available, "%s: %u", o->what, port_available_ma(place("1-2")));
        /* The history has it too, as soon as there is something else to write. */
        unplug("1-2");
        ck_assert_msg(place("1-2")->session.offered_ma == (o->available > 0 ? o->available : 500), "%s", o->what);
        headset("1-2", "WH-1000XM3", 500, 1500);
        at(112);
        findings_at("1-2");
        ck_assert_msg((findings_find(&last_diagnosis()->findings, PORT_LIMITS_CURRENT) != NULL) ==
                              (o->available > 0 && o->available < 1500),
                      "%s", o->what);
}
END_TEST

START_TEST(test_offer_is_not_that_of_a_port_behind_a_hub) {
        struct typec_facts f = feeding_connector(0, "usb1-port1", TYPEC_3000_MA);

        hub("1-1", true, 4);
        headset("1-1.2", "WH-1000XM3", 500, 1500);
        typec(&f);
        ck_assert_uint_eq(port_available_ma(place("1-1.2")), 500);
}
END_TEST

START_TEST(test_link_from_either_side) {
        struct typec_facts f = feeding_connector(3, NULL, TYPEC_1500_MA);
        struct event e = { .type = EVENT_PORT };

        headset("1-2", "WH-1000XM3", 500, 1500);
        typec(&f);
        ck_assert_uint_eq(port_available_ma(place("1-2")), 500);
        e.where = place("1-2")->address;
        e.u.port = (struct port_facts){ .disabled = UNKNOWN, .typec = 4 };
        model_apply(story_model(), &e);
        ck_assert_uint_eq(port_available_ma(place("1-2")), 1500);
        typec_gone(3);
        ck_assert_ptr_null(place("1-2")->typec);
        ck_assert_uint_eq(port_available_ma(place("1-2")), 500);
}
END_TEST

START_TEST(test_both_halves) {
        struct typec_facts f = feeding_connector(0, "usb2-port2", TYPEC_1500_MA);
        struct port *p = headset("1-2", "WH-1000XM3", 500, 1500);
        struct typec_port *t;

        f.usb[f.n_usb++] = p->address;
        t = typec(&f);
        ck_assert_ptr_eq(t->usb, p);
        ck_assert_ptr_eq(typec_usb_device(story_model(), t), p);
}
END_TEST

START_TEST(test_cannot_tell_which_socket) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_3000_MA);

        headset("1-2", "WH-1000XM3", 500, 1500);
        typec(&f);
        at(106);
        ck_assert_str_eq(findings_at("1-2"), "port-limits-current/notice/likely -> slow");
        ck_assert(says(PORT_LIMITS_CURRENT, "cannot tell which socket"));
}
END_TEST

/* USB is often faster than the Type-C firmware, so nothing may be reported about the port that is withdrawn a moment later. Times
 * are in s after the plug: when the partner is reported (-1: never), and when the findings are read. */
static const struct late {
        const char *what;
        const char *usb; /* link of the connector */
        bool there_before;
        enum typec_mode mode;
        double partner, look;
        const char *findings;
} lates[] = {
        { "not yet told", "usb1-port2", false, TYPEC_3000_MA, -1, 4, " -> ok" },
        { "told late", "usb1-port2", false, TYPEC_3000_MA, 3, 4, " -> ok" },
        { "told late, and little", "usb1-port2", false, TYPEC_DEFAULT, 3, 4.5, "port-limits-current/notice/likely -> slow" },
        { "first default, then more", "usb1-port2", false, TYPEC_DEFAULT, 3, 3.5, " -> ok" },
        { "never told", "usb1-port2", false, TYPEC_3000_MA, -1, 6,
          "port-limits-current/notice/likely, typec-unreadable/info/likely -> slow" },
        { "perhaps in this socket", NULL, false, TYPEC_3000_MA, -1, 4, " -> ok" },
        { "perhaps in this socket, never told", NULL, false, TYPEC_3000_MA, -1, 6, "port-limits-current/notice/likely -> slow" },
        { "something else is in that socket", NULL, true, TYPEC_3000_MA, 0, 0.1, "port-limits-current/notice/likely -> slow" },
        { "another socket", "usb1-port3", false, TYPEC_3000_MA, -1, 0.1, "port-limits-current/notice/likely -> slow" },
};

START_TEST(test_late_offers) {
        const struct late *l = &lates[_i];
        struct typec_facts f = l->there_before ? feeding_connector(0, l->usb, l->mode) : empty_connector(0, l->usb);

        typec(&f);
        at(200);
        headset("1-2", "WH-1000XM3", 500, 1500);
        if (l->partner > 0) {
                f = feeding_connector(0, l->usb, l->mode);
                at(200 + l->partner);
                typec(&f);
        }
        at(200 + l->look);
        ck_assert_msg(strcmp(findings_at("1-2"), l->findings) == 0, "%s: %s", l->what, findings_at("1-2"));
        if (strcmp(l->findings, " -> ok") == 0 && l->look < 5)
                ck_assert_uint_ne(model_deadline(story_model()), 0);
}
END_TEST

/* Sightings: what is plugged in, and whether a headset is reported there. */
enum usb_side { NOTHING, DEVICE_LINKED, DEVICE_TOGETHER, DEVICE_EARLIER, DEVICE_BUILT_IN, FAILING };

static const struct sighting {
        const char *what;
        const char *usb; /* link of the connector */
        enum usb_side side;
        bool sink, accessory, display, identity;
        double after; /* s after the partner came */
        bool seen;
} sightings[] = {
        { "charge-only, linked", "usb1-port2", NOTHING, false, false, false, false, 6, true },
        { "charge-only, no link", NULL, NOTHING, false, false, false, false, 6, true },
        { "too early", "usb1-port2", NOTHING, false, false, false, false, 2, false },
        { "a charger", "usb1-port2", NOTHING, true, false, false, false, 6, false },
        { "an analogue adapter", "usb1-port2", NOTHING, false, true, false, false, 6, false },
        { "a display adapter", "usb1-port2", NOTHING, false, false, true, false, 6, false },
        { "it told its name", "usb1-port2", NOTHING, false, false, false, true, 6, false },
        { "USB device in the socket", "usb1-port2", DEVICE_LINKED, false, false, false, false, 6, false },
        { "USB device came with it", NULL, DEVICE_TOGETHER, false, false, false, false, 6, false },
        { "USB device was there long before", NULL, DEVICE_EARLIER, false, false, false, false, 6, true },
        { "built-in device came with it", NULL, DEVICE_BUILT_IN, false, false, false, false, 6, true },
        { "enumeration fails in the socket", "usb1-port2", FAILING, false, false, false, false, 6, false },
};

static void usb_side(enum usb_side side) {
        switch (side) {
        case DEVICE_LINKED:
        case DEVICE_TOGETHER:
        case DEVICE_EARLIER:
                device("1-2", 0x5678, "Thing", 100);
                break;
        case DEVICE_BUILT_IN:
                device("1-4", 0x5678, "Camera", 100)->device.removable = REMOVABLE_FIXED;
                break;
        case FAILING:
                line("1-2", KERNEL_CONNECT, 5);
                line("1-2", KERNEL_READ_FAILED, 71);
                break;
        default:
                break;
        }
}

START_TEST(test_sightings) {
        const struct sighting *s = &sightings[_i];
        struct typec_facts f = empty_connector(0, s->usb), g;
        struct typec_port *t;

        place("usb1");
        typec(&f);
        if (s->side == DEVICE_EARLIER)
                usb_side(s->side);
        at(300);
        f = feeding_connector(0, s->usb, TYPEC_DEFAULT);
        f.power_role = s->sink ? TYPEC_SINK : TYPEC_SOURCE;
        f.accessory = s->accessory;
        f.alternate_modes = s->display;
        f.partner_identity.id_header = s->identity ? 0x1234 : 0;
        t = typec(&f);
        if (s->side != DEVICE_EARLIER)
                usb_side(s->side);
        at(300 + s->after);
        typec_findings(0);
        ck_assert_msg(typec_is_sighting(story_model(), t) == s->seen, "%s", s->what);
        ck_assert_msg((findings_find(&last_diagnosis()->findings, NOT_VISIBLE) != NULL) == s->seen, "%s", s->what);
        ck_assert(!s->seen || last_diagnosis()->verdict == VERDICT_UNKNOWN);
        g = empty_connector(0, s->usb);
        at(400);
        typec(&g);
        ck_assert_msg(typec_is_unidentified(story_model(), t) == (s->seen || s->after < 5), "%s, after it left", s->what);
        ck_assert(model_deadline(story_model()) != 0 || !s->seen);
        ck_assert_str_eq(typec_findings(0), s->side == DEVICE_LINKED ? "typec-unreadable/info/likely -> unknown" : " -> unknown");
        at(1001);
        typec_findings(0);
        ck_assert_msg(!typec_is_unidentified(story_model(), t), "%s, ten minutes after it left", s->what);
}
END_TEST

START_TEST(test_sighting_at_start) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_DEFAULT);
        struct typec_port *t;

        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        t = typec(&f);
        settle();
        ck_assert(typec_is_sighting(story_model(), t));
        story_begin();
        root_hub(1, SPEED_HIGH, 4);
        device("1-2", 0x5678, "Thing", 100);
        t = typec(&f);
        settle();
        ck_assert(!typec_is_sighting(story_model(), t));
}
END_TEST

/* Firmware that contradicts itself: its reports do not count, and nothing is said about the cable. */
static const struct lie {
        const char *what;
        unsigned doubt;
} lies[] = {
        { "unreadable", TYPEC_DOUBT_UNREADABLE },
        { "PD with a partner that knows none", TYPEC_DOUBT_PD },
        { "0 V 7.21 A", TYPEC_DOUBT_PDO },
        { "50 mV to 26350 mV", TYPEC_DOUBT_PDO },
        { "feeds and is fed", TYPEC_DOUBT_SUPPLY },
        { "device role", TYPEC_DOUBT_DATA_ROLE },
        { "silent", TYPEC_DOUBT_SILENT },
        { "no partner", TYPEC_DOUBT_NO_PARTNER },
        { "feeds, and its supply says that it is fed", TYPEC_DOUBT_SUPPLY },
};

static struct typec_facts lying(int i) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_3000_MA);

        f.cable = true;
        f.cable_identity = (struct typec_identity){ .id_header = 0x18002b1d, .vdo1 = 0x11082032 };
        f.unreadable = i == 0;
        if (i == 1)
                f.mode = TYPEC_PD;
        if (i == 2)
                f.source[f.n_source++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_ma = 7210 };
        if (i == 3)
                f.source[f.n_source++] =
                        (struct typec_pdo){ .kind = TYPEC_PDO_VARIABLE, .min_mv = 50, .max_mv = 26350, .max_ma = 3000 };
        f.supply_online = i == 4 ? YES : NO;
        f.supply_feeds = i == 8 ? NO : UNKNOWN;
        if (i == 5)
                f.data_role = TYPEC_DEVICE;
        return i == 7 ? empty_connector(0, "usb1-port2") : f;
}

START_TEST(test_lies) {
        struct typec_facts f = lying(_i);
        struct typec_port *t;

        headset("1-2", "WH-1000XM3", 500, 0);
        t = typec(&f);
        if (_i == 6)
                host_line(KERNEL_TYPEC_SILENT);
        at(110);
        findings_at("1-2");
        ck_assert_msg(typec_doubts(story_model(), t) == lies[_i].doubt, "%s: %x", lies[_i].what, typec_doubts(story_model(), t));
        ck_assert_msg(strncmp(findings_at("1-2"), "typec-unreadable/info/", 22) == 0, "%s: %s", lies[_i].what,
                      findings_at("1-2"));
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, CABLE_NOT_SUPPLIED));
        ck_assert_msg(port_available_ma(place("1-2")) == (lies[_i].doubt == TYPEC_DOUBT_PDO || _i == 5 ? 3000
                                                          : _i == 1                                    ? 0
                                                                                                       : 500),
                      "%s: %u", lies[_i].what, port_available_ma(place("1-2")));
}
END_TEST

START_TEST(test_silence_ends_with_the_next_word) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_3000_MA);

        headset("1-2", "WH-1000XM3", 500, 1500);
        typec(&f);
        host_line(KERNEL_TYPEC_SILENT);
        ck_assert_uint_eq(port_available_ma(place("1-2")), 500);
        typec(&f);
        ck_assert_uint_eq(port_available_ma(place("1-2")), 3000);
}
END_TEST

START_TEST(test_mute_controller) {
        struct event e = { .type = EVENT_SOURCE };
        struct diagnosis d = {};
        struct typec_facts f = empty_connector(0, NULL);

        diagnose_host(story_model(), false, &d);
        ck_assert_uint_eq(d.findings.n, 0);
        e.u.source = (struct source_facts){ .source = SOURCE_TYPEC, .degraded = true };
        model_apply(story_model(), &e);
        diagnose_host(story_model(), false, &d);
        ck_assert_uint_eq(d.findings.n, 1);
        ck_assert_uint_eq(d.findings.items[0].code, TYPEC_UNREADABLE);
        typec(&f);
        diagnose_host(story_model(), false, &d);
        ck_assert_uint_eq(d.findings.n, 0);
        diagnosis_clear(&d);
}
END_TEST

/* e-markers: real cables (values of ChromiumOS typecd's fixtures), and what may be said of them for a headset. */
static const struct cable {
        const char *what;
        uint32_t id_header, cert_stat, product, vdo1;
        uint32_t rating;
        uint32_t needed;
        const char *findings;
} cables[] = {
        { "no e-marker", 0, 0, 0, 0, 0, 0, " -> ok" },
        { "Nekteck, 5 A", 0x18002e98, 0x1533, 0x00010200, 0xc1082040, 5000, 0, "cable-not-supplied/info/possible -> ok" },
        { "Anker, 3 A", 0x1c00291a, 0xd0b, 0x1ff90000, 0x11082032, 3000, 0, "cable-not-supplied/info/possible -> ok" },
        { "Targus without a vendor", 0x18000000, 0x2074, 0, 0x000827b1, 3000, 0, "cable-not-supplied/info/possible -> ok" },
        { "Sony's vendor id", 0x1800054c, 0, 0, 0x11082032, 3000, 0, " -> ok" },
        { "too weak", 0x1c00291a, 0xd0b, 0x1ff90000, 0x11082032, 3000, 3500,
          "cable-underrated/info/likely, cable-not-supplied/info/possible -> ok" },
        { "a powered device, whose bits mean something else", 0x30002b1d, 0, 0, 0x01000020, 0, 3500, " -> ok" },
        { "no cable by its own word", 0x0000291a, 0, 0, 0x11082032, 0, 3500, " -> ok" },
        { "nothing but a rating", 0, 0, 0, 0x11082032, 0, 3500, " -> ok" },
        { "no rating told", 0x1c00291a, 0xd0b, 0x1ff90000, 0x11082012, 0, 3500, "cable-not-supplied/info/possible -> ok" },
};

START_TEST(test_cables) {
        const struct cable *c = &cables[_i];
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_PD);

        f.source[f.n_source++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_mv = 5000, .max_ma = 5000 };
        f.cable = true;
        f.cable_type = TYPEC_CABLE_PASSIVE;
        f.cable_identity = (struct typec_identity){ c->id_header, c->cert_stat, c->product, c->vdo1 };
        headset("1-2", "WH-1000XM3", 500, c->needed);
        typec(&f);
        ck_assert_uint_eq(typec_cable_rating_ma(&f), c->rating);
        ck_assert_msg(strcmp(findings_at("1-2"), c->findings) == 0, "%s: %s", c->what, findings_at("1-2"));
        ck_assert(!says(CABLE_NOT_SUPPLIED, "fake"));
}
END_TEST

START_TEST(test_cable_of_an_unknown_device_is_nobodys_business) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);

        f.cable = true;
        f.cable_identity = (struct typec_identity){ .id_header = 0x18002e98, .vdo1 = 0xc1082040 };
        typec(&f);
        at(500);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain -> unknown");
}
END_TEST

START_TEST(test_what_a_partner_takes_at_20_v_is_not_asked_for) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_PD);

        f.cable = true;
        f.cable_identity = (struct typec_identity){ .id_header = 0x1c00291a, .vdo1 = 0x11082032 };
        f.sink[f.n_sink++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_mv = 5000, .max_ma = 3000 };
        f.sink[f.n_sink++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_mv = 20000, .max_ma = 5000 };
        headset("1-2", "WH-1000XM3", 500, 0);
        typec(&f);
        findings_at("1-2");
        ck_assert_ptr_null(findings_find(&last_diagnosis()->findings, CABLE_UNDERRATED));
}
END_TEST

START_TEST(test_partner_asks_for_more_than_the_cable_carries) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_PD);

        f.cable = true;
        f.cable_identity = (struct typec_identity){ .id_header = 0x1c00291a, .vdo1 = 0x11082032 };
        f.sink[f.n_sink++] = (struct typec_pdo){ .kind = TYPEC_PDO_FIXED, .max_mv = 5000, .max_ma = 4000 };
        headset("1-2", "WH-1000XM3", 500, 0);
        typec(&f);
        findings_at("1-2");
        ck_assert(says(CABLE_UNDERRATED, "4000 mA"));
}
END_TEST

/* Power and no data. */
START_TEST(test_charge_only_after_the_headset_was_seen_here) {
        struct typec_facts empty = empty_connector(0, "usb1-port2"), f = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);

        typec(&f);
        headset("1-2", "WH-1000XM4", 100, 0);
        at(200);
        unplug("1-2");
        typec(&empty);
        at(300);
        typec(&f);
        at(700);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain, cable-charge-only/info/possible -> unknown");
        ck_assert(says(CABLE_CHARGE_ONLY, "WH-1000XM4"));
        power_switch(SWITCH_TYPEC_DATA, YES, "usb_c_security");
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain -> unknown");
        ck_assert(says(NOT_VISIBLE, "blocks the data lines"));
}
END_TEST

START_TEST(test_data_lost_while_plugged_is_no_cable) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);

        typec(&f);
        headset("1-2", "WH-1000XM4", 100, 0);
        at(200);
        unplug("1-2");
        at(500);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain -> unknown");
}
END_TEST

START_TEST(test_headset_by_its_partner) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_DEFAULT);

        f.partner_identity = (struct typec_identity){ .id_header = 0x5400054c, .product = 0x0d580100 };
        f.partner_model = (struct model_facts){ .model = "WH-1000XM4", .enumerates = YES, .needed_ma = 1500, .from_hwdb = true };
        typec(&f);
        at(500);
        ck_assert_str_eq(typec_findings(0),
                         "port-limits-current/notice/likely, not-visible/info/certain, cable-charge-only/info/likely -> slow");
        f.mode = TYPEC_1500_MA;
        f.partner_model.enumerates = UNKNOWN;
        typec(&f);
        ck_assert_str_eq(typec_findings(0), "not-visible/info/certain -> ok");
}
END_TEST

static const char *elsewhere(const struct model_facts *facts) {
        static struct diagnosis d;
        static char text[256];

        diagnose_elsewhere(story_model(), facts, "wh_1000xm5_000000", &d);
        text[0] = '\0';
        for (size_t i = 0; i < d.findings.n; i++)
                snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? ", " : "",
                         finding_code_name(d.findings.items[i].code));
        if (d.findings.n > 0 && strstr(d.findings.items[0].evidence[0].value, "(CC)"))
                strcat(text, " without contact");
        diagnosis_clear(&d);
        return text;
}

START_TEST(test_nothing_seen_with_type_c_at_both_ends) {
        struct model_facts unknown = { .model = "WH-1000XM5", .enumerates = UNKNOWN };
        struct model_facts enumerates = { .model = "WH-1000XM4", .enumerates = YES };
        struct typec_facts f = empty_connector(0, NULL);

        ck_assert_str_eq(elsewhere(&unknown), "not-visible");
        typec(&f);
        ck_assert_str_eq(elsewhere(&unknown), "not-visible without contact");
        f = feeding_connector(0, NULL, TYPEC_DEFAULT);
        typec(&f);
        at(110);
        typec_findings(0);
        ck_assert_str_eq(elsewhere(&unknown), "not-visible");
        ck_assert_str_eq(elsewhere(&enumerates), "not-visible, cable-charge-only");
        f.number = 1;
        typec(&f);
        at(120);
        typec_findings(1);
        ck_assert_str_eq(elsewhere(&enumerates), "not-visible");
}
END_TEST

START_TEST(test_autosuspend_beside_a_type_c_offer) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_1500_MA);

        headset("1-2", "MDR-1000X", 100, 0);
        power("1-2", true, RUNTIME_SUSPENDED);
        ck_assert_str_eq(findings_at("1-2"), "device-autosuspended/warning/likely -> blocked");
        typec(&f);
        ck_assert_str_eq(findings_at("1-2"), "device-autosuspended/info/likely -> ok");
        ck_assert_uint_eq(port_negotiated_ma(place("1-2")), 1500);
}
END_TEST

static const char *partner_session(const struct typec_port *t) {
        static char text[256];
        const struct session *s = &t->session;

        if (s->number == 0)
                return "none";
        snprintf(text, sizeof text, "%s %s%s%s %u mA %lu s", s->port, session_end_name(s->ended), s->guessed ? " probably " : " ",
                 s->model, s->offered_ma, (unsigned long) (session_length(s, story_model()->now) / SECOND));
        return text;
}

/* What only the connector sees has a plug session too. */
START_TEST(test_partner_session) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_1500_MA), empty = empty_connector(0, "usb1-port2");
        struct typec_port *t;

        at(200);
        t = typec(&f);
        ck_assert_str_eq(partner_session(t), "none");
        at(206);
        tick();
        ck_assert_str_eq(partner_session(t), "typec-port0 open  1500 mA 6 s");
        at(300);
        f.mode = TYPEC_3000_MA;
        typec(&f);
        ck_assert_str_eq(partner_session(t), "typec-port0 open  3000 mA 100 s");
        /* If the firmware stops reporting, nothing counts as unplugged. */
        host_line(KERNEL_TYPEC_SILENT);
        tick();
        ck_assert_str_eq(partner_session(t), "typec-port0 open  3000 mA 100 s");
        at(400);
        typec(&empty);
        ck_assert_str_eq(partner_session(t), "typec-port0 unplugged  3000 mA 200 s");
        ck_assert_int_eq(session_outcome(&t->session, story_model()->now), OUTCOME_UNCLEAR);
        at(500);
        typec(&f);
        at(506);
        tick();
        ck_assert_str_eq(partner_session(t), "typec-port0 open  3000 mA 6 s");
        ck_assert_uint_eq(story_model()->ended.n, 1);
        ck_assert_uint_eq(story_model()->statistics.n, 0);
        headset("1-2", "WH-1000XM4", 100, 0);
        ck_assert_str_eq(partner_session(t), "typec-port0 identified  3000 mA 6 s");
        ck_assert_uint_eq(story_model()->ended.n, 0);
        typec_gone(0);
        ck_assert_uint_eq(story_model()->ended.n, 0);
}
END_TEST

/* The history reports the session of a partner by an event without a place. The session names its connector. */
START_TEST(test_partner_session_from_history) {
        struct typec_facts f = feeding_connector(0, "usb1-port2", TYPEC_1500_MA);
        struct event e = { .type = EVENT_SESSION };
        struct typec_port *t;

        at(200);
        typec(&f);
        at(206);
        tick();
        t = typec(&f);
        e.time = story_model()->now;
        e.u.session = t->session;
        e.u.session.start.at = 1;
        snprintf(e.u.session.cable, sizeof e.u.session.cable, "black");
        ck_assert_ptr_null(model_apply(story_model(), &e));
        ck_assert_str_eq(t->session.cable, "black");
        ck_assert_uint_eq(t->session.start.at, 1);
        snprintf(e.u.session.port, sizeof e.u.session.port, "typec-port7");
        e.u.session.cable[0] = '\0';
        model_apply(story_model(), &e);
        ck_assert_str_eq(t->session.cable, "black");
}
END_TEST

START_TEST(test_partner_session_of_a_headset) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_DEFAULT);
        struct typec_port *t;

        snprintf(f.partner_model.model, sizeof f.partner_model.model, "WH-1000XM4");
        snprintf(f.partner_model.family, sizeof f.partner_model.family, "over-ear");
        f.partner_identity.id_header = 0x5000054c;
        at(200);
        t = typec(&f);
        at(206);
        tick();
        ck_assert_str_eq(partner_session(t), "typec-port0 open WH-1000XM4 500 mA 6 s");
        typec_gone(0);
        ck_assert_str_eq(partner_session(t), "typec-port0 lost WH-1000XM4 500 mA 6 s");
}
END_TEST

static void bluetooth(const char *model, bool connected) {
        struct event e = { .type = EVENT_HEADSET, .time = story_model()->now };
        struct headset_facts *f = &e.u.headset;

        memset(f, 0, sizeof *f);
        f->facts = MODEL_FACTS_UNKNOWN;
        snprintf(f->facts.model, sizeof f->facts.model, "%s", model);
        snprintf(f->facts.family, sizeof f->facts.family, "over-ear");
        f->facts.powers_down = YES;
        snprintf(f->mark, sizeof f->mark, "%s", model);
        f->paired = true;
        f->connected = connected;
        for (size_t i = 0; i < _BATTERY_PART_MAX; i++)
                f->parts[i].percent = BATTERY_UNKNOWN;
        e.time.at += SECOND;
        e.time.wall += SECOND;
        model_apply(story_model(), &e);
}

/* A headset of a model that switches off when it is plugged in loses its link when something is plugged in. It is probably that
 * headset. */
START_TEST(test_partner_session_of_a_headset_that_switches_off) {
        struct typec_facts f = feeding_connector(0, NULL, TYPEC_DEFAULT);
        struct typec_port *t;

        at(190);
        tick();
        bluetooth("WF-1000XM4", true);
        at(200);
        t = typec(&f);
        bluetooth("WF-1000XM4", false);
        at(206);
        tick();
        ck_assert_str_eq(partner_session(t), "typec-port0 open probably WF-1000XM4 500 mA 6 s");
        ck_assert_int_eq(session_outcome(&t->session, story_model()->now), OUTCOME_UNCLEAR);
}
END_TEST

START_TEST(test_more_connectors_than_there_are) {
        struct typec_facts f;

        for (unsigned i = 0; i < 255; i++) {
                f = feeding_connector((uint8_t) i, NULL, TYPEC_DEFAULT);
                typec(&f);
        }
        ck_assert_uint_eq(story_model()->n_typec, MODEL_TYPEC_MAX);
        for (unsigned i = 0; i < 255; i++)
                typec_gone((uint8_t) i);
        ck_assert(!model_has_typec(story_model()));
}
END_TEST

int main(void) {
        Suite *suite = suite_create("type-c");
        TCase *c = tcase_create("type-c");

        tcase_add_checked_fixture(c, story_with_ports, story_end);
        tcase_add_loop_test(c, test_offers, 0, sizeof offers / sizeof offers[0]);
        tcase_add_test(c, test_offer_is_not_that_of_a_port_behind_a_hub);
        tcase_add_test(c, test_link_from_either_side);
        tcase_add_test(c, test_both_halves);
        tcase_add_test(c, test_cannot_tell_which_socket);
        tcase_add_loop_test(c, test_late_offers, 0, (int) (sizeof lates / sizeof *lates));
        tcase_add_loop_test(c, test_sightings, 0, sizeof sightings / sizeof sightings[0]);
        tcase_add_test(c, test_sighting_at_start);
        tcase_add_loop_test(c, test_lies, 0, sizeof lies / sizeof lies[0]);
        tcase_add_test(c, test_silence_ends_with_the_next_word);
        tcase_add_test(c, test_mute_controller);
        tcase_add_loop_test(c, test_cables, 0, sizeof cables / sizeof cables[0]);
        tcase_add_test(c, test_cable_of_an_unknown_device_is_nobodys_business);
        tcase_add_test(c, test_what_a_partner_takes_at_20_v_is_not_asked_for);
        tcase_add_test(c, test_partner_asks_for_more_than_the_cable_carries);
        tcase_add_test(c, test_charge_only_after_the_headset_was_seen_here);
        tcase_add_test(c, test_data_lost_while_plugged_is_no_cable);
        tcase_add_test(c, test_headset_by_its_partner);
        tcase_add_test(c, test_nothing_seen_with_type_c_at_both_ends);
        tcase_add_test(c, test_autosuspend_beside_a_type_c_offer);
        tcase_add_test(c, test_partner_session);
        tcase_add_test(c, test_partner_session_from_history);
        tcase_add_test(c, test_partner_session_of_a_headset);
        tcase_add_test(c, test_partner_session_of_a_headset_that_switches_off);
        tcase_add_test(c, test_more_connectors_than_there_are);
        suite_add_tcase(suite, c);
        return run_suite(suite);
}
