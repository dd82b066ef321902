/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Message: what one line of the kernel log says about USB and power.
 *
 * The wording is that of drivers/usb/core/{hub,config,generic,hcd}.c and drivers/usb/host from 2.6.2x to 7.3. Nothing is
 * allocated. Only the place at the very beginning of the text counts: what follows "Product:" comes from the device and
 * may imitate anything.
 */

#include <stdbool.h>
#include <stddef.h>

#include "model/event.h"

/* Reads the text of one kernel message without its line prefix ("usb 1-2: new full-speed USB device number 5 using
 * xhci_hcd"; `len` bytes, no end of string needed, control characters allowed). Returns true and fills *ret (an
 * EVENT_KERNEL with `where`, `u.kernel`; time and log_usec are 0) when it is one that enum kernel_message knows, else
 * false and *ret is left alone. A text that was cut off (by its end, or with the pager's ">") counts as long as what is
 * left can be no other message; its numbers are 0 where they were cut. */
bool kernel_message_parse(const char *text, size_t len, struct event *ret);

/* The same, and how much of the message is there: the rest may stand in another line. MESSAGE_OTHER is a message that is known
 * and says nothing of use; then *ret is left alone. */
enum message_match { MESSAGE_NONE, MESSAGE_PART, MESSAGE_OTHER, MESSAGE_WHOLE };
enum message_match kernel_message_match(const char *text, size_t len, struct event *ret);

/* Does the text begin as one about a USB device, port, hub or controller does ("usb 1-2: ")? */
bool kernel_message_begins(const char *text, const char *end);
