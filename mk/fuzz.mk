# SPDX-License-Identifier: LGPL-2.1-or-later
# Fuzzers of everything that reads what others wrote: `make fuzz` runs each for FUZZ_SECONDS with clang's libFuzzer and
# the sanitizers; `make test-fuzz` only runs the inputs that are kept in the tree, with any compiler.

FUZZ_SECONDS ?= 30
FUZZ_CC ?= clang
FUZZERS = $(patsubst tests/fuzz/fuzz-%.c,%,$(wildcard tests/fuzz/fuzz-*.c))
FUZZ_SOURCES = $(foreach r,common core/model core/kernel-log core/headset-protocol core/causes core/words core/doctor core/recording,$(wildcard $(r)/*.c))
FUZZ_FLAGS = -std=gnu11 -D_GNU_SOURCE -DVERSION='"$(VERSION)"' -O1 -g -fsanitize=address,undefined \
             -fno-sanitize-recover=all -fno-omit-frame-pointer $(call wall,tests) $(LIBRARY_CFLAGS)

# What all of them are made of is compiled once with each compiler.
FUZZ_CORE = $(FUZZ_SOURCES:%.c=$(BUILD)/fuzz/core/%.o)
REPLAY_CORE = $(FUZZ_SOURCES:%.c=$(BUILD)/fuzz/replay/%.o)

$(BUILD)/fuzz/core/%.o: %.c | needs $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(FUZZ_CC) $(FUZZ_FLAGS) -MMD -MP -fsanitize=fuzzer-no-link -c -o $@ $<

$(BUILD)/fuzz/replay/%.o: %.c | needs $(BUILD)/walls/tests/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(FUZZ_FLAGS) -MMD -MP -c -o $@ $<

$(FUZZERS:%=$(BUILD)/fuzz/%): $(BUILD)/fuzz/%: tests/fuzz/fuzz-%.c $(FUZZ_CORE) | needs $(BUILD)/walls/tests/.made
	$(call say,LD)$(FUZZ_CC) $(FUZZ_FLAGS) -fsanitize=fuzzer -o $@ $< $(FUZZ_CORE) $(SYSTEMD_LIBS) $(JSON_LIBS) -lm

$(FUZZERS:%=$(BUILD)/fuzz/replay-%): $(BUILD)/fuzz/replay-%: tests/fuzz/fuzz-%.c tests/fuzz/replay.c $(REPLAY_CORE) | needs $(BUILD)/walls/tests/.made
	$(call say,LD)$(CC) $(FUZZ_FLAGS) -o $@ $< tests/fuzz/replay.c $(REPLAY_CORE) $(SYSTEMD_LIBS) $(JSON_LIBS) -lm

# New inputs go to the build folder; the kept ones are only read.
fuzz: $(FUZZERS:%=$(BUILD)/fuzz/%)
	@set -e; for f in $(FUZZERS); do \
		mkdir -p $(BUILD)/fuzz/found-$$f; \
		echo "$$f: $(FUZZ_SECONDS) s"; \
		$(BUILD)/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -max_len=4096 -timeout=10 -rss_limit_mb=1024 -print_final_stats=0 -verbosity=0 \
			-artifact_prefix=$(BUILD)/fuzz/ $(wildcard tests/fuzz/$$f.dict:%=-dict=%) $(BUILD)/fuzz/found-$$f tests/fuzz/corpus/$$f; \
	done

test-programs: $(FUZZERS:%=$(BUILD)/fuzz/replay-%)

test-fuzz: $(FUZZERS:%=$(BUILD)/fuzz/replay-%)
	@set -e; for f in $(FUZZERS); do $(BUILD)/fuzz/replay-$$f tests/fuzz/corpus/$$f; done

.PHONY: fuzz test-fuzz
