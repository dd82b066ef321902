/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Special features of single models. The general facts of a model are in the hwdb and are added when it is available. A model
 * without a row is treated like its family.
 *
 * Sequences: "O" marks a page of Sony, "P" a page by others only. When no sequence is known for certain, the texts refer to the
 * Help Guide of the model.
 */
#include "common/language.h"
#include "table.h"

/* O A1, A3; P two public guides */
#define WH_RESET N_("Plug the cable in, hold the power and the NC/AMBIENT button for 3 seconds, unplug it, and plug it in again.")
#define WH_INITIALISE                                                                                                           \
        N_("Take the cable out, switch it off, hold the power and the NC/AMBIENT button for 7 seconds, until the light blinks " \
           "blue four times.")

const struct doctor_model_row doctor_models[] = {
        /* no battery: O */
        { "INZONE H3", FAMILY_OVER_EAR, TRAIT_NO_BATTERY, NULL, NULL },
        { "INZONE H6 Air", FAMILY_OVER_EAR, TRAIT_NO_BATTERY, NULL, NULL },
        { "INZONE E9", FAMILY_EARBUDS, TRAIT_NO_BATTERY, NULL, NULL },

        /* goes off on the cable: XM5 O TP1000534372; XM3 P; XM4 likely. Level: owners 2/12 */
        { "WH-1000XM3", FAMILY_OVER_EAR, TRAIT_GOES_OFF, WH_RESET, WH_INITIALISE },
        { "WH-1000XM4", FAMILY_OVER_EAR, TRAIT_GOES_OFF | TRAIT_LEVEL_LIES, NULL, NULL },
        { "WH-1000XM5", FAMILY_OVER_EAR, TRAIT_GOES_OFF, WH_RESET, WH_INITIALISE },
        { "WH-1000XM6", FAMILY_OVER_EAR, TRAIT_LIMITS, NULL, NULL },          /* O A1 */
        { "1000X THE COLLEXION", FAMILY_OVER_EAR, TRAIT_LIMITS, NULL, NULL }, /* O its Help Guide H010 */
        /* P notes of its Help Guide */
        { "WH-CH520", FAMILY_OVER_EAR, 0, N_("Plug the cable in, and press volume up and volume down together."),
          N_("Take the cable out, and hold the power and the volume down button for 10 seconds.") },
        { "WH-CH510", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "WH-1000XM2", FAMILY_OVER_EAR, 0, WH_RESET, WH_INITIALISE }, /* O A1 */
        { "WH-CH700N", FAMILY_OVER_EAR, 0, WH_RESET, WH_INITIALISE },
        { "WH-CH710N", FAMILY_OVER_EAR, 0, WH_RESET, WH_INITIALISE },
        { "WH-CH720N", FAMILY_OVER_EAR, 0, WH_RESET, WH_INITIALISE },
        /* blinks orange while it charges: P, owners 1 */
        { "PULSE 3D", FAMILY_OVER_EAR, TRAIT_BLINKS, NULL, NULL },
        /* O A10 playstation.com troubleshoot-pulse-elite */
        { "PULSE Elite", FAMILY_OVER_EAR, 0, N_("Hold the PS Link button for 10 seconds, then press it again."),
          N_("Hold the PS Link button for 8 seconds until it blinks blue. Do this twice; it blinks red once when it is done."),
          true },
        { "PULSE Explore", FAMILY_EARBUDS, 0, NULL, NULL },
        { "PULSE", FAMILY_OVER_EAR, 0, NULL, NULL },
        /* cells: A8 sony.jp 00283656, press; red: P two pages; initialise: P a public guide, which calls it reset */
        { "WF-1000XM4", FAMILY_EARBUDS, TRAIT_WEAK_CELLS | TRAIT_RED_IS_WRONG | TRAIT_PAD, NULL,
          N_("One earbud at a time, in the case, with the cable in: open, close and open the lid five times; when the light "
             "turns red close it for 5 seconds; take the earbud out when it blinks green.") },
        { "WF-1000XM5", FAMILY_EARBUDS, TRAIT_PAD, NULL, NULL }, /* O HW5 */
        { "WF-1000XM6", FAMILY_EARBUDS, TRAIT_PAD, NULL, NULL },
        /* O H69 */
        { "LinkBuds UC", FAMILY_EARBUDS, 0,
          N_("One earbud at a time in the open case: hold the reset button of the case for 20 seconds or more; after 15 seconds "
             "the light blinks orange slowly."),
          NULL, true },
        { "LinkBuds S", FAMILY_EARBUDS, TRAIT_WEAK_CELLS | TRAIT_NO_PAD, NULL, NULL }, /* owners, press */
        /* O NS7 */
        { "SRS-NS7", FAMILY_NECKBAND, 0, N_("While it charges, press the power and the microphone button together."), NULL,
          true },

        /* prefixes of Sony's names for its headsets */
        { "INZONE Buds", FAMILY_EARBUDS, 0, NULL, NULL },
        { "INZONE H", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "LinkBuds", FAMILY_EARBUDS, 0, NULL, NULL },
        { "WF-", FAMILY_EARBUDS, 0, NULL, NULL },
        { "WI-", FAMILY_NECKBAND, 0, NULL, NULL },
        { "WH-", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "MDR-XB", FAMILY_UNKNOWN, 0, NULL, NULL }, /* some are neckbands */
        { "MDR-", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "ULT WEAR", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "1000X", FAMILY_OVER_EAR, 0, NULL, NULL },
        { "SRS-N", FAMILY_NECKBAND, 0, NULL, NULL },
        { "Float Run", FAMILY_NECKBAND, 0, NULL, NULL },
};
const size_t doctor_n_models = sizeof doctor_models / sizeof *doctor_models;
