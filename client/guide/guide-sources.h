/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Sources of the guide. The addresses were read in 2026. If only a copy of a page could be read, its title says so.
 */

#include "client/guide/guide.h"

extern const struct guide_source by_steps, by_steps_xm6, by_steps_hk, by_power_on, by_leds, by_qi, by_warranty, by_terms,
        by_serial, by_playstation, by_support;
extern const struct guide_source by_xm3, by_xm5, by_xm5_battery, by_xm5_wet, by_xm6, by_collexion, by_ch520, by_1adac;
extern const struct guide_source by_wf_xm3, by_wf_xm5, by_c500, by_c510, by_c700n, by_c700n_off, by_xb700, by_linkbuds,
        by_linkbuds_s, by_linkbuds_s_time, by_fit, by_float_run;
extern const struct guide_source by_program, by_usb2, by_typec, by_hub_driver, by_usb_power, by_authorization, by_pipewire,
        by_bluez, by_xhci, by_firmware_files, by_lsusb, by_seen_1000x, by_seen_xm4, by_ucm, by_receivers, by_ucsi;
extern const struct guide_source by_general_guide, by_wh_guide, by_wf_guide, by_hackaday, by_xm4_owner, by_wf_xm4_light,
        by_wf_xm4_case, by_ch520_notes, by_drain, by_app_functions, by_pulse;
