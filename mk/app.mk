# SPDX-License-Identifier: LGPL-2.1-or-later
# The window (app/). It is built where GTK 4 and libadwaita are installed; `make app` says what is missing.

DEPS_APP = libgtk-4-dev libadwaita-1-dev libglib2.0-dev-bin
APP_PACKAGES = gtk4 libadwaita-1
APP_MISSING := $(strip $(foreach p,$(APP_PACKAGES),$(if $(shell $(PKG_CONFIG) --exists $(p) 2>/dev/null || echo no),$(p))))
APP = $(BUILD)/sonycharge-app
APP_RESOURCES = $(BUILD)/app/resources
APP_FILES = app/style.css $(wildcard app/icons/hicolor/*/*/*.svg)

# Only what Debian 12 has is used, and what later versions call deprecated is not complained of.
APP_CFLAGS := $(call pkg,--cflags $(APP_PACKAGES)) -DGDK_VERSION_MIN_REQUIRED=GDK_VERSION_4_8 -DADW_VERSION_MIN_REQUIRED=ADW_VERSION_1_2 \
              -DGLIB_VERSION_MIN_REQUIRED=GLIB_VERSION_2_74
APP_LIBS := $(call pkg,--libs $(APP_PACKAGES))

ifeq ($(APP_MISSING),)
all: $(APP)
app: $(APP)
else
app:
	@echo 'Not installed: $(APP_MISSING) (Debian: $(DEPS_APP)). "make app-deps" installs what the window needs.' >&2; exit 1
endif

app-deps: DEPS_SYSTEM += $(DEPS_APP)
app-deps: deps

$(eval $(call wall_rule,app,app $(may_app)))
$(BUILD)/app/%.o: app/%.c | needs $(BUILD)/walls/app/.made
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(ALL_CFLAGS) $(call wall,app) $(patsubst -I%,-isystem %,$(APP_CFLAGS)) $(JSON_CFLAGS) -c -o $@ $<

# One file with the style and the icons, so that the window looks the same whatever theme is installed.
$(APP_RESOURCES).xml: $(APP_FILES) mk/app.mk
	@mkdir -p $(@D)
	@{ echo '<gresources><gresource prefix="/org/sonycharge/App">'; \
		echo '<file>style.css</file>'; \
		for f in $(patsubst app/icons/hicolor/%,%,$(wildcard app/icons/hicolor/*/*/*.svg)); do \
			echo "<file alias=\"icons/$$f\">icons/hicolor/$$f</file>"; done; \
		echo '</gresource></gresources>'; } >$@
$(APP_RESOURCES).c: $(APP_RESOURCES).xml
	@glib-compile-resources --sourcedir=app --generate-source --target=$@ $<
$(APP_RESOURCES).o: $(APP_RESOURCES).c
	@$(CC) $(filter-out -Wconversion -Wmissing-prototypes -Wundef,$(ALL_CFLAGS)) $(patsubst -I%,-isystem %,$(APP_CFLAGS)) -c -o $@ $<

$(APP): $(call objects,app) $(APP_RESOURCES).o $(CORE)
	$(call say,LD)$(CC) $(ALL_CFLAGS) $(LDHARDEN) $(LDFLAGS) -o $@ $^ $(APP_LIBS) $(SYSTEMD_LIBS) $(JSON_LIBS) -lm

# --- installation ---

APP_DATA = app/org.sonycharge.App
APP_ICONS = $(wildcard app/icons/hicolor/*/apps/org.sonycharge.App*.svg)
installed_app = $(bindir)/sonycharge-app $(datadir)/applications/org.sonycharge.App.desktop $(metainfodir)/org.sonycharge.App.metainfo.xml \
                $(datadir)/dbus-1/services/org.sonycharge.App.service $(patsubst app/%,$(datadir)/%,$(APP_ICONS)) $(mandir)/man1/sonycharge-app.1

# A package of its own in Debian; `make install` brings it where it was built.
install-app: $(APP) translations
	install -D -m 0755 $(APP) $(D)$(bindir)/sonycharge-app
	$(call install_named,$(call translated,$(APP_DATA).desktop),$(datadir)/applications/org.sonycharge.App.desktop)
	$(call install_named,$(APP_DATA).service,$(datadir)/dbus-1/services/org.sonycharge.App.service)
	install -D -m 0644 $(call translated,$(APP_DATA).metainfo.xml) $(D)$(metainfodir)/org.sonycharge.App.metainfo.xml
	install -D -m 0644 man/sonycharge-app.1 $(D)$(mandir)/man1/sonycharge-app.1
	$(foreach i,$(APP_ICONS),install -D -m 0644 $(i) $(D)$(patsubst app/%,$(datadir)/%,$(i));)

run-app: app-deps
	@$(MAKE) --no-print-directory -j$$(nproc) all app
	@APP=1 tools/run $(BUILD)

.PHONY: app app-deps run-app install-app

# The window on a virtual screen, found by AT-SPI as a screen reader finds it.
DEPS_TEST_APP = xvfb xdotool at-spi2-core gir1.2-atspi-2.0 python3-gi adwaita-icon-theme librsvg2-common fonts-dejavu-core dbus-daemon umockdev gir1.2-umockdev-1.0

test-app-deps: DEPS_SYSTEM += $(DEPS_APP) $(DEPS_TEST_APP)
test-app-deps: deps

test-app: test-app-deps
	@$(MAKE) --no-print-directory test-app-all

# The stacks of libraries without frame pointers have to be unwound slowly, or the suppressions find no module. That costs most of
# the time of the run; eight frames are enough to see who has allocated.
APP_LEAKS = $(BUILD)/tests/app/leaks
ifeq ($(SANITIZE),1)
APP_ENV = LSAN_OPTIONS=suppressions=$(abspath $(APP_LEAKS)):print_suppressions=0:fast_unwind_on_malloc=0:malloc_context_size=8 SLOW=4
endif

$(APP_LEAKS): tests/system/leaks tests/app/leaks
	@mkdir -p $(@D)
	@cat $^ >$@

test-app-all: all app catalogs test-programs $(APP_LEAKS)
	BUILD=$(abspath $(BUILD)) $(SYSTEM_ENV) $(APP_ENV) $(SYSTEM_PYTHON) -B tests/app/test-window $(APP_TESTS)

# The same tests with sanitizers, in a build folder of their own; a quarter of an hour.
test-app-sanitized:
	@$(MAKE) --no-print-directory BUILD=build-sanitize SANITIZE=1 CFLAGS='-O1 -g' test-app

.PHONY: test-app-deps test-app test-app-all test-app-sanitized

# A notification in GNOME Shell is clicked. The shell needs no screen, but a hundred megabytes of packages.
DEPS_TEST_GNOME = gnome-shell gjs adwaita-icon-theme fonts-dejavu-core dbus-daemon dbus-bin python3-dbus python3-dbusmock python3-gi

test-gnome-deps: DEPS_SYSTEM += $(DEPS_APP) $(DEPS_TEST_GNOME)
test-gnome-deps: deps

test-gnome: test-gnome-deps
	@$(MAKE) --no-print-directory test-gnome-all

test-gnome-all: all app
	BUILD=$(abspath $(BUILD)) $(SYSTEM_PYTHON) -B tests/app/test-gnome-shell

.PHONY: test-gnome-deps test-gnome test-gnome-all
