/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * View: request, show, exit status.
 */
#include "client/live-view.h"

#include "client/connection.h"
#include "client/show/show.h"
#include "client/show/terminal.h"

void put_nothing(FILE *out, const struct options *o, const char *text) {
        if (!o->watch) {
                tell(o, "%s", text);
                return;
        }
        put_wrapped(out, o, text, 0, 0);
        fputc('\n', out);
}

static int show(const struct options *o, const struct live_view *v, struct json_object *answer) {
        FILE *out;

        if (o->json)
                return show_json(answer);
        out = output_begin(o);
        v->draw(out, o, answer, v->userdata);
        return output_finish(o, out);
}

static int run_once(const struct options *o, sd_bus *bus, const struct live_view *v) {
        _cleanup_json_ struct json_object *answer = NULL;
        int r = v->fetch(o, bus, v->userdata, &answer);

        if (r != STATUS_OK)
                return r;
        r = show(o, v, answer);
        return r == STATUS_OK && v->judge ? v->judge(answer, v->userdata) : r;
}

int live_view_run(const struct options *o, const struct live_view *v) {
        _cleanup_bus_ sd_bus *bus = NULL;
        int r;

        if (o->watch && !o->json && !terminal_can_redraw()) {
                complain("--watch redraws a terminal; elsewhere use it with --json, or use \"sonychargectl monitor\"");
                return STATUS_USAGE;
        }
        r = bus_connect(&bus);
        if (r != STATUS_OK)
                return r;
        return o->watch ? live_view_watch(o, bus, v) : run_once(o, bus, v);
}
