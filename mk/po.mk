# SPDX-License-Identifier: LGPL-2.1-or-later
# Translations. po/LANGUAGE.po is written by people; `make po` lets it follow the sources. Only languages that are complete are
# listed here, because a program that changes its language from line to line is worse than one in English.

LANGUAGES = $(sort $(basename $(notdir $(wildcard po/*.po))))

catalog = $(BUILD)/locale/$(1)/LC_MESSAGES/sonycharge.mo
POT = $(BUILD)/sonycharge.pot

catalogs: $(foreach l,$(LANGUAGES),$(call catalog,$(l)))

$(BUILD)/locale/%/LC_MESSAGES/sonycharge.mo: po/%.po
	@mkdir -p $(@D)
	$(call say,MO)msgfmt --check -o $@ $<

# What other programs show: the journal, the dialogs of polkit, desktops and software centres. Each file of ours in English becomes
# one in all languages, except that the journal has a file for each. po/its says what to translate in XML.
TRANSLATED_XML = systemd/org.sonycharge1.policy $(wildcard systemd/*.metainfo.xml app/*.metainfo.xml)
TRANSLATED_DESKTOP = $(wildcard systemd/*.desktop app/*.desktop)
JOURNAL_CATALOG = systemd/sonycharge.catalog
translated = $(BUILD)/translated/$(notdir $(1))
translated_catalog = $(BUILD)/translated/sonycharge.$(1).catalog

translations: $(foreach f,$(TRANSLATED_XML) $(TRANSLATED_DESKTOP),$(call translated,$(f))) $(foreach l,$(LANGUAGES),$(call translated_catalog,$(l)))

# The languages, as msgfmt wants to have them.
LINGUAS = $(BUILD)/po/LINGUAS
$(LINGUAS): $(LANGUAGES:%=po/%.po)
	@rm -rf $(@D) && mkdir -p $(@D) && cp $^ $(@D)
	@echo $(LANGUAGES) >$@

# Newer versions of msgfmt write "zh-Hans-CN" in XML. polkit knows languages by the names of locales only, and everybody takes these.
LOCALE_NAMES = sed -E 's/xml:lang="([a-z]+)-([A-Z][a-z]+-)?([A-Z]+)"/xml:lang="\1_\3"/'
msgfmt_into = @mkdir -p $(@D); \
	GETTEXTDATADIR=$(CURDIR)/po msgfmt $(1) --template=$< -d $(dir $(LINGUAS)) -o $@.new && \
	$(LOCALE_NAMES) $@.new >$@.named && mv $@.named $@ && rm $@.new
define translated_rule
$(call translated,$(2)): $(2) $(LINGUAS) $(wildcard po/its/*)
	$$(call msgfmt_into,$(1))
endef
$(foreach f,$(TRANSLATED_XML),$(eval $(call translated_rule,--xml,$(f))))
$(foreach f,$(TRANSLATED_DESKTOP),$(eval $(call translated_rule,--desktop,$(f))))

journal_catalog = LC_ALL=C awk -f tools/journal-catalog.awk
$(call translated_catalog,%): po/%.po $(JOURNAL_CATALOG) tools/journal-catalog.awk
	@mkdir -p $(@D)
	@$(journal_catalog) -v po=$< $(JOURNAL_CATALOG) >$@.new && mv $@.new $@

# Every source that people read from. The tables (*.def) are read twice, because xgettext takes one argument of a macro at a time.
POTFILES = $(sort $(shell find client common core app -name '*.[ch]' 2>/dev/null))
XGETTEXT = xgettext --from-code=UTF-8 --language=C --no-wrap --add-location=file --sort-by-file --add-comments=TRANSLATORS: \
           --package-name=sonycharge --keyword --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=VALUE:1c,2 --keyword=ngettext:1,2

XGETTEXT_OTHERS = GETTEXTDATADIR=$(CURDIR)/po xgettext -j --sort-by-file --from-code=UTF-8 --no-wrap --add-location=file

# The name of the temporary file is unique, because tests that run side by side may make the template at the same time. The last
# command is for texts such as "30 % or", which xgettext takes for a format.
$(POT): $(POTFILES) core/words/sentences.def core/findings.def $(JOURNAL_CATALOG) $(TRANSLATED_XML) $(TRANSLATED_DESKTOP) \
		$(wildcard po/its/*) tools/journal-catalog.awk mk/po.mk
	@mkdir -p $(@D)
	@set -e; new=$@.$$$$; trap 'rm -f "$$new"' EXIT; \
	$(XGETTEXT) -o "$$new" $(POTFILES); \
	$(XGETTEXT) -j --keyword=SENTENCE:2 --keyword=SENTENCE_N:3,4 --keyword=EVIDENCE:3 --keyword=EVIDENCE_N:4,5 --keyword=FINDING:8 \
		--flag=SENTENCE:2:no-c-format --flag=SENTENCE_N:3:no-c-format --flag=SENTENCE_N:4:no-c-format --flag=EVIDENCE:3:no-c-format \
		--flag=EVIDENCE_N:4:no-c-format --flag=EVIDENCE_N:5:no-c-format -o "$$new" core/words/sentences.def core/findings.def; \
	$(XGETTEXT) -j --keyword=EVIDENCE:2 --keyword=EVIDENCE_N:3 --keyword=FINDING:9 \
		--flag=EVIDENCE:2:no-c-format --flag=EVIDENCE_N:3:no-c-format -o "$$new" core/words/sentences.def core/findings.def; \
	$(journal_catalog) $(JOURNAL_CATALOG) | $(XGETTEXT) -j -o "$$new" -; \
	$(XGETTEXT_OTHERS) -o "$$new" $(TRANSLATED_XML) $(TRANSLATED_DESKTOP); \
	sed -i -e 's/CHARSET/UTF-8/' -e '/^#, c-format$$/{N;/% [a-z]/s/^#, c-format\n//;}' "$$new"; \
	mv "$$new" $@

pot: $(POT)

po: $(POT)
	@for l in $(LANGUAGES); do msgmerge --quiet --update --backup=none --no-wrap --no-fuzzy-matching --add-location=file po/$$l.po $(POT) && \
		msgattrib --no-obsolete --no-wrap -o po/$$l.po po/$$l.po && printf "%s: " $$l && msgfmt --check --statistics -o /dev/null po/$$l.po; done

# The translations are complete and have the places of the English; the programs in a language of brackets.
test-po:
	@echo tests/package/test-po; BUILD=$(abspath $(BUILD)) $(SYSTEM_PYTHON) -B tests/package/test-po

test-all: test-po

.PHONY: catalogs translations pot po test-po
