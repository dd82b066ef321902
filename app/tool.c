/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Tool: runs sonychargectl in the background.
 */
#include "app/tool.h"

#include "common/language.h"

/* In the folder of this program, as in the build folder, else in PATH. */
static char *tool_path(void) {
        g_autofree char *self = g_file_read_link("/proc/self/exe", NULL);
        g_autofree char *folder = self ? g_path_get_dirname(self) : g_strdup(".");
        char *beside = g_build_filename(folder, "sonychargectl", NULL);

        if (g_file_test(beside, G_FILE_TEST_IS_EXECUTABLE))
                return beside;
        g_free(beside);
        return g_strdup("sonychargectl");
}

/* Texts in JSON are English for other programs; these are shown to the user. */
static GSubprocess *start(const char *const *arguments, GSubprocessFlags flags, GError **error) {
        g_autoptr(GSubprocessLauncher) launcher = g_subprocess_launcher_new(flags);
        g_autoptr(GPtrArray) argv = g_ptr_array_new();
        g_autofree char *program = tool_path();

        g_ptr_array_add(argv, program);
        for (size_t i = 0; arguments[i]; i++)
                g_ptr_array_add(argv, (void *) arguments[i]);
        g_ptr_array_add(argv, NULL);
        g_subprocess_launcher_setenv(launcher, "SONYCHARGE_TRANSLATE_JSON", "1", TRUE);
        return g_subprocess_launcher_spawnv(launcher, (const char *const *) argv->pdata, error);
}

GSubprocess *tool_talk(const char *const *arguments, GError **error) {
        return start(arguments, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE,
                     error);
}

struct run {
        GWeakRef owner;
        tool_reply *reply;
        void *userdata;
};

static void end(struct run *r, const char *output, const char *problem) {
        g_autoptr(GObject) owner = g_weak_ref_get(&r->owner);

        if (owner)
                r->reply(output, problem, r->userdata);
        g_weak_ref_clear(&r->owner);
        g_free(r);
}

/* Exit statuses of sonychargectl: 0, 3 (nothing is there) and 4 (there is a finding) come with a result. */
static bool has_result(GSubprocess *p) {
        return g_subprocess_get_if_exited(p) && (g_subprocess_get_exit_status(p) == 0 || g_subprocess_get_exit_status(p) == 3 ||
                                                 g_subprocess_get_exit_status(p) == 4);
}

static void on_end(GObject *source, GAsyncResult *result, void *userdata) {
        g_autofree char *output = NULL, *messages = NULL;
        g_autoptr(GError) error = NULL;
        struct run *r = userdata;

        if (!g_subprocess_communicate_utf8_finish(G_SUBPROCESS(source), result, &output, &messages, &error))
                end(r, NULL, _("sonychargectl has failed.")); /* what it wrote is no text */
        else if (has_result(G_SUBPROCESS(source)))
                end(r, output, "");
        else
                end(r, NULL, messages && *messages ? g_strstrip(messages) : _("sonychargectl has failed."));
}

void tool_run(const char *const *arguments, GObject *owner, tool_reply *reply, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autoptr(GSubprocess) p = start(arguments, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
        struct run *r;

        if (!p) {
                reply(NULL, error->message, userdata);
                return;
        }
        r = g_new0(struct run, 1);
        g_weak_ref_init(&r->owner, owner);
        r->reply = reply;
        r->userdata = userdata;
        g_subprocess_communicate_utf8_async(p, NULL, NULL, on_end, r);
}
