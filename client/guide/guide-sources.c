/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Sources of the guide. Titles of pages stay in the language of the page, as do names of files and projects.
 */
#include "client/guide/guide-sources.h"

#include "common/language.h"

#define SONY(name, title, url) const struct guide_source name = { GUIDE_BY_SONY, title, url }
#define REFERENCE(name, title, url) const struct guide_source name = { GUIDE_BY_REFERENCE, title, url }
#define OTHERS(name, title, url) const struct guide_source name = { GUIDE_BY_OTHERS, title, url }

#define HELP_GUIDE "https://helpguide.sony.net/mdr/"

/* Sony's support pages. The first one differs by model: that for the WH-CH720N is the step-by-step guide. */
SONY(by_steps, N_("Sony, support article 00275392, \"The headphones do not charge\", step guide"),
     "https://www.sony.ca/en/electronics/support/wireless-headphones-bluetooth-headphones/wh-ch720n/articles/00267822");
SONY(by_steps_xm6, N_("Sony, support article 00275392, \"The headphones do not charge\", for the WH-1000XM6"),
     "https://www.sony.ca/en/electronics/support/wireless-headphones-bluetooth-headphones/wh-1000xm6/articles/00267822");
SONY(by_steps_hk, N_("Sony, support article 00260100, \"The headset does not charge\""),
     "https://www.sony.com.hk/en/electronics/support/articles/00259799");
SONY(by_power_on, N_("Sony, support article 00284772, headphones that do not power on"),
     "https://www.sony.co.uk/electronics/support/headphones-gaming-headphones/inzone-h3/articles/00284772");
SONY(by_leds, N_("Sony, support article 00277550, what the charging indicators mean"),
     "https://www.sony.co.in/electronics/support/articles/00277550");
SONY(by_qi, N_("Sony, support article 00278142, wireless charging of the WF-1000XM4"),
     "https://www.sony.co.in/electronics/support/wireless-headphones-bluetooth-headphones/articles/00277980");
SONY(by_warranty, N_("Sony, Warranty Checker of Norway, one of many"),
     "https://services.sony.no/supportmvc/no/Repair/WarrantyChecker");
SONY(by_terms, N_("Sony, terms of the repair service in Hong Kong"), "https://www.sony.com.hk/service/tandc/en/index.do");
SONY(by_serial, N_("Sony, support article 00006718, missing or altered serial numbers"),
     "https://www.sony.ca/en/electronics/support/articles/00006718");
SONY(by_playstation, N_("Sony, PlayStation support, for PULSE headsets"), "https://www.playstation.com/support/");
SONY(by_support, N_("Sony, support; search for the model there"), "https://www.sony.com/electronics/support");

/* Help Guides. */
SONY(by_xm3, N_("Sony, Help Guide of the WH-1000XM3, TP0001703144"), HELP_GUIDE "wh1000xm3/v1/en/contents/TP0001703144.html");
SONY(by_xm5, N_("Sony, Help Guide of the WH-1000XM5, \"Charging\""), HELP_GUIDE "wh1000xm5/v1/zh-tw/contents/TP1000534372.html");
SONY(by_xm5_battery, N_("Sony, Help Guide of the WH-1000XM5, \"The available operating time is short\""),
     HELP_GUIDE "wh1000xm5/v1/en/contents/TP1000541091.html");
SONY(by_xm5_wet, N_("Sony, Help Guide of the WH-1000XM5"), HELP_GUIDE "wh1000xm5/v1/en/index.html");
SONY(by_xm6, N_("Sony, Help Guide of the WH-1000XM6, \"Specifications\""), HELP_GUIDE "2984/v1/en/contents/TP1001863304.html");
SONY(by_collexion, N_("Sony, Help Guide of 1000X THE COLLEXION, \"Charging\""),
     HELP_GUIDE "2998/v1/en/contents/H010_Charging.html");
SONY(by_ch520, N_("Sony, Help Guide of the WH-CH520, TP1000776820"), HELP_GUIDE "2958/v1/en/contents/TP1000776820.html");
SONY(by_1adac, N_("Sony, Help Guide of the MDR-1ADAC, TP0000551020"), HELP_GUIDE "1adac/v1/en/contents/TP0000551020.html");
SONY(by_wf_xm3, N_("Sony, Help Guide of the WF-1000XM3, \"Charging\""), HELP_GUIDE "wf1000xm3/v1/ru/contents/TP0002393615.html");
SONY(by_wf_xm5, N_("Sony, Help Guide of the WF-1000XM5, \"Charging\""), HELP_GUIDE "2963/v1/zh-cn/contents/TP1000781926.html");
SONY(by_c500, N_("Sony, Help Guide of the WF-C500, page 21 (a copy)"),
     "https://www.manualowl.com/m/Sony/WF-C500/Manual/651464?page=21");
SONY(by_c510, N_("Sony, Help Guide of the WF-C510, \"Checking the remaining battery charge\""),
     HELP_GUIDE "2982/v1/it/contents/TP1001613388.html");
SONY(by_c700n, N_("Sony, Help Guide of the WF-C700N, \"About the indicator\""),
     HELP_GUIDE "2968/v1/en/contents/TP1000781971.html");
SONY(by_c700n_off, N_("Sony, Help Guide of the WF-C700N, TP1000780636"), HELP_GUIDE "2968/v1/en/contents/TP1000780636.html");
SONY(by_xb700, N_("Sony, Help Guide of the WF-XB700, \"About the indicator\""),
     HELP_GUIDE "wfxb700/v1/en/contents/TP0002757652.html");
SONY(by_linkbuds, N_("Sony, Help Guide of LinkBuds, \"About the indicator\""),
     HELP_GUIDE "linkbuds/v1/en/contents/TP1000447709.html");
SONY(by_linkbuds_s, N_("Sony, Help Guide of LinkBuds S, \"Turning off the headset\" (a copy)"),
     "https://libble.eu/sony-yy2950---linkbuds-s/online-manual-1008782/?page=0032");
SONY(by_linkbuds_s_time, N_("Sony, Help Guide of LinkBuds S, TP1000539655"),
     HELP_GUIDE "linkbudss/v1/en/contents/TP1000539655.html");
SONY(by_fit, N_("Sony, Help Guide of LinkBuds Fit, \"Available operating time\""),
     HELP_GUIDE "2975/v1/en/contents/TP1001612417.html");
SONY(by_float_run, N_("Sony, Help Guide of Float Run, page 95 (a copy)"), "https://www.easymanua.ls/sony/float-run/manual?p=95");

/* Standards, other programs, and observations of their authors. */
REFERENCE(by_program, "sonychargectl(1), sonycharged(8)", "man:sonychargectl(1)");
REFERENCE(by_usb2, "USB 2.0 Specification, 7.2.1 and 11.13", "https://www.usb.org/document-library/usb-20-specification");
REFERENCE(by_typec, "USB Type-C Cable and Connector Specification",
          "https://www.usb.org/document-library/usb-type-cr-cable-and-connector-specification-release-24");
REFERENCE(by_hub_driver, "Linux, drivers/usb/core/hub.c",
          "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/usb/core/hub.c?h=linux-6.12.y");
REFERENCE(by_usb_power, "Linux, Power Management for USB", "https://docs.kernel.org/driver-api/usb/power-management.html");
REFERENCE(by_authorization, "Linux, Authorizing your USB devices", "https://docs.kernel.org/usb/authorization.html");
REFERENCE(by_pipewire, "PipeWire, spa/plugins/bluez5/backend-native.c",
          "https://gitlab.freedesktop.org/pipewire/pipewire/-/blob/master/spa/plugins/bluez5/backend-native.c");
REFERENCE(by_bluez, N_("BlueZ, issue 362"), "https://github.com/bluez/bluez/issues/362");
REFERENCE(by_xhci, "Linux, drivers/usb/host/xhci.c",
          "https://git.kernel.org/pub/scm/linux/kernel/git/stable/linux.git/tree/drivers/usb/host/xhci.c?h=linux-6.12.y");
REFERENCE(by_firmware_files, N_("MDR_Proxy, collected firmware files of Sony's"), "https://github.com/lzghzr/MDR_Proxy");
REFERENCE(by_lsusb, N_("Linux hardware project, lists of USB devices"), "https://github.com/linuxhw/LsUSB");
REFERENCE(by_seen_1000x, N_("linux-usb mailing list, 2019-08-04"), "https://lore.kernel.org/linux-usb/1564917000.2.1@gmail.com/");
REFERENCE(by_seen_xm4, "esp-test-utils, tests/devices/test_usb_hub.py", "https://github.com/ydhub/esp-test-utils");
REFERENCE(by_ucm, N_("alsa-ucm-conf, pull request 293"), "https://github.com/alsa-project/alsa-ucm-conf/pull/293");
REFERENCE(by_receivers, N_("HeadsetControl, pull requests 505 and 524"), "https://github.com/Sapd/HeadsetControl/pull/524");
REFERENCE(by_ucsi, N_("system76 firmware-open, issue 659"), "https://github.com/system76/firmware-open/issues/659");

/* Advice from others than Sony. */
OTHERS(by_general_guide, N_("howtofixit.net, guide for Sony headphones"),
       "https://howtofixit.net/sony-headphones-not-charging-troubleshooting-guide/");
OTHERS(by_wh_guide, N_("swiftmoves.blog, guide for WH-1000XM3, XM4 and XM5"),
       "https://swiftmoves.blog/sony-headphones-not-charging/");
OTHERS(by_wf_guide, N_("notcharging.com, guide for the WF-1000XM4"), "https://notcharging.com/sony-wf-1000xm4-not-charging/");
OTHERS(by_hackaday, N_("hackaday.com, 2022-12-27, about a modified WH-1000XM3"), "https://hackaday.com/2022/12/27/");
OTHERS(by_xm4_owner, N_("an owner, electronics.stackexchange.com"), "https://electronics.stackexchange.com/questions/687542");
OTHERS(by_wf_xm4_light, N_("blue-de.com, about the WF-1000XM4"), "https://blue-de.com/wf1000xm4-review");
OTHERS(by_wf_xm4_case, N_("an owner, iphone-my.com"), "https://iphone-my.com/sony-wf-1000xm4-case-not-charging/");
OTHERS(by_ch520_notes, N_("an owner's notes from the Help Guide, page 110"), "https://harriott.github.io/");
OTHERS(by_drain, N_("itfix.org.uk, about the WF-1000XM4"),
       "https://itfix.org.uk/wireless-woes-troubleshooting-common-charging-and-power-problems");
OTHERS(by_app_functions, N_("SonyHeadphonesClient, names of functions in Sony's protocol"),
       "https://github.com/mos9527/SonyHeadphonesClient");
OTHERS(by_pulse, "headset-stats, docs/PROTOCOL.md", "https://github.com/medinpiranej/headset-stats");
