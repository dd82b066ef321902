/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the e-marker of a cable reports. Anybody can buy such a chip, so its data is reported but never trusted. A missing
 * e-marker proves nothing: most cables do not need one, and many computers cannot read it.
 */
#include "causes/cause.h"

#include <stdio.h>

#define VENDOR_SONY 0x054c
#define VSAFE5V_MV 5000
#define VENDOR_MASK 0xffff /* USB PD r3.1 §6.4.4.3.1.1, kernel pd_vdo.h PD_IDH_VID() */

static uint32_t most(uint32_t a, uint32_t b) {
        return a > b ? a : b;
}

/* The current that the cable has to carry: the need of the model, or the partner's own request at 5 V. Requests at higher
 * voltages do not matter here. */
static uint32_t asked_ma(const struct subject *s, const struct typec_port *t) {
        const struct model_facts *facts = subject_facts(s);
        uint32_t asked = facts ? facts->needed_ma : 0;

        for (uint8_t i = 0; i < t->facts.n_sink; i++)
                if (t->facts.sink[i].kind == TYPEC_PDO_FIXED && t->facts.sink[i].max_mv == VSAFE5V_MV &&
                    t->facts.sink[i].max_ma <= 5000)
                        asked = most(asked, t->facts.sink[i].max_ma);
        return asked;
}

static void give_e_marker(const struct subject *s, struct finding *f, const struct typec_port *t) {
        const struct typec_identity *i = &t->facts.cable_identity;
        uint32_t rating = typec_cable_rating_ma(&t->facts), vendor = i->id_header & VENDOR_MASK;
        uint64_t at = moment_wall(s->model, t->observed.attached);
        char vendor_id[8];

        snprintf(vendor_id, sizeof vendor_id, "%04x", vendor);
        if (vendor != 0)
                give(f, SAY_EV_E_MARKER_VENDOR, "typec", at, TEXT("vendor", vendor_id));
        else
                give(f, SAY_EV_E_MARKER_NO_VENDOR, "typec", at);
        if (rating > 0)
                give(f, SAY_EV_E_MARKER_RATING, "typec", at, NUMBER("rating_ma", rating));
}

/* The e-marker is used only when the data of the port can be trusted. */
static const struct typec_port *with_e_marker(const struct subject *s) {
        const struct typec_port *t = subject_typec(s);

        if (!t || !t->facts.partner || typec_doubts(s->model, t) != 0)
                return NULL;
        return typec_has_e_marker(&t->facts) ? t : NULL;
}

void cause_cable_underrated(const struct subject *s, struct findings *out) {
        const struct typec_port *t = with_e_marker(s);
        uint32_t rating, asked;
        struct finding *f;

        if (!t)
                return;
        rating = typec_cable_rating_ma(&t->facts);
        asked = asked_ma(s, t);
        if (rating == 0 || asked <= rating)
                return;
        f = found(s, out, CABLE_UNDERRATED, INFO, LIKELY);
        because(f, SAY_CABLE_MADE_FOR_LESS, NUMBER("rating_ma", rating), NUMBER("asked_ma", asked));
        advise(f, SAY_CABLE_WITH_RATING, NUMBER("asked_ma", asked));
        give_e_marker(s, f, t);
        give(f, SAY_EV_ASKED_FOR, t->facts.n_sink > 0 ? "typec" : "model-facts", 0, NUMBER("asked_ma", asked));
}

/* The supplied cables are plain ones without an e-marker as far as is known, so a cable with one is probably another cable. This
 * is not a fault, and nothing shows whether a cable is genuine. */
void cause_cable_not_supplied(const struct subject *s, struct findings *out) {
        const struct typec_port *t = with_e_marker(s);
        struct finding *f;

        if (!t || !subject_is_headset(s) || (t->facts.cable_identity.id_header & VENDOR_MASK) == VENDOR_SONY)
                return;
        f = found(s, out, CABLE_NOT_SUPPLIED, INFO, POSSIBLE);
        because(f, SAY_CABLE_HAS_E_MARKER);
        advise(f, SAY_OTHER_CABLE_NO_FAULT);
        give_e_marker(s, f, t);
}
