/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message ids of the journal entries that are not findings; those of findings are in core/findings.def. Each id has an entry in
 * systemd/sonycharge.catalog; a test compares them. An id is never reused for something else.
 */

#define MESSAGE_HEADSET_ARRIVED "ab4c70a9e8344316abce0f07bc6c4a19"   /* a headset was plugged in, or was so at start */
#define MESSAGE_HEADSET_LEFT "6433dc5f57744450896b635778bd3541"      /* a headset was unplugged */
#define MESSAGE_HEADSET_NEAR "a9c07f3317de4a6ab1bd0ba7234854d8"      /* a headset is near but not plugged in */
#define MESSAGE_HEADSET_AWAY "8f636405f2e24944a589144f592b8cd7"      /* nothing indicates any more that it is near */
#define MESSAGE_VERDICT_CHANGED "97a2b59180b54a418bd8be7a312466ab"   /* what the path of a headset allows has changed */
#define MESSAGE_PORT_UNIDENTIFIED "14b2a6bf376842fdb342488e62f40941" /* a device on a port could not be identified */
#define MESSAGE_PORT_RECOVERED "8ed26892f59443d48ad6cc6ab065a5dc"    /* nothing on the port is unidentified any more */
#define MESSAGE_FINDING_CLEARED "17721458abb04d63ba6ce6ac78bd786e"   /* a finding no longer holds */
#define MESSAGE_SOURCE_DEGRADED "53997086bd084e3dbfb2b10e33c20446"   /* a source cannot be read */
#define MESSAGE_LOG_LOST "5a96ba2d5aaa4ac39a090a5f5d75eade"  /* kernel-log records were overwritten before they were read */
#define MESSAGE_TOO_OFTEN "90458737ae944e4c9057e0948b548767" /* a subject changes so often that not all changes are written */
