/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Find the cause: the doctor, one step on each page. `sonychargectl doctor --json` asks, watches and concludes. This page shows
 * its steps and sends the answers to it. A check that was begun here can be continued in a terminal, and the other way round.
 */
#include "app/app.h"

#include <string.h>

#include "common/language.h"
#include "app/parts.h"
#include "app/picture.h"
#include "app/tool.h"
#include "common/cleanup.h"
#include "common/finding-json.h"
#include "doctor/engine.h"
#include "view/view.h"

struct doctor {
        struct app *app;
        GtkWidget *page, *column, *stack;
        GSubprocess *program;
        GDataInputStream *output;
        GCancellable *cancel;
        struct json_object *step; /* that is shown; NULL: none */
        unsigned number;
        bool ended;
        char *seen;            /* what the computer saw during this step */
        GtkWidget *seen_label; /* NULL: not shown */
        char *messages;        /* of the program during this check, one a line; NULL: none */
        GtkWidget *messages_box;
        GtkWidget *clock;
        guint tick;
        gint64 began;
        unsigned minutes;
};

static void show_start(struct doctor *d, const char *problem);
static void read_line(struct doctor *d);
static void read_message(struct doctor *d, GDataInputStream *stream);
static void begin(struct doctor *d, const char *headset);

/* --- the program --- */

static void stop_clock(struct doctor *d) {
        g_clear_handle_id(&d->tick, g_source_remove);
        d->clock = NULL;
}

/* The end of its input lets it keep the check for later. */
static void stop_program(struct doctor *d) {
        if (d->cancel)
                g_cancellable_cancel(d->cancel);
        g_clear_object(&d->cancel);
        g_clear_object(&d->output);
        if (d->program)
                (void) g_output_stream_close(g_subprocess_get_stdin_pipe(d->program), NULL, NULL);
        g_clear_object(&d->program);
        g_clear_pointer(&d->step, json_object_put);
        stop_clock(d);
}

static void doctor_free(void *p) {
        struct doctor *d = p;

        stop_program(d);
        g_free(d->seen);
        g_free(d->messages);
        g_free(d);
}

static void on_sent(GObject *pipe, GAsyncResult *result, void *userdata) {
        (void) userdata; /* the text, freed when it is sent */
        (void) g_output_stream_write_all_finish(G_OUTPUT_STREAM(pipe), result, NULL, NULL);
        g_free(userdata);
}

/* Takes the object over. */
static void send(struct doctor *d, struct json_object *reply) {
        char *line;

        if (d->program) {
                if (d->step && !json_truth(reply, "restart"))
                        json_object_object_add(reply, "step", json_object_new_string(json_text(d->step, "step")));
                line = g_strconcat(json_object_to_json_string_ext(reply, JSON_C_TO_STRING_PLAIN), "\n", NULL);
                g_output_stream_write_all_async(g_subprocess_get_stdin_pipe(d->program), line, strlen(line), G_PRIORITY_DEFAULT,
                                                NULL, on_sent, line);
        }
        json_object_put(reply);
}

static void send_truth(struct doctor *d, const char *what) {
        struct json_object *reply = json_object_new_object();

        json_object_object_add(reply, what, json_object_new_boolean(true));
        send(d, reply);
}

static void send_text(struct doctor *d, const char *key, const char *text) {
        struct json_object *reply = json_object_new_object();

        json_object_object_add(reply, key, json_object_new_string(text));
        send(d, reply);
}

/* --- the parts of a step --- */

static void on_answer(GtkListBox *list, GtkListBoxRow *row, void *userdata) {
        struct doctor *d = userdata;
        const char *id = g_object_get_data(G_OBJECT(row), "id");

        if (id)
                send_text(d, "answer", id);
}

static void on_back(GtkButton *button, void *userdata) {
        send_truth(userdata, "back");
}

static void on_skip(GtkButton *button, void *userdata) {
        send_truth(userdata, "skip");
}

static void on_restart(GtkButton *button, void *userdata) {
        struct doctor *d = userdata;

        if (d->ended)
                begin(d, "");
        else
                send_truth(d, "restart");
}

static void on_text(GtkEntry *entry, void *userdata) {
        const char *text = gtk_editable_get_text(GTK_EDITABLE(entry));

        if (*text)
                send_text(userdata, "text", text);
}

static void on_text_button(GtkButton *button, void *userdata) {
        on_text(g_object_get_data(G_OBJECT(button), "entry"), userdata);
}

static GtkWidget *option_row(const char *step, const char *id, const char *text) {
        GtkWidget *row = part_row(text, NULL), *light = picture_light(step, id);
        const char *icon = picture_icon(step, id);

        gtk_list_box_row_set_activatable(GTK_LIST_BOX_ROW(row), TRUE);
        g_object_set_data_full(G_OBJECT(row), "id", g_strdup(id), g_free);
        gtk_widget_add_css_class(row, "answer");
        if (light)
                adw_action_row_add_prefix(ADW_ACTION_ROW(row), light);
        else if (icon) {
                GtkWidget *image = part_icon(icon, 16);

                gtk_image_set_pixel_size(GTK_IMAGE(image), 32);
                adw_action_row_add_prefix(ADW_ACTION_ROW(row), image);
        }
        adw_action_row_add_suffix(ADW_ACTION_ROW(row), part_icon("go-next-symbolic", 16));
        return row;
}

static GtkWidget *options(struct doctor *d, struct json_object *step) {
        GtkWidget *list = part_list(_("Answers"));
        struct json_object *all = json_list(step, "options");

        for (size_t i = 0; i < json_length(all); i++) {
                struct json_object *option = json_object_array_get_idx(all, i);

                gtk_list_box_append(GTK_LIST_BOX(list),
                                    option_row(json_text(step, "step"), json_text(option, "id"), json_text(option, "text")));
        }
        g_signal_connect(list, "row-activated", G_CALLBACK(on_answer), d);
        return list;
}

static GtkWidget *text_entry(struct doctor *d, const char *question) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6), *entry = gtk_entry_new();
        GtkWidget *button = part_button(_("Continue"), "suggested-action", G_CALLBACK(on_text_button), d);

        gtk_entry_set_max_length(GTK_ENTRY(entry), 60);
        gtk_entry_set_placeholder_text(GTK_ENTRY(entry), "WH-1000XM5");
        gtk_widget_set_hexpand(entry, TRUE);
        part_name(entry, question);
        g_signal_connect(entry, "activate", G_CALLBACK(on_text), d);
        g_object_set_data(G_OBJECT(button), "entry", entry);
        gtk_box_append(GTK_BOX(box), entry);
        gtk_box_append(GTK_BOX(box), button);
        return box;
}

/* The progress. How many steps are left is not known, only the largest number. So the check may end before the bar is full, and
 * the bar goes back only with the Back button. */
static GtkWidget *progress(struct doctor *d) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6), *bar = gtk_progress_bar_new();
        unsigned number = d->number;
        g_autofree char *words = g_strdup_printf(_("Step %u, of at most %u"), number, DOCTOR_STEPS_MAX);

        gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(bar), MIN(1.0, (number - 1) / (double) DOCTOR_STEPS_MAX));
        part_name(bar, words);
        gtk_box_append(GTK_BOX(box), bar);
        gtk_box_append(GTK_BOX(box), part_label(words, "caption dim-label"));
        return box;
}

static GtkWidget *why(struct json_object *step) {
        return part_folded(_("Why is this asked?"), part_label(json_text(step, "why"), NULL));
}

static GtkWidget *buttons(struct doctor *d) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6),
                  *back = part_button(_("Back"), "pill", G_CALLBACK(on_back), d);
        GtkWidget *skip = part_button(_("Skip"), "pill", G_CALLBACK(on_skip), d), *space = gtk_label_new(NULL);

        gtk_widget_set_tooltip_text(skip, _("Not known, or not wanted"));
        gtk_widget_set_sensitive(back, d->number > 1);
        gtk_widget_set_hexpand(space, TRUE);
        gtk_box_append(GTK_BOX(box), back);
        gtk_box_append(GTK_BOX(box), space);
        gtk_box_append(GTK_BOX(box), skip);
        return box;
}

static GtkWidget *restart_button(struct doctor *d) {
        GtkWidget *button = part_button(_("Forget All Answers and Start Again"), "flat", G_CALLBACK(on_restart), d);

        gtk_widget_set_halign(button, GTK_ALIGN_CENTER);
        return button;
}

/* --- the clock of a change --- */

static void show_clock(struct doctor *d) {
        gint64 seconds = (g_get_monotonic_time() - d->began) / G_USEC_PER_SEC, all = (gint64) d->minutes * 60,
               left = all - seconds;
        g_autofree char *words = NULL;

        if (left > 0)
                words = g_strdup_printf(_("%d:%02d left to wait. If it charges before, say so at once."), (int) (left / 60),
                                        (int) (left % 60));
        else
                words = g_strdup(_("The time is over. Look at the light: does it charge now?"));
        gtk_label_set_label(GTK_LABEL(d->clock), words);
        if (left <= 0)
                part_announce(d->clock, words);
}

static gboolean on_tick(void *userdata) {
        struct doctor *d = userdata;

        show_clock(d);
        if (g_get_monotonic_time() - d->began < (gint64) d->minutes * 60 * G_USEC_PER_SEC)
                return G_SOURCE_CONTINUE;
        d->tick = 0;
        return G_SOURCE_REMOVE;
}

static GtkWidget *make_clock(struct doctor *d, unsigned minutes) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);

        d->clock = part_label("", "numeric");
        d->minutes = minutes;
        d->began = g_get_monotonic_time();
        d->tick = g_timeout_add_seconds(1, on_tick, d);
        gtk_box_append(GTK_BOX(box), part_icon("preferences-system-time-symbolic", 16));
        gtk_box_append(GTK_BOX(box), d->clock);
        show_clock(d);
        return box;
}

/* --- showing --- */

static GtkWidget *seen_box(struct doctor *d) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 9);

        d->seen_label = part_label(d->seen ? d->seen : "", NULL);
        gtk_widget_add_css_class(box, "seen");
        gtk_box_append(GTK_BOX(box), part_icon("view-reveal-symbolic", 16));
        gtk_box_append(GTK_BOX(box), d->seen_label);
        gtk_widget_set_visible(box, d->seen != NULL);
        g_object_set_data(G_OBJECT(d->seen_label), "box", box);
        return box;
}

static void fill_messages(struct doctor *d) {
        part_clear(d->messages_box);
        if (d->messages)
                gtk_box_append(GTK_BOX(d->messages_box), part_warning(d->messages));
        gtk_widget_set_visible(d->messages_box, d->messages != NULL);
}

static void clear(struct doctor *d) {
        stop_clock(d);
        d->seen_label = NULL;
        part_clear(d->column);
        d->messages_box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
        gtk_box_append(GTK_BOX(d->column), d->messages_box);
        fill_messages(d);
}

/* Scrolls a new step to its top and focuses the first answer, so that it can be used with the keyboard alone. */
static void bring_to_front(struct doctor *d, GtkWidget *focus) {
        GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(d->page));

        gtk_adjustment_set_value(adjustment, 0);
        if (focus)
                gtk_widget_child_focus(focus, GTK_DIR_TAB_FORWARD);
}

static void show_step(struct doctor *d, struct json_object *step) {
        const char *text = json_text(step, "text"), *error = json_text(step, "error");
        unsigned minutes = (unsigned) json_number(step, "minutes");
        bool is_change = strcmp(json_text(step, "type"), "do") == 0;
        GtkWidget *answers = json_length(json_list(step, "options")) > 0 ? options(d, step) : text_entry(d, text);
        GtkWidget *where = picture_socket(json_text(step, "step"));

        clear(d);
        gtk_box_append(GTK_BOX(d->column), progress(d));
        gtk_box_append(GTK_BOX(d->column), seen_box(d));
        if (is_change)
                gtk_box_append(GTK_BOX(d->column), part_label(_("Please try this"), "caption-heading dim-label"));
        gtk_box_append(GTK_BOX(d->column), part_heading(text, is_change ? "change" : "title-3"));
        if (*error)
                gtk_box_append(GTK_BOX(d->column), part_label(error, "error"));
        if (is_change && minutes > 0 && minutes < 24 * 60)
                gtk_box_append(GTK_BOX(d->column), make_clock(d, minutes));
        if (where)
                gtk_box_append(GTK_BOX(d->column), where);
        gtk_box_append(GTK_BOX(d->column), answers);
        gtk_box_append(GTK_BOX(d->column), why(step));
        gtk_box_append(GTK_BOX(d->column), buttons(d));
        if (d->number > 1)
                gtk_box_append(GTK_BOX(d->column), restart_button(d));
        bring_to_front(d, answers);
        part_announce(d->column, text);
}

static void take_seen(struct doctor *d, struct json_object *seen) {
        const char *text = json_text(seen, "text");
        GtkWidget *box;

        g_free(d->seen);
        d->seen = g_strdup(text);
        if (!d->seen_label)
                return;
        gtk_label_set_label(GTK_LABEL(d->seen_label), text);
        box = g_object_get_data(G_OBJECT(d->seen_label), "box");
        gtk_widget_set_visible(box, TRUE);
        part_announce(d->seen_label, text);
}

/* --- the conclusion --- */

static void on_copy(GtkButton *button, void *userdata) {
        struct doctor *d = userdata;

        part_copy(GTK_WIDGET(button), g_object_get_data(G_OBJECT(button), "text"));
        window_toast(d->app->window, _("Copied"));
}

static GtkWidget *copy_button(struct doctor *d, const char *label, const char *text) {
        GtkWidget *button = part_button(label, "pill", G_CALLBACK(on_copy), d);

        g_object_set_data_full(G_OBJECT(button), "text", g_strdup(text), g_free);
        return button;
}

static void on_look_up(GtkButton *button, void *userdata) {
        struct doctor *d = userdata;

        guide_look_up(d->app, g_object_get_data(G_OBJECT(button), "model"), g_object_get_data(G_OBJECT(button), "code"));
}

static GtkWidget *tried(struct json_object *list) {
        GtkWidget *box = part_list(_("What was tried"));

        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *one = json_object_array_get_idx(list, i);
                g_autofree char *what = part_capital(json_text(one, "text")), *result = NULL;

                result = g_strdup_printf("%s%s", json_text(one, "outcome"),
                                         json_truth(one, "seen") ? _(" (seen by the computer)") : "");
                gtk_list_box_append(GTK_LIST_BOX(box), part_row(what, result));
        }
        return box;
}

static GtkWidget *also(struct json_object *list) {
        GtkWidget *box = part_list(_("What else it may be"));

        for (size_t i = 0; i < json_length(list); i++) {
                const char *name = json_object_get_string(json_object_array_get_idx(list, i));
                enum finding_code code = finding_code_from_name(name ? name : "");

                if (code < _FINDING_CODE_MAX)
                        gtk_list_box_append(GTK_LIST_BOX(box), part_row(_(finding_title(code)), NULL));
        }
        return box;
}

static void add_section(struct doctor *d, const char *title, GtkWidget *content) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);

        gtk_box_append(GTK_BOX(box), part_heading(title, "heading"));
        gtk_box_append(GTK_BOX(box), content);
        gtk_box_append(GTK_BOX(d->column), box);
}

static void show_service(struct doctor *d, struct json_object *end) {
        GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 9),
                  *text = part_label(json_text(end, "service_text"), "card service"), *copy;

        gtk_label_set_selectable(GTK_LABEL(text), TRUE);
        gtk_box_append(GTK_BOX(box), text);
        gtk_box_append(GTK_BOX(box),
                       part_label(_("The serial number stands on a label of the headset or its case, and by the bar code "
                                    "of the box."),
                                  "caption dim-label"));
        gtk_box_append(GTK_BOX(box), part_label(json_text(end, "support"), "caption"));
        gtk_widget_set_halign(box, GTK_ALIGN_FILL);
        copy = copy_button(d, _("Copy for Sony’s Service"), json_text(end, "service_text"));
        gtk_widget_set_halign(copy, GTK_ALIGN_CENTER);
        gtk_box_append(GTK_BOX(box), copy);
        add_section(d, _("For Sony’s service"), box);
}

static void show_end(struct doctor *d, struct json_object *end) {
        struct json_object *c = json_child(end, "conclusion");
        const char *icon =
                strcmp(json_text(c, "code"), "battery-danger") == 0 ? "dialog-error-symbolic" : "dialog-information-symbolic";
        GtkWidget *head = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12), *image = part_icon(icon, 16), *row, *again;

        clear(d);
        d->ended = true;
        gtk_image_set_pixel_size(GTK_IMAGE(image), 32);
        gtk_widget_set_valign(image, GTK_ALIGN_START);
        gtk_box_append(GTK_BOX(head), image);
        gtk_box_append(GTK_BOX(head), part_heading(json_text(c, "cause"), "title-3"));
        if (strcmp(json_text(c, "code"), "battery-danger") == 0)
                gtk_widget_add_css_class(head, "error");
        gtk_box_append(GTK_BOX(d->column), head);
        gtk_box_append(GTK_BOX(d->column), part_action(json_text(c, "action")));
        if (*json_text(end, "sure"))
                add_section(d, _("How sure"), part_label(json_text(end, "sure"), NULL));
        if (json_length(json_list(end, "tried")) > 0)
                add_section(d, _("What was tried"), tried(json_list(end, "tried")));
        if (json_length(json_list(end, "also")) > 0)
                add_section(d, _("What else it may be"), also(json_list(end, "also")));
        if (*json_text(end, "service_text"))
                show_service(d, end);
        row = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
        again = part_button(_("Look It Up in the Guide"), "pill", G_CALLBACK(on_look_up), d);
        g_object_set_data_full(G_OBJECT(again), "model", g_strdup(json_text(end, "model")), g_free);
        g_object_set_data_full(G_OBJECT(again), "code", g_strdup(json_text(c, "code")), g_free);
        gtk_box_append(GTK_BOX(row), again);
        gtk_box_append(GTK_BOX(row), part_button(_("Check Once More"), "pill", G_CALLBACK(on_restart), d));
        gtk_widget_set_halign(row, GTK_ALIGN_CENTER);
        gtk_box_append(GTK_BOX(d->column), row);
        bring_to_front(d, again);
        part_announce(d->column, json_text(c, "cause"));
}

/* --- reading --- */

static void take_step(struct doctor *d, struct json_object *line) {
        d->number = (unsigned) json_number(line, "taken") + 1;
        json_object_put(d->step);
        d->step = json_object_get(line);
        show_step(d, line);
        g_clear_pointer(&d->seen, g_free);
}

static void take_line(struct doctor *d, const char *text) {
        _cleanup_(json_putp) struct json_object *line = json_tokener_parse(text);
        const char *type;

        if (!json_object_is_type(line, json_type_object))
                return;
        json_make_safe(line);
        type = json_text(line, "type");
        if (strcmp(type, "ask") == 0 || strcmp(type, "do") == 0)
                take_step(d, line);
        else if (strcmp(type, "seen") == 0)
                take_seen(d, line);
        else if (strcmp(type, "end") == 0)
                show_end(d, line);
}

static void on_line(GObject *stream, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(stream), result, NULL, &error);
        struct doctor *d = userdata;

        if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
                return; /* d may be gone */
        if (text) {
                take_line(d, text);
                read_line(d);
                return;
        }
        if (!d->ended) {
                stop_program(d);
                show_start(d, _("The check was broken off. What was answered is kept."));
        }
}

static void read_line(struct doctor *d) {
        g_data_input_stream_read_line_async(d->output, G_PRIORITY_DEFAULT, d->cancel, on_line, d);
}

/* It stays on the page until the check ends: a toast would be gone before a slow reader has read it. */
static void take_message(struct doctor *d, const char *text) {
        char *messages;

        if (d->messages && strstr(d->messages, text))
                return;
        messages = d->messages ? g_strconcat(d->messages, "\n", text, NULL) : g_strdup(text);
        g_free(d->messages);
        d->messages = messages;
        fill_messages(d);
        part_announce(d->column, text);
}

/* Messages outside the conversation, such as that a check could not be saved. */
static void on_message(GObject *stream, GAsyncResult *result, void *userdata) {
        g_autoptr(GError) error = NULL;
        g_autofree char *text = g_data_input_stream_read_line_finish_utf8(G_DATA_INPUT_STREAM(stream), result, NULL, &error);
        struct doctor *d = userdata;

        if (!text)
                return; /* the end of the output, or d may be gone */
        take_message(d, g_str_has_prefix(text, "sonychargectl: ") ? text + strlen("sonychargectl: ") : text);
        read_message(d, G_DATA_INPUT_STREAM(stream));
}

static void read_message(struct doctor *d, GDataInputStream *stream) {
        g_data_input_stream_read_line_async(stream, G_PRIORITY_DEFAULT, d->cancel, on_message, d);
}

static void begin(struct doctor *d, const char *headset) {
        g_autoptr(GDataInputStream) messages = NULL;
        const char *arguments[] = { "--json", "--timeout=10", "doctor", "--", *headset ? headset : NULL, NULL };
        g_autoptr(GError) error = NULL;

        stop_program(d);
        g_clear_pointer(&d->seen, g_free);
        g_clear_pointer(&d->messages, g_free);
        d->number = 0;
        d->ended = false;
        d->program = tool_talk(arguments, &error);
        if (!d->program) {
                show_start(d, error->message);
                return;
        }
        d->cancel = g_cancellable_new();
        d->output = g_data_input_stream_new(g_subprocess_get_stdout_pipe(d->program));
        messages = g_data_input_stream_new(g_subprocess_get_stderr_pipe(d->program));
        read_message(d, messages);
        clear(d);
        gtk_box_append(GTK_BOX(d->column), part_note(NULL, NULL, _("Looking at what the computer sees…"), NULL));
        read_line(d);
}

/* --- before and after --- */

static void on_start(GtkButton *button, void *userdata) {
        begin(userdata, "");
}

static void show_start(struct doctor *d, const char *problem) {
        g_autofree char *state = g_build_filename(g_get_user_state_dir(), "sonycharge", "doctor.json", NULL);
        bool goes_on = g_file_test(state, G_FILE_TEST_EXISTS);
        GtkWidget *button = part_button(goes_on ? _("Go On") : _("Start"), "pill suggested-action", G_CALLBACK(on_start), d);

        clear(d);
        if (problem)
                gtk_box_append(GTK_BOX(d->column), part_label(problem, "warning"));
        gtk_box_append(
                GTK_BOX(d->column),
                part_note("sonycharge-doctor-symbolic", _("Find out why it does not charge"),
                          goes_on ? _("A check was begun and is not finished. It goes on where it was left.")
                                  : _("A few questions and one change at a time, mostly about seven steps. It helps also with "
                                      "headsets that no computer can see, and with those that hang on a wall charger."),
                          button));
}

void doctor_start_with(struct app *app, const char *headset) {
        struct doctor *d;

        window_show_page(app->window, "doctor");
        d = g_object_get_data(G_OBJECT(app->gtk), "doctor");
        if (d && !d->step)
                begin(d, headset ? headset : "");
}

static void on_page_gone(void *userdata, GObject *page) {
        g_object_set_data(G_OBJECT(userdata), "doctor", NULL);
}

static GtkWidget *make(struct app *app) {
        struct doctor *d = g_new0(struct doctor, 1);

        d->app = app;
        d->page = part_page(&d->column);
        g_object_set_data_full(G_OBJECT(d->page), "page", d, doctor_free);
        g_object_set_data(G_OBJECT(app->gtk), "doctor", d);
        g_object_weak_ref(G_OBJECT(d->page), on_page_gone, app->gtk);
        show_start(d, NULL);
        return d->page;
}

const struct page page_doctor = { "doctor", N_("Find the Cause"), "sonycharge-doctor-symbolic", make, NULL };
