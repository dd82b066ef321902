/* SPDX-License-Identifier: LGPL-2.1-or-later */
#pragma once

/*
 * Words: the text of a notification, for readers who do not know this program.
 */

#include "client/notify/notify-policy.h"

#define WORDS_TITLE_MAX 160
#define WORDS_BODY_MAX 12288

/* Urgency of the Desktop Notifications Specification. GNOME Shell shows no banner for low urgency, so that is only for what
 * need not be seen. Good news has normal urgency and is transient, so it is seen once and not kept. */
enum urgency { URGENCY_LOW, URGENCY_NORMAL, URGENCY_CRITICAL };

struct words {
        char title[WORDS_TITLE_MAX]; /* never markup */
        char body[WORDS_BODY_MAX];
        const char *icon;     /* freedesktop icon name; static, as is the category */
        const char *category; /* of the specification's list */
        enum urgency urgency;
        bool transient;  /* need not be kept in the list of notifications */
        bool details;    /* the report has more information */
        bool ask_doctor; /* the cause is not certain: questions can tell */
};

/* What the server can do. */
struct abilities {
        bool actions; /* offer "Show details" */
        bool markup;  /* read the body as markup: "&", "<" and ">" in it are escaped then */
};

void words_compose(const struct message *m, struct abilities can, struct words *ret);
