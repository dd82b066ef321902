# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Translates systemd/sonycharge.catalog, which journalctl -x shows.
#
#   LC_ALL=C awk -f tools/journal-catalog.awk systemd/sonycharge.catalog             its texts, as C for xgettext
#   LC_ALL=C awk -f tools/journal-catalog.awk -v po=po/de.po systemd/sonycharge.catalog   the catalog in that language
#
# A text is a subject or a paragraph. What many of them share is split off and translated once: the label at the start, and the
# place at the end of a subject. The locale must be C, because columns are counted from bytes.

BEGIN {
        # journalctl puts three columns before each line, and its pager cuts what is longer than the terminal.
        WIDTH = 76
        for (i = 1; i < 256; i++)
                ORD[sprintf("%c", i)] = i
        # A line begins with none of these. Wide letters may be parted elsewhere.
        STICKS = ").:;,!?%、。，；：！？）」』”ーっゃゅょァィゥェォッャュョ々"
        OPENS = "(（「『“"
        if (po) {
                read_po(po)
                printf "# SPDX-License-Identifier: LGPL-2.1-or-later\n"
        } else
                printf "#line 1 \"systemd/sonycharge.catalog\"\n"
}

/^#/ { next }
/^-- / { flush(); if (po) printf "\n%s\n", $0; next }
/^Subject: / { put_subject(substr($0, 10)); next }
/^(Defined-By|Documentation): / { if (po) print; next }
/^$/ { flush(); next }
{ paragraph = paragraph (paragraph ? " " : "") $0 }
END { flush() }

function flush() {
        if (!paragraph)
                return
        put_paragraph(paragraph)
        paragraph = ""
}

function put_subject(text,   place) {
        if (match(text, / \(@SONYCHARGE_SUBJECT@, @SONYCHARGE_CONFIDENCE@\)$/)) {
                place = substr(text, RSTART)
                text = substr(text, 1, RSTART - 1)
        }
        text = translated(text)
        if (po)
                printf "Subject: %s%s\n", text, place
}

function put_paragraph(text,   label, gap) {
        if (match(text, /^(What to do|It can be wrong): /)) {
                label = translated(substr(text, 1, RLENGTH - 1))
                text = substr(text, RLENGTH + 1)
                # A wide colon brings its own blank.
                gap = label ~ /:$/ ? " " : ""
        }
        text = translated(text)
        if (po)
                printf "\n%s", wrapped(label gap text)
}

# Without a language, prints the text for xgettext.
function translated(text) {
        gsub(/\\/, "\\\\", text)
        gsub(/"/, "\\\"", text)
        if (!po) {
                if (!(text in SEEN))
                        printf "_(\"%s\")\n", text
                SEEN[text] = 1
                return text
        }
        if (MSGSTR[text])
                text = MSGSTR[text]
        gsub(/\\"/, "\"", text)
        return text
}

function read_po(file,   line, field, id) {
        while ((getline line < file) > 0) {
                if (line ~ /^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]\]) "/) {
                        field = substr(line, 1, index(line, " ") - 1)
                        line = substr(line, index(line, " ") + 1)
                        if (field == "msgctxt")
                                id = "\004"
                        else if (field == "msgid")
                                id = id == "\004" ? id : ""
                } else if (line !~ /^"/) {
                        if (line == "")
                                id = field = ""
                        continue
                }
                line = substr(line, 2, length(line) - 2)
                if (field == "msgid")
                        id = id line
                else if (field == "msgstr")
                        MSGSTR[id] = MSGSTR[id] line
        }
        close(file)
}

# Parts a text at blanks and between wide letters, and returns it as lines.
function wrapped(text,   i, n, c, size, word, line, columns, word_columns, blank, out) {
        n = length(text)
        blank = 0
        for (i = 1; i <= n + 1; i += size) {
                c = i > n ? " " : letter(text, i)
                size = length(c)
                if (word != "" && (c == " " || parts(c))) {
                        if (line != "" && columns + blank + word_columns > WIDTH) {
                                out = out line "\n"
                                line = ""
                                columns = 0
                                blank = 0
                        }
                        line = line (blank ? " " : "") word
                        columns += blank + word_columns
                        word = ""
                        word_columns = 0
                        blank = 0
                }
                if (c == " ")
                        blank = line != ""
                else {
                        word = word c
                        word_columns += wide(c) ? 2 : 1
                        last = c
                }
        }
        return out line "\n"
}

function letter(text, i,   first) {
        first = ORD[substr(text, i, 1)]
        return substr(text, i, first < 128 ? 1 : first < 224 ? 2 : first < 240 ? 3 : 4)
}

function wide(c) { return ORD[substr(c, 1, 1)] >= 227 }

# Whether a line may end between the last letter and this one.
function parts(c) {
        return (wide(c) || wide(last)) && index(STICKS, c) == 0 && index(OPENS, last) == 0
}
