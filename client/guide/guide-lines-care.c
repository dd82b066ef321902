/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines of the guide: temperature, storage, dirt, the case, and the battery level that is shown.
 */
#include "client/guide/guide-sources.h"
#include "common/language.h"

/* Sony says this of several models. */
#define CASE_IS_LOW N_("When the case is low, the earbuds do not begin to charge: charge the case.")

/* Sony says this of several models. */
#define SHORTER_AT_FIRST \
        N_("After months without use it may play shorter; that gets better after charging and using it a few times.")

const struct guide_line guide_lines_care[] = {
        /* Temperature. */
        { GUIDE_TEMPERATURE, FOR_ALL, NULL, &by_steps, N_("It charges between 5 and 35 °C (41 and 95 °F).") },
        { GUIDE_TEMPERATURE, FOR_ALL, "WH-1000XM5", &by_xm5_battery,
          N_("15 to 35 °C (59 to 95 °F) is recommended; outside of that it may charge badly.") },
        { GUIDE_TEMPERATURE, FOR_ALL, "WH-1000XM6", &by_steps_xm6,
          N_("15 to 35 °C (59 to 95 °F) is recommended; outside of that it may charge badly.") },
        { GUIDE_TEMPERATURE, FOR_ALL, "WF-C500", &by_c500,
          N_("15 to 35 °C (59 to 95 °F) is recommended; outside of that it may charge badly.") },
        { GUIDE_TEMPERATURE, FOR_ALL, "Float Run", &by_float_run,
          N_("15 to 35 °C (59 to 95 °F) is recommended; outside of that it may charge badly.") },
        { GUIDE_TEMPERATURE, FOR_ALL, "MDR-1ADAC", &by_1adac, N_("It charges between 5 and 35 °C.") },
        { GUIDE_TEMPERATURE, FOR_ALL, NULL, &by_power_on,
          N_("Charge at room temperature: lasting heat while charging harms the battery.") },

        /* Storage. */
        { GUIDE_STORAGE, FOR_ALL, NULL, &by_power_on,
          N_("Store it more than half full and charge it every six months. A battery that was left empty for very long may not "
             "start "
             "any more.") },
        { GUIDE_STORAGE, FOR_ALL, "WF-C500", &by_c500,
          N_("After months without use the light of the case may come on late, and charging may take longer: leave the cable in "
             "and "
             "wait.") },
        { GUIDE_STORAGE, FOR_ALL, "MDR-1ADAC", &by_1adac, N_("After months without use the light may take a while to come on.") },
        { GUIDE_STORAGE, FOR_ALL, "WH-1000XM5", &by_xm5_battery, SHORTER_AT_FIRST },
        { GUIDE_STORAGE, FOR_ALL, "Float Run", &by_float_run, SHORTER_AT_FIRST },
        { GUIDE_STORAGE, FOR_ALL, NULL, &by_general_guide,
          N_("After months without use the light may stay dark for a while: leave it plugged in.") },

        /* Dirt. */
        { GUIDE_CLEAN, FOR_ALL, "1000X THE COLLEXION", &by_collexion,
          N_("Look whether there is dust or anything else in the socket.") },
        { GUIDE_CLEAN, FOR_ALL, NULL, &by_wh_guide,
          N_("Clean the headset's socket with a dry cotton swab or a soft brush, never with metal. The plug has to go in all the "
             "way.") },
        { GUIDE_CLEAN, FOR_ALL, "WH-1000XM5", &by_wh_guide,
          N_("No light with a cable and an adapter that are known to be good: clean the socket.") },
        { GUIDE_CLEAN, FOR_EARBUDS, NULL, &by_wf_guide,
          N_("Dust or moisture on the metal contacts of earbuds and case keeps them from charging: clean both.") },

        /* Liquid. */
        { GUIDE_WET, FOR_ALL, "1000X THE COLLEXION", &by_collexion,
          N_("Do not charge while plug or socket are wet or dirty: it can get hot, burn or break. If they get wet, unplug at "
             "once.") },
        { GUIDE_WET, FOR_ALL, "WH-1000XM5", &by_xm5_wet,
          N_("It is not waterproof. Charging it while wet can burn or break it.") },
        { GUIDE_WET, FOR_ALL, NULL, &by_app_functions,
          N_("Sony's protocol can tell of a wet USB socket. Where a model has that, it may refuse to charge until it is dry.") },

        /* Earbuds in the case. */
        { GUIDE_SEATING, FOR_EARBUDS, "WF-1000XM5", &by_wf_xm5,
          N_("Left one into the left hole, right one into the right: the magnets pull them "
             "into place. Close the lid.") },
        { GUIDE_SEATING, FOR_EARBUDS, "LinkBuds S", &by_linkbuds_s,
          N_("Left one into the left hole, right one into the right: the magnets pull "
             "them into place. Close the lid.") },
        { GUIDE_SEATING, FOR_EARBUDS, "WF-1000XM3", &by_wf_xm3, N_("Put both in and close the lid.") },
        { GUIDE_SEATING, FOR_EARBUDS, "LinkBuds Fit", &by_fit, N_("Keep the lid closed while charging, or the case runs down.") },
        { GUIDE_SEATING, FOR_EARBUDS, NULL, &by_wf_guide,
          N_("Take both out and put them in again, so that the magnets pull them onto the pins.") },

        /* The case. */
        { GUIDE_CASE, FOR_EARBUDS, "WF-C700N", &by_c700n_off, CASE_IS_LOW },
        { GUIDE_CASE, FOR_EARBUDS, "LinkBuds S", &by_linkbuds_s, CASE_IS_LOW },
        { GUIDE_CASE, FOR_EARBUDS, "WF-C500", &by_c500,
          N_("No light on the earbuds when they are put in: the case is empty. Charge the case.") },
        { GUIDE_CASE, FOR_EARBUDS, NULL, &by_wf_guide,
          N_("Put both earbuds in, charge the case for 30 minutes, and look again. A case runs down by itself, and in 20 to 22 "
             "hours "
             "of use.") },

        /* The battery level that is shown. */
        { GUIDE_LEVEL, FOR_ALL, "WF-C510", &by_c510, N_("The level that a phone shows is a rough estimate.") },
        { GUIDE_LEVEL, FOR_ALL, NULL, &by_pipewire,
          N_("Over Bluetooth's hands-free profile many headsets tell their level in steps of 10 %, and only while they are "
             "connected.") },
        { GUIDE_LEVEL, FOR_ALL, NULL, &by_bluez,
          N_("BlueZ before 5.71 shows that level only with \"Experimental = true\" in /etc/bluetooth/main.conf.") },
        { GUIDE_LEVEL, FOR_ALL, "WH-1000XM4", &by_wh_guide,
          N_("It often shows a low level, such as 10 %, when it is nearly full: unplug it and look whether it runs.") },

        /* Visibility to the computer. */
        { GUIDE_VISIBLE, FOR_ALL, "MDR-1000X", &by_seen_1000x, N_("Plugged in, it was seen as a USB device.") },
        { GUIDE_VISIBLE, FOR_ALL, "WH-1000XM4", &by_seen_xm4, N_("Plugged in, it was seen as a USB device.") },
        { GUIDE_VISIBLE, FOR_ALL, "INZONE H7;INZONE H9", &by_ucm,
          N_("Its receiver is a USB device. The headset itself charges by another cable, and nothing is known of how it looks "
             "there.") },
        { GUIDE_VISIBLE, FOR_ALL, "INZONE H5;INZONE H9 II;INZONE Buds", &by_receivers,
          N_("Its receiver is a USB device and tells the battery. What charges is plugged in by another cable, and nothing is "
             "known "
             "of how "
             "it looks there.") },
        { GUIDE_VISIBLE, FOR_ALL, "INZONE H5;INZONE H9 II;INZONE Buds", &by_receivers,
          N_("With the switch of the receiver at the console it tells the computer no battery: set the switch to PC.") },
        { GUIDE_VISIBLE, FOR_ALL, "PULSE 3D", &by_pulse,
          N_("Its adapter is a USB device and tells the battery. The headset itself charges by another cable.") },
        { GUIDE_VISIBLE, FOR_ALL, NULL, &by_lsusb,
          N_("Few headsets of Sony's were ever seen as USB devices. That a computer does not list one is normal and no fault.") },
        { GUIDE_VISIBLE, FOR_ALL, NULL, &by_ucsi,
          N_("At a USB-C port many computers see that something is plugged in, even if it does not tell its name; some see "
             "nothing "
             "at all.") },
        {},
};
