/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The report as one page of HTML: no script, nothing from the network, readable in light, dark and on A4 paper.
 */
#include <string.h>

#include "client/sessions.h"
#include "client/report/html.h"
#include "client/report/report.h"
#include "view/path-words.h"
#include "client/show/show.h"
#include "words/words.h"
#include "common/finding.h"
#include "common/language.h"

/* Contrasts are at least 4.5 to 1 in both schemes (WCAG 2.1, 1.4.3). */
static const char style_sheet[] =
        ":root{color-scheme:light dark;--ink:#1b1f24;--paper:#fff;--soft:#57606a;--edge:#8c959f;--box:#f6f8fa;--bad:#a40e26;"
        "--good:#116329;--mark:#8a4600;--link:#0550ae}\n"
        "@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--paper:#0d1117;--soft:#9ea7b3;--edge:#6e7681;--box:#161b22;"
        "--bad:#ff9492;--good:#7ee787;--mark:#f0b072;--link:#79b8ff}}\n"
        "@page{size:A4;margin:14mm}\n"
        "@media print{:root{color-scheme:light;--ink:#000;--paper:#fff;--soft:#444;--edge:#777;--box:#fff;--bad:#8b0000;"
        "--good:#0b4d1e;--mark:#6b3600;--link:#000}body{max-width:none;font-size:9.5pt;line-height:1.4}"
        "svg,tr,li{break-inside:avoid}}\n"
        "body{font:16px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:46rem;margin:0 auto;"
        "padding:1.5rem}\n"
        "h1{font-size:1.7rem;line-height:1.25;margin:0 0 .3rem}h2{font-size:1.3rem;margin:2.2rem 0 .6rem;border-bottom:1px solid "
        "var(--edge);padding-bottom:.2rem}h3{font-size:1.05rem;margin:1.4rem 0 .4rem}\n"
        "p{margin:.4rem 0}.soft{color:var(--soft)}.lead{font-size:1.15rem}.good{color:var(--good)}.bad{color:var(--bad)}\n"
        /* A word is broken only when it is longer than a line. */
        "body{overflow-wrap:break-word}.w{display:inline-block;max-width:100%}a{color:var(--link)}\n"
        "table{border-collapse:collapse;width:100%;margin:.5rem 0}th,td{text-align:left;vertical-align:top;padding:.25rem .6rem "
        ".25rem 0;border-bottom:1px solid var(--edge)}th[scope=row]{width:11rem;font-weight:600}"
        "caption{text-align:left;color:var(--soft);padding:.2rem 0}\n"
        "@media(max-width:40rem){body{padding:1rem}table,caption,tbody,tr,th,td{display:block;width:auto}thead{display:none}"
        "tr{padding:.35rem 0;border-bottom:1px solid var(--edge)}th,td,th[scope=row]{width:auto;border:0;padding:0}"
        "td[data-name]:before{content:attr(data-name) \": \";color:var(--soft)}}\n"
        "ol.path{list-style:none;margin:.6rem 0;padding:0}.path li{border:1px solid var(--edge);border-radius:6px;"
        "background:var(--box);padding:.4rem .8rem;margin:0 0 1.1rem;position:relative}.path li+li:before{content:\"\";"
        "position:absolute;left:1.4rem;top:-1.1rem;height:1.1rem;border-left:2px solid var(--edge)}.path "
        ".weak{border:3px solid var(--mark)}.path strong{color:var(--mark);display:block}\n"
        "@media print,(min-width:40.01rem){td .w,th .w{white-space:nowrap}}\n"
        ".summary{-webkit-user-select:all;user-select:all}\n"
        "article{border-left:4px solid var(--edge);background:var(--box);padding:.6rem 1rem;margin:.8rem "
        "0}article.act{border-color:"
        "var(--bad)}article h3{margin-top:0}\n"
        "svg{max-width:100%;height:auto;display:block;margin:.6rem 0;font-family:system-ui,sans-serif}svg text{fill:var(--ink);"
        "font-size:14px}svg .small{font-size:12px;fill:var(--soft)}"
        "@media(max-width:40rem){svg .small{font-size:20px}}"
        ".wire{stroke:var(--edge);stroke-width:2}.grid{stroke:"
        "var(--edge);stroke-width:.5;stroke-dasharray:3 "
        "4}.curve{fill:none;stroke:var(--good);stroke-width:2.5}circle.point{fill:var(--good)}rect.good{fill:"
        "var(--good)}rect.bad{fill:var(--bad)}rect.unclear{fill:var(--edge)}\n"
        "pre{white-space:pre-wrap;overflow-wrap:anywhere;font-size:.85rem;background:var(--box);padding:.8rem;border:1px solid "
        "var(--edge)}ul{padding-left:1.2rem}li{margin:.3rem 0}\n"
        "@media print{.path li{padding:.1rem .6rem;margin-bottom:.5rem}.path li+li:before{top:-.5rem;height:.5rem}li{margin:0}"
        "body{padding:0}h2{margin-top:1.2rem}h3{margin-top:.8rem}h2,h3{break-after:avoid}}\n";

static struct json_object *at(struct json_object *list, size_t i) {
        return json_object_array_get_idx(list, i);
}

static const char *name_of(struct json_object *h) {
        return *json_text(h, "model") ? json_text(h, "model") : json_text(h, "id");
}

static void put_head(FILE *out, struct json_object *report, const char *title) {
        char time[32], made[160];

        fprintf(out,
                "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
                "content=\"width=device-width,initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" "
                "content=\"default-src 'none'; "
                "style-src "
                "'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n",
                /* TRANSLATORS: the code of your language, such as "de" */
                _("en"));
        fputs("<title>", out);
        html_attribute(out, title);
        fputs("</title>\n", out);
        fprintf(out, "<style>\n%s</style>\n</head>\n<body>\n<header>\n", style_sheet);
        html_element(out, "h1", title);
        snprintf(made, sizeof made, _("Made %s by sonycharge %.40s."),
                 report_time(json_number(report, "created_at"), time, sizeof time), json_text(report, "version"));
        fputs("<p class=\"soft\">", out);
        html_text(out, made);
        fprintf(out, json_truth(report, "with_serial") ? " <strong>%s</strong></p>\n" : " %s</p>\n",
                report_identity_words(report));
        fputs("</header>\n<main>\n", out);
}

/* The findings. */

/* "500 mA (descriptors, 2026-11-20 22:49:42)". What was not seen but looked up has a source and no time. */
static void put_evidence_row(FILE *out, struct json_object *e) {
        const char *value = *json_text(e, "value") ? json_text(e, "value") : "-";
        const char *source = words_value(json_text(e, "source"));
        char time[32];

        report_time(json_number(e, "at"), time, sizeof time);
        if (*source || *time)
                html_rowf(out, json_text(e, "what"), "%s (%s%s%s)", value, source, *source && *time ? ", " : "", time);
        else
                html_row(out, json_text(e, "what"), value);
}

static void put_evidence(FILE *out, struct json_object *list) {
        if (json_length(list) == 0)
                return;
        fprintf(out, "<table>\n<caption>%s</caption>\n<tbody>\n", _("What was seen"));
        for (size_t i = 0; i < json_length(list); i++)
                put_evidence_row(out, at(list, i));
        fputs("</tbody>\n</table>\n", out);
}

static void put_finding(FILE *out, struct json_object *f) {
        fprintf(out, "<article%s>\n", finding_needs_action(f) ? " class=\"act\"" : "");
        html_element(out, "h3", *json_text(f, "cause") ? json_text(f, "cause") : json_text(f, "code"));
        if (*json_text(f, "action")) {
                fprintf(out, "<p><strong>%s</strong> ", _("Do:"));
                html_text(out, json_text(f, "action"));
                fputs("</p>\n", out);
        }
        fputs("<p class=\"soft\">", out);
        html_text(out, words_value(json_text(f, "severity")));
        fputs(", ", out);
        html_text(out, words_value(json_text(f, "confidence")));
        fputs(", ", out);
        html_text(out, json_text(f, "code"));
        if (*json_text(f, "subject")) {
                fputs(_(", about "), out);
                html_text(out, json_text(f, "subject"));
        }
        fputs("</p>\n", out);
        put_evidence(out, json_list(f, "evidence"));
        fputs("</article>\n", out);
}

static void put_findings(FILE *out, struct json_object *findings, const char *none) {
        for (size_t i = 0; i < json_length(findings); i++)
                put_finding(out, at(findings, i));
        if (json_length(findings) == 0)
                html_element(out, "p", none);
}

/* One headset. */

static void put_current(FILE *out, struct json_object *h) {
        static const struct {
                const char *key, *head, *note;
        } rows[] = {
                { "available_ma", N_("The port offers"), N_("at most") },
                { "negotiated_ma", N_("Granted"), N_("by the computer") },
                { "declared_ma", N_("Declared"), N_("by the device itself; the port does not tell what flows") },
                { "needed_ma", N_("Needed"), N_("for the rated charging time of this model") },
        };

        for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
                if (json_number(h, rows[i].key) > 0)
                        html_rowf(out, _(rows[i].head), "%llu mA %s", (unsigned long long) json_number(h, rows[i].key),
                                  _(rows[i].note));
}

static void put_seen_by(FILE *out, struct json_object *h) {
        struct json_object *list = json_list(h, "seen_by"), *last = json_child(h, "last_seen");
        char line[640] = "", time[32];

        for (size_t i = 0; i < json_length(list) && i < 8; i++)
                snprintf(line + strlen(line), sizeof line - strlen(line), "%s%.60s", i ? ", " : "",
                         words_value(json_object_get_string(at(list, i))));
        if (!*line && last)
                snprintf(line, sizeof line, _("nothing at this moment; last by %.80s, %s"), words_value(json_text(last, "by")),
                         report_time(json_number(last, "at"), time, sizeof time));
        html_row(out, _("Seen by"), line);
}

static void put_identifiers(FILE *out, struct json_object *report, const char *id) {
        struct json_object *mine = json_child(json_child(report, "identifiers"), id);

        if (!json_truth(report, "with_serial")) {
                html_row(out, _("Serial number"), _("left out; it stands on the headset and on its box"));
                return;
        }
        if (!mine || !*json_text(mine, "serial"))
                html_row(out, _("Serial number"),
                         _("this headset does not tell one on USB; it stands on the headset and on its box"));
        json_object_object_foreach(mine, key, value) {
                (void) value;
                html_row(out, strcmp(key, "serial") == 0 ? _("Serial number") : key, json_text(mine, key));
        }
}

static void put_facts(FILE *out, struct json_object *report, struct json_object *h) {
        fputs("<table>\n<tbody>\n", out);
        html_row(out, _("Model"), name_of(h));
        html_row(out, _("Kind"), words_value(json_text(h, "family")));
        put_identifiers(out, report, json_text(h, "id"));
        put_seen_by(out, h);
        put_current(out, h);
        report_own_side(out, h);
        if (json_number(json_child(h, "enumeration"), "attempts") > 0)
                html_rowf(out, _("Recognised"),
                          ngettext("at try %llu, after %llu error", "at try %llu, after %llu errors",
                                   json_number(json_child(h, "enumeration"), "errors")),
                          (unsigned long long) json_number(json_child(h, "enumeration"), "attempts"),
                          (unsigned long long) json_number(json_child(h, "enumeration"), "errors"));
        html_row(out, _("Help Guide"), json_text(json_child(h, "facts"), "help"));
        html_row(out, _("Id"), json_text(h, "id"));
        fputs("</tbody>\n</table>\n", out);
}

/* Prints the headline as a sentence. */
static void put_verdict_line(FILE *out, struct json_object *h, struct json_object *of_host) {
        char words[160], line[sizeof words + 1];

        snprintf(line, sizeof line, "%s.", headline_words(h, of_host, words, sizeof words));
        if (*line >= 'a' && *line <= 'z')
                *line = (char) (*line - 'a' + 'A');
        html_element(out, "p class=\"lead\"", line);
}

static void put_headset(FILE *out, struct json_object *report, struct json_object *h) {
        struct json_object *path = json_list(h, "path"), *findings = json_list(h, "findings");

        fputs("<section>\n", out);
        html_element(out, "h2", name_of(h));
        put_verdict_line(out, h, json_list(json_child(json_child(report, "status"), "host"), "findings"));
        html_element(out, "h3", _("The way of the power"));
        if (json_length(path) > 0)
                report_path(out, path, strcmp(json_text(h, "verdict"), "ok") == 0 ? NULL : findings);
        else
                html_element(out, "p", _("It is on no port that this computer can see."));
        html_element(out, "h3", _("What was found"));
        put_findings(out, findings, words_text(SAY_NOTHING_FOUND));
        html_element(out, "h3", _("What is known of it"));
        put_facts(out, report, h);
        report_curve(out, json_list(report, "sessions"), json_text(h, "id"), _("Battery while plugged in"));
        report_answers(out, json_child(h, "told"));
        fputs("</section>\n", out);
}

/* Prints unidentified devices. */

static void put_host(FILE *out, struct json_object *findings) {
        if (json_length(findings) == 0)
                return;
        fputs("<section>\n", out);
        html_element(out, "h2", _("The computer itself"));
        put_findings(out, findings, "");
        fputs("</section>\n", out);
}

static void put_unidentified(FILE *out, struct json_object *list) {
        if (json_length(list) == 0)
                return;
        fputs("<section>\n", out);
        html_element(out, "h2", _("Ports where something did not tell what it is"));
        html_element(out, "p", _("It may or may not be the headset; nobody can know."));
        for (size_t i = 0; i < json_length(list); i++) {
                char time[32], line[256], port[420];

                port_words(json_text(at(list, i), "name"), json_text(at(list, i), "sysname"), port, sizeof port);
                snprintf(line, sizeof line, _("%.80s: %.100s, since %s"), port, unidentified_words(at(list, i)),
                         report_time(json_number(at(list, i), "since"), time, sizeof time));
                html_element(out, "h3", line);
                put_findings(out, json_list(at(list, i), "findings"), "");
        }
        fputs("</section>\n", out);
}

/* "; its user said: Charging light: dark, Cable: other" */
static void put_session_answers(FILE *out, struct json_object *answers) {
        const char *before = _("; its user said: ");

        if (!answers)
                return;
        json_object_object_foreach(answers, question, answer) {
                (void) answer;
                fputs(before, out);
                html_text(out, report_question_words(question));
                fputs(": ", out);
                html_text(out, words_value(json_text(answers, question)));
                before = ", ";
        }
}

/* In a narrow window each row becomes a paragraph, and its cells need their names. */
static void begin_cell(FILE *out, const char *name) {
        fputs("<td data-name=\"", out);
        html_attribute(out, name);
        fputs("\">", out);
}

static void put_cell(FILE *out, const char *name, const char *text) {
        begin_cell(out, name);
        html_text(out, text);
        fputs("</td>", out);
}

static void put_session(FILE *out, struct json_object *s) {
        char start[32], span[SESSION_LENGTH_MAX], where[SESSION_WHERE_MAX];

        fputs("<tr>", out);
        put_cell(out, _("Plugged in"), report_time(json_number(s, "start"), start, sizeof start));
        put_cell(out, _("What"), session_who(s));
        put_cell(out, _("Port"), session_where(s, where));
        put_cell(out, C_("duration", "For"), json_number(s, "end") > 0 ? session_length_words(s, span) : _("now"));
        begin_cell(out, _("How it went"));
        html_text(out, session_outcome_words(s));
        if (*session_first_code(s)) {
                fputs("; ", out);
                html_text(out, session_first_code(s));
        }
        if (*json_text(s, "cable")) {
                fputs(_("; cable: "), out);
                html_text(out, json_text(s, "cable"));
        }
        put_session_answers(out, json_child(s, "told"));
        fputs("</td></tr>\n", out);
}

/* Sessions without a known outcome have no row. */
static bool any_judged(struct json_object *list) {
        for (size_t i = 0; i < json_length(list); i++)
                if (json_number(at(list, i), "good") + json_number(at(list, i), "shaky") + json_number(at(list, i), "bad") > 0)
                        return true;
        return false;
}

static void put_health(FILE *out, struct json_object *list, const char *caption, bool ports) {
        if (!any_judged(list))
                return;
        fputs("<table>\n", out);
        html_element(out, "caption", caption);
        fputs("<tbody>\n", out);
        for (size_t i = 0; i < json_length(list); i++) {
                struct json_object *h = at(list, i);
                unsigned long long good = json_number(h, "good"), shaky = json_number(h, "shaky"), bad = json_number(h, "bad");
                char where[SESSION_WHERE_MAX];

                if (good + shaky + bad > 0)
                        html_rowf(out, ports ? session_where(h, where) : json_text(h, "headset"),
                                  _("%llu of %llu fine, %llu with errors, %llu failed"), good, good + shaky + bad, shaky, bad);
        }
        fputs("</tbody>\n</table>\n", out);
}

static bool is_here(struct json_object *headsets, const char *id) {
        for (size_t i = 0; i < json_length(headsets); i++)
                if (strcmp(json_text(at(headsets, i), "id"), id) == 0)
                        return true;
        return false;
}

/* Prints the curves of headsets that are not present. Those of present headsets are above. */
static void put_old_curves(FILE *out, struct json_object *sessions, struct json_object *headsets) {
        char head[160];

        for (size_t i = 0; i < json_length(sessions); i++) {
                const char *id = json_text(at(sessions, i), "headset");
                size_t k = 0;

                while (k < i && strcmp(json_text(at(sessions, k), "headset"), id) != 0)
                        k++;
                if (!*id || k < i || is_here(headsets, id))
                        continue;
                snprintf(head, sizeof head, _("Battery of %.80s while it was plugged in"), session_who(at(sessions, i)));
                report_curve(out, sessions, id, head);
        }
}

static void put_sessions(FILE *out, struct json_object *report) {
        struct json_object *sessions = json_list(report, "sessions");

        fputs("<section>\n", out);
        html_element(out, "h2", _("Plug sessions"));
        if (json_length(sessions) == 0) {
                html_element(out, "p", _("None is remembered."));
                fputs("</section>\n", out);
                return;
        }
        (void) svg_sessions(out, sessions);
        fprintf(out,
                "<table>\n<caption>%s</caption>\n<thead><tr><th scope=\"col\">%s</th><th scope=\"col\">%s</th><th "
                "scope=\"col\">%s</th><th scope=\"col\">%s</th><th scope=\"col\">%s</th></tr></thead>\n<tbody>\n",
                _("The newest first"), _("Plugged in"), _("What"), _("Port"), C_("duration", "For"), _("How it went"));
        for (size_t i = 0; i < json_length(sessions); i++)
                put_session(out, at(sessions, i));
        fputs("</tbody>\n</table>\n", out);
        put_old_curves(out, sessions, json_list(json_child(report, "status"), "headsets"));
        put_health(out, json_list(report, "headset_health"), _("Headsets"), false);
        put_health(out, json_list(report, "port_health"), _("Ports"), true);
        fputs("</section>\n", out);
}

static void put_kernel(FILE *out, struct json_object *lines) {
        char time[32];

        fputs("<section>\n", out);
        html_element(out, "h2", _("What the kernel said"));
        if (json_length(lines) == 0)
                html_element(out, "p",
                             _("Nothing about USB or power since the computer was started, or nothing that can be read here."));
        else {
                html_element(out, "p class=\"soft\"",
                             _("Lines about USB and power since the computer was started, without names and serial "
                               "numbers that devices tell."));
                fputs("<pre tabindex=\"0\">", out);
                for (size_t i = 0; i < json_length(lines); i++) {
                        fprintf(out, "%s  ", report_time(json_number(at(lines, i), "at"), time, sizeof time));
                        html_text(out, json_text(at(lines, i), "text"));
                        fputc('\n', out);
                }
                fputs("</pre>\n", out);
        }
        fputs("</section>\n", out);
}

static void put_computer(FILE *out, struct json_object *report) {
        struct json_object *c = json_child(report, "computer"), *status = json_child(report, "status");
        struct json_object *degraded = json_list(status, "degraded"), *missing = json_list(report, "missing");
        struct json_object *notes = json_list(status, "notes");

        fputs("<section>\n", out);
        html_element(out, "h2", _("This computer"));
        fputs("<table>\n<tbody>\n", out);
        html_row(out, _("System"), json_text(c, "system"));
        html_row(out, _("Supported until"), json_text(c, "support_end"));
        html_rowf(out, _("Kernel"), "%s (%s)", json_text(c, "kernel"), json_text(c, "architecture"));
        html_row(out, _("Make"), json_text(c, "make"));
        html_row(out, _("Firmware"), json_text(c, "firmware"));
        for (size_t i = 0; i < json_length(degraded); i++)
                html_row(out, _("Not visible here"), degraded_words(json_object_get_string(at(degraded, i))));
        for (size_t i = 0; i < json_length(missing); i++)
                html_row(out, _("Missing"), json_object_get_string(at(missing, i)));
        for (size_t i = 0; i < json_length(notes); i++)
                html_row(out, _("Note"), json_object_get_string(at(notes, i)));
        fputs("</tbody>\n</table>\n", out);
        fputs("</section>\n", out);
}

static void put_check_row(FILE *out, const char *label, const char *text) {
        if (*text)
                html_row(out, label, text);
}

static void put_check(FILE *out, struct json_object *check) {
        if (!check)
                return;
        fputs("<section>\n", out);
        html_element(out, "h2", _(REPORT_LAST_CHECK));
        fputs("<table>\n<tbody>\n", out);
        report_check(out, check, put_check_row);
        fputs("</tbody>\n</table>\n</section>\n", out);
}

static void put_words(FILE *out, const char *title, const char *const *words) {
        fputs("<section>\n", out);
        html_element(out, "h2", title);
        fputs("<ul>\n", out);
        for (; *words; words++)
                html_element(out, "li", _(*words));
        fputs("</ul>\n</section>\n", out);
}

/* One click selects all of it. */
static void put_summary(FILE *out, struct json_object *report) {
        struct json_object *lines = json_list(report, "summary");

        fputs("<section>\n", out);
        html_element(out, "h2", _("Summary"));
        fputs("<pre class=\"summary\" tabindex=\"0\">", out);
        for (size_t i = 0; i < json_length(lines); i++) {
                html_text(out, json_object_get_string(at(lines, i)));
                fputc('\n', out);
        }
        fputs("</pre>\n", out);
        html_element(out, "p class=\"soft\"", _("A click selects all of it, to be copied into a mail."));
        fputs("</section>\n", out);
}

/* A link that the window opens if it is installed, and the command for everyone else. */
static void put_link(FILE *out, const char *place, const char *argument, const char *words, const char *command) {
        fprintf(out, "<li><a href=\"sonycharge:%s%s", place, *argument ? "/" : "");
        html_attribute(out, argument);
        fputs("\">", out);
        html_text(out, words);
        fputs("</a>", out);
        if (*command) {
                fputs(" (<code>", out);
                html_text(out, command);
                fputs("</code>)", out);
        }
        fputs("</li>\n", out);
}

static void put_help_guides(FILE *out, struct json_object *headsets) {
        for (size_t i = 0; i < json_length(headsets); i++) {
                const char *url = json_text(json_child(at(headsets, i), "facts"), "help");
                char words[200];

                if (strncmp(url, "https://", strlen("https://")) != 0)
                        continue;
                snprintf(words, sizeof words, _("Sony's Help Guide of the %.120s"), name_of(at(headsets, i)));
                fputs("<li><a href=\"", out);
                html_attribute(out, url);
                fputs("\">", out);
                html_text(out, words);
                fputs("</a></li>\n", out);
        }
}

/* The guide has no page for conclusions that only the doctor draws. */
static const char *guide_page(struct json_object *finding) {
        const char *code = json_text(finding, "code");

        return finding_code_from_name(code) < _FINDING_CODE_MAX ? code : "";
}

/* A dangerous battery has no further steps, because nothing may be tried with it. */
static void put_next_steps(FILE *out, struct json_object *report) {
        struct json_object *headsets = json_list(json_child(report, "status"), "headsets");
        struct json_object *finding = report_leading_finding(report);
        const char *code = guide_page(finding);
        char command[160];

        fputs("<section>\n", out);
        html_element(out, "h2", _("Next steps"));
        fputs("<ul>\n", out);
        html_element(out, "li", json_text(finding, "action"));
        if (json_length(headsets) > 0)
                put_link(out, "headset", json_text(at(headsets, 0), "id"), _("Look at it in the window"), "sonychargectl status");
        if (!report_is_danger(finding))
                put_link(out, "doctor", "", _("Find the cause by questions, one change at a time"), "sonychargectl doctor");
        snprintf(command, sizeof command, "sonychargectl guide%s%.100s", *code ? " " : "", code);
        put_link(out, "guide", code, _("Look it up in the guide"), command);
        put_help_guides(out, headsets);
        fputs("</ul>\n", out);
        html_element(
                out, "p class=\"soft\"",
                _("The first links open the window of this program on the computer that wrote this report, if it is installed."));
        fputs("</section>\n", out);
}

void report_html(FILE *out, struct json_object *report) {
        struct json_object *status = json_child(report, "status"), *headsets = json_list(status, "headsets");
        char title[240];

        snprintf(title, sizeof title, "%s", _("Charging report"));
        if (json_length(headsets) == 1)
                snprintf(title, sizeof title, _("Charging report: %.120s"), name_of(at(headsets, 0)));
        put_head(out, report, title);
        put_summary(out, report);
        put_next_steps(out, report);
        report_ports(out, json_child(report, "ports"));
        put_host(out, json_list(json_child(status, "host"), "findings"));
        for (size_t i = 0; i < json_length(headsets); i++)
                put_headset(out, report, at(headsets, i));
        if (!status)
                html_element(out, "p class=\"lead\"", _(REPORT_NO_STATUS));
        else if (json_length(headsets) == 0)
                html_element(out, "p class=\"lead\"", _(REPORT_NO_HEADSET));
        put_unidentified(out, json_list(status, "unidentified"));
        put_check(out, json_child(report, "check"));
        if (status)
                put_sessions(out, report);
        put_kernel(out, json_list(report, "kernel_lines"));
        put_computer(out, report);
        put_words(out, _("For Sony's service"), report_service_words);
        put_words(out, _(REPORT_LIMITS), report_limit_words);
        fputs("</main>\n</body>\n</html>\n", out);
}
