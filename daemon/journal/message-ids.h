/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message ids: one for each kind of journal entry. Each has its entry in systemd/sonycharge.catalog, which a test checks
 * one to one. An id is never used again for something else.
 */

#define MESSAGE_HEADSET_ARRIVED "ab4c70a9e8344316abce0f07bc6c4a19"   /* a headset was plugged in, or was at start */
#define MESSAGE_HEADSET_LEFT "6433dc5f57744450896b635778bd3541"      /* a headset was unplugged */
#define MESSAGE_HEADSET_NEAR "a9c07f3317de4a6ab1bd0ba7234854d8"      /* a headset is near, and not plugged in */
#define MESSAGE_HEADSET_AWAY "8f636405f2e24944a589144f592b8cd7"      /* nothing shows any more that it is near */
#define MESSAGE_VERDICT_CHANGED "97a2b59180b54a418bd8be7a312466ab"   /* what the path of a headset allows has changed */
#define MESSAGE_PORT_UNIDENTIFIED "14b2a6bf376842fdb342488e62f40941" /* something on a port does not tell who it is */
#define MESSAGE_PORT_RECOVERED "8ed26892f59443d48ad6cc6ab065a5dc"    /* nothing on the port is unidentified any more */
#define MESSAGE_FINDING_CLEARED "17721458abb04d63ba6ce6ac78bd786e"   /* a finding no longer holds */
#define MESSAGE_SOURCE_DEGRADED "53997086bd084e3dbfb2b10e33c20446"   /* a source cannot be read */
#define MESSAGE_LOG_LOST "5a96ba2d5aaa4ac39a090a5f5d75eade"  /* kernel-log records were overwritten before they were read */
#define MESSAGE_TOO_OFTEN "90458737ae944e4c9057e0948b548767" /* a place changes so often that not all of it is told */

/* A finding is new, one id for each code, so that the catalog can explain it. */
#define MESSAGE_FOUND_CONTROLLER_DEAD "99ff5a7eaef64bf1ac6db28a7c20e0a7"
#define MESSAGE_FOUND_HOST_POWER_FAULT "d2609296946645d99100def47ed7f1da"
#define MESSAGE_FOUND_HOST_SUSPENDED "abc8f399ed6a4d0d8bf095c3e2f63005"
#define MESSAGE_FOUND_SLEEP_CHARGING_OFF "3ffd84dd646c4455aeba2e42ae316c40"
#define MESSAGE_FOUND_DEVICE_AUTOSUSPENDED "24caaf55079c445eb48aaa690dd2f0ab"
#define MESSAGE_FOUND_PORT_OVER_CURRENT "f4b672ddce6744d08716d3b0ec5af2f4"
#define MESSAGE_FOUND_PORT_OFF "eded83f38e624c9898e39e6e40ede6c3"
#define MESSAGE_FOUND_PORT_SUSPECT "0f5c7b657a3c4b0a84354f7f37882e4b"
#define MESSAGE_FOUND_NOT_AUTHORIZED "29e51abbe9364c05b07868024e0aa03e"
#define MESSAGE_FOUND_PORT_LIMITS_CURRENT "957816352d074a5286544e7e3cfd3a84"
#define MESSAGE_FOUND_TYPEC_UNREADABLE "75c230b5c0984584a6d3d427d37fdad1"
#define MESSAGE_FOUND_POWER_BUDGET_EXCEEDED "84d94c8d5a1643c7ad99422620b956f5"
#define MESSAGE_FOUND_HUB_BUS_POWERED "d2d12ccf22964e89abe40fd63fba5c66"
#define MESSAGE_FOUND_HUB_IN_PATH "6c6d9f2211814b0fa456b2346748e379"
#define MESSAGE_FOUND_CABLE_SUSPECT "6e5237c2d84649649b2a40c0d1922c36"
#define MESSAGE_FOUND_CABLE_CHARGE_ONLY "486254dab47845b5a011965d58669796"
#define MESSAGE_FOUND_CABLE_UNDERRATED "5e943d041b304b438fa95af5460bf4c0"
#define MESSAGE_FOUND_CABLE_NOT_SUPPLIED "03eea766591f46b0b09d05f7bcec7530"
#define MESSAGE_FOUND_LINK_UNSTABLE "333abab8f8dd492f8eb633f22791cfcb"
#define MESSAGE_FOUND_ENUMERATION_FAILED "cb253da6f9cf43278c1b1989e135034d"
#define MESSAGE_FOUND_ENUMERATION_RETRIED "cda0750d48884d2aabb3548fcccac4da"
#define MESSAGE_FOUND_NOT_CONFIGURED "4b179477c42f4195ba47b6d79c68e35d"
#define MESSAGE_FOUND_BATTERY_DIES_UNPLUGGED "4fdb1c3f6b6c4506bba97e6fc8235f83"
#define MESSAGE_FOUND_BATTERY_NOT_RISING "34222c79bf1242d3b1e16d253f81ea23"
#define MESSAGE_FOUND_BATTERY_FULL "dd5e48375ace40129e7583d6da680142"
#define MESSAGE_FOUND_CHARGE_LIMITED "deebacfa9509462b9102fb3857c2482b"
#define MESSAGE_FOUND_FIRMWARE_OLD "9ab6438f110b46c482a2963a6c686b61"
#define MESSAGE_FOUND_TOO_EARLY "222d81228a7e4e7094bb2c9026d35eff"
#define MESSAGE_FOUND_NOT_VISIBLE "38c8f469c15b42309c101c86fc47f2bb"
#define MESSAGE_FOUND_TEMPERATURE "b321279a1e2c469da98df8478b74a3fc"
#define MESSAGE_FOUND_CONTACTS_DIRTY "e26331e18e5a4352b7aecf4a766e50d2"
#define MESSAGE_FOUND_EARBUD_SEATING "d397f86b830b402ba3032b2c5ea024b0"
#define MESSAGE_FOUND_CASE_EMPTY "5f7e174fc0774596a6d186133ff07172"
#define MESSAGE_FOUND_DEEP_DISCHARGE "adf930d6132d47af9f08a375f61895f8"
