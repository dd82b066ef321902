/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Lines of the guide: the light, the power supply, and the cable.
 */
#include "client/guide/guide-sources.h"
#include "common/language.h"

/* Sony says this of several models. */
#define HOUR_IN_FIVE_MINUTES N_("Five minutes of charging give about one hour of music.")

#define XM3_XM4 "WH-1000XM3;WH-1000XM4"

const struct guide_line guide_lines_power[] = {
        /* The light. */
        { GUIDE_LIGHT, FOR_ALL, NULL, &by_steps,
          N_("Charge for five minutes, then look: a light that is lit says that it charges.") },
        { GUIDE_LIGHT, FOR_ALL, NULL, &by_steps,
          N_("Red or orange that flashes twice again and again: the temperature is not right for charging. "
             "Unplug it, leave it at room temperature for one to two hours, and charge again.") },
        { GUIDE_LIGHT, FOR_ALL, NULL, &by_steps,
          N_("Slow flashing is the temperature too, by Sony's general steps; of some models Sony says that it is trouble with "
             "charging, or a low battery. The model's own Help Guide counts.") },
        { GUIDE_LIGHT, FOR_ALL, XM3_XM4, &by_leds,
          N_("The light on the right side is red while it charges and goes out when it is done.") },
        { GUIDE_LIGHT, FOR_ALL, XM3_XM4, &by_leds,
          N_("Right side, two quick red flashes again and again: the temperature is not right. Stop charging at once, wait a "
             "while, "
             "try again.") },
        { GUIDE_LIGHT, FOR_ALL, XM3_XM4, &by_leds,
          N_("Right side, slow red flashes: something is wrong with the charging. Stop charging at once, wait a while, try "
             "again.") },
        { GUIDE_LIGHT, FOR_ALL, XM3_XM4, &by_leds, N_("Left side, slow red flashes for about 15 seconds: the battery is low.") },
        { GUIDE_LIGHT, FOR_ALL, "WH-1000XM5", &by_leds,
          N_("The light on the right side is orange while it charges and goes out when it is done.") },
        { GUIDE_LIGHT, FOR_ALL, "WH-1000XM5", &by_leds,
          N_("Right side, two quick orange flashes again and again: the temperature is not right. Stop charging at once, wait a "
             "while, try again.") },
        { GUIDE_LIGHT, FOR_ALL, "WH-1000XM5", &by_leds,
          N_("Left side, slow orange flashes for about 15 seconds: the battery is low.") },
        { GUIDE_LIGHT, FOR_ALL, "1000X THE COLLEXION", &by_collexion,
          N_("The light is orange while it charges and goes out when it is done.") },
        { GUIDE_LIGHT, FOR_ALL, "MDR-1ADAC", &by_1adac,
          N_("The POWER light is red while it charges and goes out when it is done. If it flashes red, it does not charge "
             "properly.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-1000XM3", &by_wf_xm3,
          N_("The light of the case is red while it charges and goes out when it is full.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-1000XM5", &by_wf_xm5,
          N_("The light of the case is orange while it charges and goes out when it is done.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-1000XM5", &by_wf_xm5,
          N_("Put the earbuds in: while the case has charge, its light is orange or green for about three seconds.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-C500", &by_c500,
          N_("Orange flashing while it charges, on the earbuds or the case: something unusual was found, the battery may be at "
             "fault.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-C500", &by_c500,
          N_("Slow orange flashing when an earbud is put in: the case is low. No light at all on the earbuds: the case is "
             "empty.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-C700N", &by_c700n,
          N_("When the lid is opened or closed, the light tells the level of the earbuds in the case: green above 70 %, orange "
             "from "
             "1 to "
             "70 %, dark below 1 %. Without earbuds, that of the case: green above 20 %, orange from 1 to 20 %, dark below 1 "
             "%.") },
        { GUIDE_LIGHT, FOR_ALL, "LinkBuds", &by_linkbuds,
          N_("When the lid is opened or closed, the light tells the level of the earbuds in the case: green from 95 %, orange "
             "from "
             "1 to "
             "94 %, dark below 1 %. Without earbuds, that of the case: green above 30 %, orange from 1 to 30 %, dark below 1 "
             "%.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-XB700", &by_xb700,
          N_("The lights of the case and of the earbuds are red while they charge.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-XB700", &by_xb700,
          N_("Slow red flashing for about 15 seconds: the case has 30 % or less, or the earbuds 20 % or less.") },
        { GUIDE_LIGHT, FOR_ALL, "WF-1000XM4", &by_wf_xm4_light,
          N_("The light of the case is orange while it charges and goes out when it is done. Steady red while charging: "
             "something "
             "is "
             "wrong, it may be too hot. Stop charging, try again later.") },
        { GUIDE_LIGHT, FOR_EARBUDS, NULL, &by_wh_guide,
          N_("A case whose light flashes red again and again is too hot inside and has stopped charging to save its battery.") },
        { GUIDE_LIGHT, FOR_OVER_EAR | FOR_NECKBAND, NULL, &by_wh_guide,
          N_("The light flashes, but it does not charge: update the firmware, then initialise it.") },

        /* Current and time. */
        { GUIDE_POWER, FOR_ALL, "WH-1000XM3", &by_xm3,
          N_("For about five hours of music after ten minutes of charging, the adapter has to give 1.5 A or more.") },
        { GUIDE_POWER, FOR_ALL, "WH-1000XM5", &by_xm5,
          N_("An adapter of 1.5 A (1500 mA) or more fills it in about 3.5 hours. With less it takes longer.") },
        { GUIDE_POWER, FOR_ALL, "WH-1000XM5", &by_xm5,
          N_("An adapter with USB Power Delivery is faster; 5 V / 2 A or 9 V / 3 A is recommended.") },
        { GUIDE_POWER, FOR_ALL, "WH-1000XM6", &by_xm6, N_("It is full in about 3.5 hours.") },
        { GUIDE_POWER, FOR_ALL, "WH-1000XM6", &by_steps_xm6, N_("An adapter has to give 1.5 A (1500 mA).") },
        { GUIDE_POWER, FOR_ALL, "1000X THE COLLEXION", &by_collexion, N_("It is full in about 3.5 hours.") },
        { GUIDE_POWER, FOR_ALL, "MDR-1ADAC", &by_1adac,
          N_("It is full in about 4 hours with the adapter AC-UD20, at the socket PC/CHARGE.") },
        { GUIDE_POWER, FOR_ALL, "WH-CH520", &by_ch520,
          N_("Three minutes of charging give about 1.5 hours of music, ten minutes about 5.5 hours.") },
        { GUIDE_POWER, FOR_ALL, "WF-1000XM3", &by_wf_xm3,
          N_("Case and earbuds are full in about 3.5 hours, with the supplied cable and an adapter.") },
        { GUIDE_POWER, FOR_ALL, "WF-1000XM5", &by_wf_xm5,
          N_("An adapter of 0.5 A (500 mA) or more fills case and earbuds in about 2 hours; the case fills the earbuds in about "
             "1.5 "
             "hours.") },
        { GUIDE_POWER, FOR_ALL, "LinkBuds S", &by_linkbuds_s_time, HOUR_IN_FIVE_MINUTES },
        { GUIDE_POWER, FOR_ALL, "LinkBuds Fit", &by_fit, HOUR_IN_FIVE_MINUTES },
        { GUIDE_POWER, FOR_ALL, NULL, &by_usb2,
          N_("A plain USB 2.0 port gives 500 mA to a device that asks for it, a hub without a power supply 100 mA. With less "
             "than a "
             "headset asks for, it charges slowly.") },
        { GUIDE_POWER, FOR_ALL, "WH-1000XM4", &by_xm4_owner, N_("5 V and 1.5 A, as an owner reads its specification.") },
        { GUIDE_POWER, FOR_ALL, "WF-1000XM4", &by_wf_xm4_light, N_("Case and earbuds are full in about 3 hours.") },
        { GUIDE_POWER, FOR_ALL, "WF-1000XM4", &by_wf_xm4_case,
          N_("An owner's case stopped charging at a fast charger, and came back at a plain one of 5 V or at a computer.") },

        /* Wall socket and adapter. */
        { GUIDE_SOURCE, FOR_ALL, NULL, &by_steps_hk, N_("Look whether the adapter sits firmly in the wall socket.") },
        { GUIDE_SOURCE, FOR_ALL, NULL, &by_steps_xm6, N_("The wall socket has to work: try it with something else.") },
        { GUIDE_SOURCE, FOR_ALL, NULL, &by_steps, N_("Try another adapter.") },
        { GUIDE_SOURCE, FOR_ALL, "WH-1000XM5", &by_xm5, N_("Some adapters may not charge it.") },
        { GUIDE_SOURCE, FOR_ALL, NULL, &by_general_guide,
          N_("Test the socket with another adapter, the adapter in another socket and with another device, and leave out a power "
             "strip.") },
        { GUIDE_SOURCE, FOR_ALL, "WH-1000XM5", &by_wh_guide,
          N_("Charge another device with the same cable and adapter: if that works, the headset is at fault. If its light comes "
             "on "
             "at "
             "a computer and not at the adapter, the adapter is.") },

        /* The computer. */
        { GUIDE_COMPUTER, FOR_ALL, NULL, &by_steps_hk,
          N_("The computer has to be on all the time, not asleep, in standby or hibernating.") },
        { GUIDE_COMPUTER, FOR_ALL, NULL, &by_steps_hk, N_("Plug the headset directly into the computer, not into a hub.") },
        { GUIDE_COMPUTER, FOR_ALL, NULL, &by_steps_hk, N_("Try another USB port of the computer.") },
        { GUIDE_COMPUTER, FOR_ALL, "WH-1000XM5", &by_xm5,
          N_("It does not charge while the computer sleeps or hibernates. Not every computer is sure to work, one built by hand "
             "least "
             "of all.") },
        { GUIDE_COMPUTER, FOR_ALL, "WF-C500", &by_c500, N_("Use only the supplied cable at a computer, and connect directly.") },
        { GUIDE_COMPUTER, FOR_ALL, NULL, &by_program,
          N_("\"sonychargectl status\" shows what is in the way, \"sonychargectl ports\" what each port gives.") },
        { GUIDE_COMPUTER, FOR_ALL, NULL, &by_general_guide, N_("Keep the computer's system up to date.") },

        { GUIDE_SOURCE, FOR_OVER_EAR, "WH-1000X*;MDR-1000X", &by_program,
          N_("The aeroplane plug of the box is for sound only: never put it into a wall socket.") },

        /* The cable. */
        { GUIDE_CABLE, FOR_ALL, NULL, &by_steps_hk,
          N_("Use the cable that came with the headset, if one came with it; others may not charge it.") },
        { GUIDE_CABLE, FOR_ALL, NULL, &by_steps, N_("Unplug it and plug it in again, firmly, at both ends.") },
        { GUIDE_CABLE, FOR_ALL, "WH-1000XM5", &by_xm5, N_("Another cable may not charge it.") },
        { GUIDE_CABLE, FOR_ALL, NULL, &by_typec,
          N_("From USB-C to USB-C, power comes only after both sides have found each other on the wires for that. Where nothing "
             "happens at "
             "all, try a cable from USB-A to USB-C.") },
        { GUIDE_CABLE, FOR_ALL, NULL, &by_general_guide,
          N_("Do not mix up the cables of different devices: they differ in their wires and may not carry enough.") },
        { GUIDE_CABLE, FOR_ALL, NULL, &by_general_guide,
          N_("A cable can be broken inside by twisting. Try it with another device, and another cable with the headset. Replace "
             "one "
             "that "
             "is bent or frayed, it cannot be repaired.") },

        /* Use while charging. */
        { GUIDE_IN_USE, FOR_ALL, "WH-1000XM5", &by_xm5,
          N_("It switches itself off when charging starts. While it is plugged in, it cannot be switched on, paired or "
             "played.") },
        { GUIDE_IN_USE, FOR_ALL, "WH-1000XM6", &by_steps_xm6,
          N_("While it is in use, charging stops at about 80 %, and does not start above that. This is no fault.") },
        { GUIDE_IN_USE, FOR_ALL, "1000X THE COLLEXION", &by_collexion,
          N_("It can be used while it charges. Charging then stops at about 80 %, and does not start above that. This is no "
             "fault.") },
        { GUIDE_IN_USE, FOR_ALL, "1000X THE COLLEXION", &by_collexion,
          N_("You may hear noise from the power source meanwhile.") },
        { GUIDE_IN_USE, FOR_ALL, "WH-1000XM3", &by_hackaday, N_("It cannot be used while it charges.") },
        { GUIDE_IN_USE, FOR_ALL, "PULSE 3D", &by_pulse, N_("It goes on playing while it charges.") },
        { GUIDE_IN_USE, FOR_ALL, NULL, &by_app_functions,
          N_("Sony's protocol has battery care and a limit while in use. Where a model has them and they are on, charging stops "
             "early "
             "and is no fault: look into Sony's app.") },

        /* Wireless charging pads. */
        { GUIDE_WIRELESS, FOR_ALL, "WF-1000XM4", &by_qi,
          N_("The case charges on a Qi pad. Take it off soon after the light has gone out, and take off covers before: heat "
             "wears "
             "the battery.") },
        { GUIDE_WIRELESS, FOR_ALL, "WF-1000XM5", &by_wf_xm5,
          N_("The case charges on a Qi pad: close the lid and lay it down with the name SONY up.") },
        { GUIDE_WIRELESS, FOR_EARBUDS, NULL, &by_wf_guide, N_("Only a case charges on a pad, never the earbuds themselves.") },
        { GUIDE_WIRELESS, FOR_ALL, NULL, &by_wh_guide,
          N_("Only some models and cases charge on a pad. Lay it down in the right place. If the light flashes slowly there, use "
             "a "
             "USB "
             "port and the supplied cable.") },
        {},
};
