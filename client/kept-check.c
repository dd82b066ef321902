/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Kept check: the result of the doctor's last finished check.
 */
#include "client/kept-check.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "client/connection.h"
#include "common/cleanup.h"
#include "common/state-file.h"
#include "view/view.h"

/* A result has a few sentences for each of its steps. */
#define RESULT_SIZE_MAX (64 * 1024)

static int find_path(char *buf, size_t size) {
        char folder[3072];
        int n, r = xdg_folder("XDG_STATE_HOME", "/.local/state", folder, sizeof folder);

        if (r < 0)
                return r;
        n = snprintf(buf, size, "%s/doctor-result.json", folder);
        return n > 0 && (size_t) n < size ? 0 : -ENAMETOOLONG;
}

int kept_check_write(struct json_object *result) {
        const char *text = json_object_to_json_string_ext(result, JSON_C_TO_STRING_PLAIN);
        char path[4096];
        int r = find_path(path, sizeof path);

        return r < 0 ? r : state_file_write(path, text, strlen(text));
}

struct json_object *kept_check_read(void) {
        _cleanup_close_ int fd = -1;
        struct json_object *o;
        struct stat st;
        char path[4096];

        if (find_path(path, sizeof path) < 0)
                return NULL;
        fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
        if (fd < 0 || fstat(fd, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size > RESULT_SIZE_MAX)
                return NULL;
        o = json_object_from_fd(fd);
        if (!json_object_is_type(json_object_object_get(o, "conclusion"), json_type_object)) {
                json_object_put(o);
                return NULL;
        }
        json_make_safe(o);
        return o;
}
