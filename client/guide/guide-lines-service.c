/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines of the guide: firmware, reset, and what remains if nothing helps.
 */
#include "client/guide/guide-sources.h"
#include "common/language.h"

/* Sony says this of several models. */
#define REPLACE_THE_BATTERY N_("When it plays much shorter than before, the battery should be replaced: ask a Sony dealer.")

/* The series that have the buttons which the Help Guides name. */
/* The button of the WH-1000XM4 has another name, and there is no confirmed sequence for its reset. */
#define WITH_NC_BUTTON "WH-*;!WH-CH510;!WH-CH520;!WH-1000XM4"

const struct guide_line guide_lines_service[] = {
        /* Firmware. The newest version comes from the model facts. */
        { GUIDE_FIRMWARE, FOR_ALL, NULL, &by_general_guide,
          N_("Sony's app updates it: connect the headset to the phone and open the device in the app, a banner tells of an "
             "update. "
             "Both "
             "have to be on a network.") },
        { GUIDE_FIRMWARE, FOR_ALL, "WF-1000XM4", &by_drain,
          N_("Version 1.4.2 was said to empty one earbud quickly, and 1.6.1 to mend it.") },

        /* Reset. */
        { GUIDE_RESET, FOR_ALL, NULL, &by_steps,
          N_("Reset it when cable, adapter and computer are fine; then initialise it; then have it repaired.") },
        { GUIDE_RESET, FOR_ALL, "WH-CH520", &by_ch520_notes,
          N_("With the USB cable plugged in, press volume up and volume down.") },
        { GUIDE_RESET, FOR_OVER_EAR, WITH_NC_BUTTON, &by_general_guide,
          N_("WH series: plug the USB cable in, hold POWER and NC/AMBIENT for three seconds, unplug it and plug it in again. "
             "Pairing is kept.") },
        { GUIDE_RESET, FOR_ALL, "WF-1000XM4", &by_wf_guide,
          N_("Disconnect the phone. Put the left earbud into the case and the cable into the case. Open and close the lid five "
             "times, "
             "ending open. When the light turns red, close the lid for five seconds. Take the earbud out when the light flashes "
             "green. "
             "Do the same with the right one.") },

        /* A trick. */
        { GUIDE_HOLD_POWER, FOR_OVER_EAR, NULL, &by_wh_guide,
          N_("Hold the power button while plugging the charger in, then let go. It is said to help often, and nobody says why; "
             "told "
             "of "
             "WH-1000XM3, XM4 and XM5.") },

        /* Initialise. */
        { GUIDE_INITIALISE, FOR_ALL, NULL, &by_steps_xm6,
          N_("It brings back the state of the factory: settings and pairing are lost.") },
        { GUIDE_INITIALISE, FOR_ALL, "WH-CH520", &by_ch520_notes, N_("Hold power and volume down for ten seconds.") },
        { GUIDE_INITIALISE, FOR_OVER_EAR, WITH_NC_BUTTON, &by_general_guide,
          N_("WH series: unplug the cable, switch the headset off, hold POWER and NC/AMBIENT for seven seconds until the blue "
             "light "
             "has flashed "
             "four times.") },
        { GUIDE_INITIALISE, FOR_OVER_EAR, "WH-1000XM4", &by_wh_guide,
          N_("Unplug the cable, switch the headset off, hold the power button and the ambient button for seven seconds until the "
             "blue light has flashed four times. What this model calls that button is not proven: see its Help Guide.") },
        { GUIDE_INITIALISE, FOR_OVER_EAR, "WH-*;!WH-CH510;!WH-CH520", &by_wh_guide,
          N_("Wait about ten minutes, then try to charge.") },

        /* The battery. */
        { GUIDE_BATTERY, FOR_ALL, "WH-1000XM5", &by_xm5_battery, REPLACE_THE_BATTERY },
        { GUIDE_BATTERY, FOR_ALL, "WF-C500", &by_c500, REPLACE_THE_BATTERY },
        { GUIDE_BATTERY, FOR_ALL, "Float Run", &by_float_run, REPLACE_THE_BATTERY },
        { GUIDE_BATTERY, FOR_ALL, NULL, &by_power_on,
          N_("If it does not respond after all steps, the battery can be taken for dead: it has to be repaired or replaced.") },
        { GUIDE_BATTERY, FOR_ALL, NULL, &by_terms,
          N_("What somebody else opened or changed may not be covered by the warranty.") },
        { GUIDE_BATTERY, FOR_ALL, NULL, &by_general_guide, N_("It runs only while it is plugged in: the battery is at fault.") },
        { GUIDE_BATTERY, FOR_OVER_EAR, NULL, &by_general_guide,
          N_("Only without warranty, and with skill: the battery sits on the side of the charging socket, under the ear pad and "
             "a "
             "few screws, "
             "on a plug. Mind the other wires.") },

        /* Sony. */
        { GUIDE_SERVICE, FOR_ALL, "PULSE*", &by_playstation, N_("PULSE headsets have a support of their own.") },
        { GUIDE_SERVICE, FOR_ALL, "*;!PULSE*", &by_support,
          N_("Choose the country where it was bought: repair and warranty differ between countries.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_warranty,
          N_("The warranty counts from the day of purchase. This is the page of Norway; other countries have their own.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_terms,
          N_("Keep the invoice with the model's name on it ready. So it says in Hong Kong; elsewhere it will do no harm.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_serial,
          N_("A serial number that has worn off need not end the warranty, one that was changed or removed does.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_program,
          N_("\"sonychargectl report --with-serial\" writes down for them what was seen here.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_general_guide,
          N_("Sony asks for the exact model, for the serial number (by the bar code at the bottom of the box), and whether reset "
             "and "
             "initialising "
             "were tried.") },
        { GUIDE_SERVICE, FOR_ALL, NULL, &by_general_guide,
          N_("Nothing of all this helped: it is defective, ask Sony for repair or replacement.") },
        {},
};
