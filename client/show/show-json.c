/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The output of --json.
 */
#include <errno.h>
#include <unistd.h>

#include "client/show/show.h"
#include "client/show/terminal.h"

int show_json(struct json_object *o) {
        int flags = JSON_C_TO_STRING_NOSLASHESCAPE | (isatty(STDOUT_FILENO) ? JSON_C_TO_STRING_PRETTY : JSON_C_TO_STRING_PLAIN);

        if (puts(json_object_to_json_string_ext(o, flags)) == EOF || fflush(stdout) == EOF)
                return output_failed(errno);
        return STATUS_OK;
}
