/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message: the meaning of one kernel log message about USB and power.
 *
 * The wording is that of drivers/usb/core/{hub,config,generic,hcd}.c and drivers/usb/host from 2.6.2x to 7.3. Nothing is
 * allocated. The place is read only from the very beginning of the text, because what follows "Product:" comes from the device
 * and may imitate anything.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

/* Parses one kernel message without its line prefix ("usb 1-2: new full-speed USB device number 5 using xhci_hcd"). It has `len`
 * bytes, need not be terminated and may contain control characters. Returns true and fills *ret (an EVENT_KERNEL with `where` and
 * `u.kernel`; time and log_usec are 0) when it is one of enum kernel_message. Returns false and leaves *ret unchanged otherwise.
 * A truncated message (at the end, or with the pager's ">") is accepted when the rest matches no other message; truncated numbers
 * are 0. */
bool kernel_message_parse(const char *text, size_t len, struct event *ret);

/* The same, but also tells whether the message is complete, as the rest may be in another line. MESSAGE_OTHER is a known message
 * without useful content; *ret is unchanged then. */
enum message_match { MESSAGE_NONE, MESSAGE_PART, MESSAGE_OTHER, MESSAGE_WHOLE };
enum message_match kernel_message_match(const char *text, size_t len, struct event *ret);

/* Returns true when the text begins like a message about a USB device, port, hub or controller ("usb 1-2: "). */
bool kernel_message_begins(const char *text, const char *end);
