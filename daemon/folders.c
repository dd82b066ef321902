/* SPDX-License-Identifier: LGPL-2.1-or-later */

/* The service manager creates the directories and passes them in the environment (systemd.exec(5)). The first one is used. */

#include "daemon/folders.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/state-file.h"

static int choose(const char *option, const char *of_service, const char *of_user, const char *fallback, char *buf) {
        const char *service = getenv(of_service);
        int n;

        if (option)
                n = snprintf(buf, PATH_MAX, "%s", option);
        else if (service && *service)
                n = snprintf(buf, PATH_MAX, "%.*s", (int) strcspn(service, ":"), service);
        else
                return xdg_folder(of_user, fallback, buf, PATH_MAX);
        return n <= 0 || n >= PATH_MAX ? -ENAMETOOLONG : 0;
}

int folder_of_state(const char *option, char buf[static PATH_MAX]) {
        return choose(option, "STATE_DIRECTORY", "XDG_STATE_HOME", "/.local/state", buf);
}

int folder_of_runtime(const char *option, char buf[static PATH_MAX]) {
        return choose(option, "RUNTIME_DIRECTORY", "XDG_RUNTIME_DIR", NULL, buf);
}
