/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Settings: key files. Their other content and comments are kept. */
#include "app/settings.h"

#include <glib.h>
#include <string.h>

#include "common/text.h"

static char *path_of(const char *section) {
        return g_build_filename(g_get_user_config_dir(), "sonycharge",
                                strcmp(section, "Notify") == 0 ? "notify.conf" : "app.conf", NULL);
}

static GKeyFile *load(const char *path) {
        GKeyFile *file = g_key_file_new();

        (void) g_key_file_load_from_file(file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
        return file;
}

bool settings_get_truth(const char *section, const char *name, bool fallback) {
        g_autofree char *path = path_of(section);
        g_autoptr(GKeyFile) file = load(path);
        g_autofree char *text = g_key_file_get_string(file, section, name, NULL);
        bool value;

        return text && text_parse_truth(text, &value) ? value : fallback;
}

bool settings_set_truth(const char *section, const char *name, bool value) {
        g_autofree char *path = path_of(section), *folder = g_path_get_dirname(path);
        g_autoptr(GKeyFile) file = load(path);

        g_key_file_set_string(file, section, name, value ? "yes" : "no");
        return g_mkdir_with_parents(folder, 0700) == 0 && g_key_file_save_to_file(file, path, NULL);
}
