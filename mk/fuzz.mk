# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzzers for everything that parses foreign input: `make fuzz` runs each for FUZZ_SECONDS with clang's libFuzzer and
# the sanitizers; `make test-fuzz` only runs the inputs that are kept in the tree, with any compiler.

FUZZ_SECONDS ?= 30
# Any number makes a run that tries the same inputs as the last one with it, as far as its time reaches; 0 is chance.
FUZZ_SEED ?= 0
FUZZ_CC ?= clang
FUZZERS = $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c))
FUZZ_SOURCES = $(filter-out common/memory.c,$(wildcard common/*.c core/*/*.c))
# What the fuzzers need of the other rooms. The linker takes only what is used.
FUZZ_SOURCES += daemon/sources/descriptors.c daemon/sources/source.c daemon/sources/sysfs.c \
                daemon/sources/bluez-read.c daemon/sources/upower-read.c daemon/sources/bus-dictionary.c $(wildcard daemon/history/*.c) $(wildcard daemon/bus/*.c) \
                $(filter-out client/main.c,$(wildcard client/*.c client/show/*.c)) \
                client/doctor/doctor-answers.c client/doctor/doctor-check.c client/doctor/doctor-facts.c
FUZZ_LIBS = $(SYSTEMD_LIBS) $(SQLITE_LIBS) $(UDEV_LIBS) $(JSON_LIBS) $(INIH_LIBS) -lm
FUZZ_FLAGS = -std=gnu11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -DPREFIX='"$(PREFIX)"' -DLOCALEDIR='"$(localedir)"' -O1 -g \
             -fsanitize=address,undefined \
             -fno-sanitize-recover=all -fno-omit-frame-pointer $(call wall,tests) $(LIBRARY_CFLAGS)

# The common objects are compiled once with each compiler. These are archives because a fuzzer may include a source
# itself, to reach its static functions: the linker then leaves the copy of the archive out.
FUZZ_CORE = $(BUILD)/fuzz/core.a
REPLAY_CORE = $(BUILD)/fuzz/replay.a

$(FUZZ_CORE): $(FUZZ_SOURCES:%.c=$(BUILD)/fuzz/core/%.o)
$(REPLAY_CORE): $(FUZZ_SOURCES:%.c=$(BUILD)/fuzz/replay/%.o)
$(FUZZ_CORE) $(REPLAY_CORE):
	@rm -f $@
	@$(AR) rcs $@ $^

$(BUILD)/fuzz/core/%.o: %.c | needs $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(FUZZ_CC) $(FUZZ_FLAGS) -MMD -MP -fsanitize=fuzzer-no-link -c -o $@ $<

$(BUILD)/fuzz/replay/%.o: %.c | needs $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

$(FUZZERS:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: tests/fuzz/fuzz-%.c $(FUZZ_CORE) | needs $(BUILD)/walls/tests/.made
	$(call say,LD)$(FUZZ_CC) $(FUZZ_FLAGS) -DMUTATED -fsanitize=fuzzer -o $@ $< $(FUZZ_CORE) $(FUZZ_LIBS)

$(FUZZERS:%=$(BUILD)/fuzz/replay-%): $(BUILD)/fuzz/replay-%: tests/fuzz/fuzz-%.c tests/fuzz/replay.c $(REPLAY_CORE) | needs $(BUILD)/walls/tests/.made
	$(call say,LD)$(CC) $(FUZZ_FLAGS) -o $@ $< tests/fuzz/replay.c $(REPLAY_CORE) $(FUZZ_LIBS)

# Additional seed inputs, maximum input length and dictionary of each fuzzer.
fuzz_seeds_events = tests/recordings
fuzz_seeds_recording = tests/recordings
fuzz_length_events = 65536
fuzz_words_events = core/recording/field-tables.c core/model/link.c
fuzz_words_recording = core/recording/field-tables.c
fuzz_words_kernel-message = $(wildcard core/kernel-log/*.c)
fuzz_words_kmsg = $(wildcard core/kernel-log/*.c)
fuzz_words_log-file = $(wildcard core/kernel-log/*.c)
fuzz_words_udev-database = daemon/sources/device.c
fuzz_words_hwdb = core/hwdb/hwdb.c
fuzz_words_config = daemon/config.c
fuzz_words_span = client/span.c
fuzz_words_runtime-state = daemon/runtime/runtime-state.c
fuzz_words_typec = daemon/sources/typec-read.c
fuzz_words_doctor-state = client/doctor/doctor-state.c core/doctor/table-questions.c
fuzz_words_doctor-answers = client/doctor/doctor-answers.c core/doctor/table-questions.c
fuzz_words_doctor-lines = client/doctor/doctor-lines.c core/doctor/table-questions.c
fuzz_words_bus-dictionary = daemon/sources/bluez-read.c daemon/sources/upower-read.c
fuzz_words_bus-methods = daemon/bus/bus-history.c daemon/bus/bus-read.c daemon/bus/bus-manager.c common/answer.c
fuzz_words_device-name = core/model/address.c core/model/names.c
fuzz_words_modalias = core/hwdb/modalias.c
fuzz_words_log = $(wildcard core/kernel-log/*.c)

$(BUILD)/fuzz/%.dict: tests/fuzz/make-dictionary
	@mkdir -p $(@D)
	@$< $(fuzz_words_$*) > $@

fuzz_one = echo '$(1): $(FUZZ_SECONDS) s'; mkdir -p $(BUILD)/fuzz/found-$(1); \
	$(BUILD)/fuzz/$(1) -max_total_time=$(FUZZ_SECONDS) -seed=$(FUZZ_SEED) -max_len=$(or $(fuzz_length_$(1)),4096) -timeout=10 -rss_limit_mb=1024 \
		-print_final_stats=0 -verbosity=0 -artifact_prefix=$(BUILD)/fuzz/ \
		$(if $(fuzz_words_$(1)),-dict=$(BUILD)/fuzz/$(1).dict,$(wildcard tests/fuzz/$(1).dict:%=-dict=%)) \
		$(BUILD)/fuzz/found-$(1) tests/fuzz/corpus/$(1) $(fuzz_seeds_$(1));

# New inputs are written to the build directory; those in the tree are only read.
fuzz: $(FUZZERS:%=$(BUILD)/fuzz/%) $(foreach f,$(FUZZERS),$(if $(fuzz_words_$(f)),$(BUILD)/fuzz/$(f).dict))
	@set -e; $(foreach f,$(FUZZERS),$(call fuzz_one,$(f)))

test-programs: $(FUZZERS:%=$(BUILD)/fuzz/replay-%)

test-fuzz: $(FUZZERS:%=$(BUILD)/fuzz/replay-%)
	@set -e; $(foreach f,$(FUZZERS),$(BUILD)/fuzz/replay-$(f) $(wildcard tests/fuzz/corpus/$(f)) $(fuzz_seeds_$(f));)

.PHONY: fuzz test-fuzz
