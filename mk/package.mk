# SPDX-License-Identifier: LGPL-2.1-or-later
# Installation and the Debian package.

# Files that the system reads from fixed directories only are installed there, whatever the PREFIX.

bindir = $(PREFIX)/bin
libexecdir = $(PREFIX)/libexec
datadir = $(PREFIX)/share
mandir = $(datadir)/man
schemadir = $(datadir)/sonycharge/schema
fleetdir = $(datadir)/sonycharge/fleet
unitdir = $(PREFIX)/lib/systemd/system
userunitdir = $(PREFIX)/lib/systemd/user
sysusersdir = $(PREFIX)/lib/sysusers.d
catalogdir = $(PREFIX)/lib/systemd/catalog
dbusservicedir = $(datadir)/dbus-1/system-services
polkitdir = /usr/share/polkit-1/actions
metainfodir = $(datadir)/metainfo
localedir = $(datadir)/locale
confdir = /etc/sonycharge
statedir = /var/lib/sonycharge
ifeq ($(PREFIX),/usr)
hwdbdir = /usr/lib/udev/hwdb.d
rulesdir = /usr/lib/udev/rules.d
dbuspolicydir = /usr/share/dbus-1/system.d
else
hwdbdir = /etc/udev/hwdb.d
rulesdir = /etc/udev/rules.d
dbuspolicydir = /etc/dbus-1/system.d
endif

# Made by other parts of the build; installed if they exist.
MANPAGES = $(filter-out man/sonycharge-app.1,$(wildcard man/*.1 man/*.5 man/*.7 man/*.8))
USERUNITS = $(wildcard systemd/*.user.service systemd/user/*.service)
AUTOSTART = $(wildcard systemd/*.desktop)
RULES = $(wildcard udev-rules/*.rules)
METAINFO = $(wildcard systemd/*.metainfo.xml)
FLEET = $(wildcard contrib/fleet/*.yml contrib/fleet/*.json)
SCHEMAS = $(wildcard schema/*.schema.json)

D = $(DESTDIR)

# Directory and name of every installed file, for uninstall. The configuration is handled separately.
installed = $(bindir)/sonychargectl $(libexecdir)/sonycharged $(unitdir)/sonycharged.service \
            $(unitdir)/sonycharge-metrics.service $(unitdir)/sonycharge-metrics.timer \
            $(addprefix $(fleetdir)/,$(notdir $(FLEET))) \
            $(dbusservicedir)/org.sonycharge1.service $(dbuspolicydir)/org.sonycharge1.conf $(polkitdir)/org.sonycharge1.policy \
            $(sysusersdir)/sonycharge.conf $(catalogdir)/sonycharge.catalog $(hwdbdir)/70-sonycharge.hwdb \
            $(foreach l,$(LANGUAGES),$(catalogdir)/$(notdir $(call translated_catalog,$(l)))) \
            $(foreach m,$(MANPAGES),$(mandir)/man$(subst .,,$(suffix $(m)))/$(notdir $(m))) \
            $(foreach u,$(USERUNITS),$(userunitdir)/$(subst .user.service,.service,$(notdir $(u)))) \
            $(foreach a,$(AUTOSTART),/etc/xdg/autostart/$(notdir $(a)) $(datadir)/applications/$(notdir $(a))) \
            $(addprefix $(rulesdir)/,$(notdir $(RULES))) $(addprefix $(metainfodir)/,$(notdir $(METAINFO))) \
            $(addprefix $(schemadir)/,$(notdir $(SCHEMAS))) \
            $(foreach l,$(LANGUAGES),$(localedir)/$(l)/LC_MESSAGES/sonycharge.mo) \
            $(datadir)/bash-completion/completions/sonychargectl $(datadir)/zsh/site-functions/_sonychargectl \
            $(datadir)/fish/vendor_completions.d/sonychargectl.fish

# Lists the directories that the installation created, so that uninstall removes only these. In a package dpkg does that.
folder_list = $(datadir)/sonycharge/folders
folders = $(sort $(patsubst %/,%,$(dir $(installed) $(if $(APP_MISSING),,$(installed_app)) $(confdir)/ $(folder_list))))

# Directories of libraries, if possible without those of programs, because the service may execute nothing else.
multiarch := $(shell $(CC) -print-multiarch 2>/dev/null)
libdirs = $(if $(multiarch),-/usr/lib/$(multiarch) -/lib/$(multiarch),-/usr/lib -/lib) -/usr/lib64 -/lib64 -/usr/local/lib

$(BUILD)/sonycharged.service: systemd/sonycharged.service.in Makefile mk/package.mk
	@mkdir -p $(@D)
	sed 's|@LIBEXECDIR@|$(libexecdir)|g; s|@LIBDIRS@|$(libdirs)|g' $< >$@.new && mv $@.new $@

# The service file and a hint of the client contain the PREFIX, so they are rebuilt when it changes. Only the objects listed
# here depend on it.
$(BUILD)/prefix: force
	@mkdir -p $(@D); echo '$(PREFIX)' | cmp -s - $@ || echo '$(PREFIX)' >$@
$(BUILD)/sonycharged.service $(BUILD)/client/connection.o $(BUILD)/common/language.o: $(BUILD)/prefix
$(BUILD)/client/connection.o: ALL_CFLAGS += -DPREFIX='"$(PREFIX)"'
$(BUILD)/common/language.o: ALL_CFLAGS += -DLOCALEDIR='"$(localedir)"'
force:

# Files that contain the path of the client. Desktops identify the sender of a notification by its desktop entry.
install_named = sed 's|@BINDIR@|$(bindir)|g' $(1) | install -D -m 0644 /dev/stdin $(D)$(2);

install: $(DAEMON) $(CLIENT) $(BUILD)/sonycharged.service install-files $(if $(APP_MISSING),,install-app) install-live

install-files: $(DAEMON) $(CLIENT) $(BUILD)/sonycharged.service catalogs translations
ifneq ($(PREFIX),/usr)
	@made=$$(for d in $(folders); do while [ -n "$$d" ] && [ ! -d "$(D)$$d" ]; do echo "$$d"; d=$${d%/*}; done; done | sort -u); \
	if [ -n "$$made" ]; then mkdir -p $(D)$(dir $(folder_list)) && echo "$$made" >>$(D)$(folder_list); fi
endif
	install -D -m 0755 $(DAEMON) $(D)$(libexecdir)/sonycharged
	install -D -m 0755 $(CLIENT) $(D)$(bindir)/sonychargectl
	install -D -m 0644 $(BUILD)/sonycharged.service $(D)$(unitdir)/sonycharged.service
	$(call install_named,systemd/sonycharge-metrics.service.in,$(unitdir)/sonycharge-metrics.service)
	install -D -m 0644 systemd/sonycharge-metrics.timer $(D)$(unitdir)/sonycharge-metrics.timer
	$(foreach f,$(FLEET),install -D -m 0644 $(f) $(D)$(fleetdir)/$(notdir $(f));)
	install -D -m 0644 systemd/org.sonycharge1.service $(D)$(dbusservicedir)/org.sonycharge1.service
	install -D -m 0644 systemd/org.sonycharge1.conf $(D)$(dbuspolicydir)/org.sonycharge1.conf
	install -D -m 0644 $(call translated,systemd/org.sonycharge1.policy) $(D)$(polkitdir)/org.sonycharge1.policy
	install -D -m 0644 systemd/sonycharge.sysusers.conf $(D)$(sysusersdir)/sonycharge.conf
	install -D -m 0644 systemd/sonycharge.catalog $(D)$(catalogdir)/sonycharge.catalog
	$(foreach l,$(LANGUAGES),install -D -m 0644 -t $(D)$(catalogdir) $(call translated_catalog,$(l));)
	install -D -m 0644 udev-rules/70-sonycharge.hwdb $(D)$(hwdbdir)/70-sonycharge.hwdb
	[ -e $(D)$(confdir)/sonycharged.conf ] || install -D -m 0644 systemd/sonycharged.conf $(D)$(confdir)/sonycharged.conf
	$(foreach m,$(MANPAGES),install -D -m 0644 $(m) $(D)$(mandir)/man$(subst .,,$(suffix $(m)))/$(notdir $(m));)
	$(foreach u,$(USERUNITS),$(call install_named,$(u),$(userunitdir)/$(subst .user.service,.service,$(notdir $(u)))))
	$(foreach a,$(AUTOSTART),$(call install_named,$(call translated,$(a)),/etc/xdg/autostart/$(notdir $(a))) \
		$(call install_named,$(call translated,$(a)),$(datadir)/applications/$(notdir $(a))))
	$(foreach r,$(RULES),install -D -m 0644 $(r) $(D)$(rulesdir)/$(notdir $(r));)
	$(foreach m,$(METAINFO),install -D -m 0644 $(call translated,$(m)) $(D)$(metainfodir)/$(notdir $(m));)
	$(foreach s,$(SCHEMAS),install -D -m 0644 $(s) $(D)$(schemadir)/$(notdir $(s));)
	$(foreach l,$(LANGUAGES),install -D -m 0644 $(call catalog,$(l)) $(D)$(localedir)/$(l)/LC_MESSAGES/sonycharge.mo;)
	[ ! -e completions/bash/sonychargectl ] || install -D -m 0644 completions/bash/sonychargectl $(D)$(datadir)/bash-completion/completions/sonychargectl
	[ ! -e completions/zsh/_sonychargectl ] || install -D -m 0644 completions/zsh/_sonychargectl $(D)$(datadir)/zsh/site-functions/_sonychargectl
	[ ! -e completions/fish/sonychargectl.fish ] || \
		install -D -m 0644 completions/fish/sonychargectl.fish $(D)$(datadir)/fish/vendor_completions.d/sonychargectl.fish

# The hwdb is compiled in the place that the system uses; one in /etc would permanently override the other.
hwdb_update = systemd-hwdb $$([ -e /etc/udev/hwdb.bin ] || echo --usr) update

# Desktops find the program of a link, such as those of a report, only in a cache. It is removed with the last desktop entry.
desktop_update = if ls $(datadir)/applications/*.desktop >/dev/null 2>&1; then \
		command -v update-desktop-database >/dev/null && update-desktop-database -q $(datadir)/applications || true; \
	else rm -f $(datadir)/applications/mimeinfo.cache; fi

# Makes the running system load the installed files; not for a package and not for other users. Services that are not
# running need no notice.
install-live: install-files $(if $(APP_MISSING),,install-app)
ifeq ($(DESTDIR),)
	@$(desktop_update)
	@[ "$$(id -u)" = 0 ] || exit 0; set +e; \
	systemd-sysusers $(sysusersdir)/sonycharge.conf; \
	$(hwdb_update); \
	journalctl --update-catalog; \
	[ ! -e /run/udev/control ] || { udevadm control --reload; udevadm trigger --subsystem-match=hidraw --action=change; }; \
	if [ -d /run/systemd/system ]; then \
		systemctl daemon-reload; \
		systemctl reload dbus.service dbus-broker.service 2>/dev/null; \
		[ -z '$(USERUNITS)' ] || systemctl --global enable sonycharge-notify.service; \
	fi; true
endif

# The system user is kept, because files with its id may remain. Changed or created files are kept unless PURGE=1 is given.
uninstall:
ifeq ($(DESTDIR),)
	@if [ "$$(id -u)" = 0 ] && command -v systemctl >/dev/null; then \
		now=; [ ! -d /run/systemd/system ] || now=--now; \
		systemctl disable $$now sonycharged.service sonycharge-metrics.timer 2>/dev/null; \
		systemctl --global disable sonycharge-notify.service 2>/dev/null; true; \
	fi
endif
	@made=$$(cat $(D)$(folder_list) 2>/dev/null | sort -ru); \
	rm -f $(addprefix $(D),$(installed) $(installed_app) $(folder_list)); \
	$(if $(DESTDIR),,$(desktop_update);) \
	if [ -n '$(PURGE)' ]; then rm -rf $(D)$(confdir) $(D)$(statedir); \
	elif cmp -s systemd/sonycharged.conf $(D)$(confdir)/sonycharged.conf; then rm -f $(D)$(confdir)/sonycharged.conf; fi; \
	for d in $(schemadir) $(fleetdir) $(datadir)/sonycharge $(confdir) $$made; do [ ! -d "$(D)$$d" ] || rmdir "$(D)$$d" 2>/dev/null || true; done
	@for d in $(D)$(confdir) $(D)$(statedir); do [ ! -e $$d ] || echo "Kept: $$d (make uninstall PURGE=1 removes it)"; done
ifeq ($(DESTDIR),)
	@! getent passwd sonycharge >/dev/null || \
		echo 'Kept: the system user and group "sonycharge"; "userdel sonycharge" removes them if no file of theirs is left.'
	@[ "$$(id -u)" = 0 ] || exit 0; set +e; \
	$(hwdb_update); journalctl --update-catalog; \
	[ ! -e /run/udev/control ] || udevadm control --reload; \
	rm -rf /run/sonycharge; \
	if [ -d /run/systemd/system ]; then systemctl daemon-reload; systemctl reload dbus.service dbus-broker.service 2>/dev/null; fi; true
endif

# The Debian package. `make deb` builds from a copy of the tree, installs nothing and lists missing build dependencies;
# `make deb-deps` installs them. DEB_VERSION= sets another version, DEB_ARGS= is passed to dpkg-buildpackage.

DEPS_DEB = build-essential debhelper dpkg-dev $(DEPS_APP)
DEPS_TEST_DEB = lintian

DEB_OUT = $(BUILD)/deb
DEB_TREE = $(DEB_OUT)/tree
DEB_VERSION ?=
DEB_ARGS ?=
DEB_BUILD_OPTIONS ?= parallel=$(shell nproc)

# The files that git tracks, in their current state; without git all files that are not build results.
deb_files = if git rev-parse --git-dir >/dev/null 2>&1; then git ls-files -z --cached --others --exclude-standard; \
            else find . \( -path './build*' -o -path ./.git \) -prune -o -type f -print0; fi

deb:
	@command -v dh >/dev/null || { echo 'debhelper is not installed. "make deb-deps" installs what a package build needs.' >&2; exit 1; }
	@rm -rf $(DEB_TREE) && mkdir -p $(DEB_TREE)
	@$(deb_files) | xargs -0 sh -c 'for f; do [ ! -e "$$f" ] || printf "%s\0" "$$f"; done' sh | tar --null -T - -c | tar -C $(DEB_TREE) -x
	@[ -z '$(DEB_VERSION)' ] || sed -i '1s/(.*)/($(DEB_VERSION))/' $(DEB_TREE)/debian/changelog
	@# What this make was told is not for that build.
	cd $(DEB_TREE) && env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS -u BUILD -u DESTDIR -u PREFIX -u CFLAGS -u SANITIZE -u WERROR \
		DEB_BUILD_OPTIONS='$(DEB_BUILD_OPTIONS)' dpkg-buildpackage -b -us -uc $(DEB_ARGS) $(if $(V),,>../build.log 2>&1 || { tail -30 ../build.log; exit 1; })
	@rm -rf $(DEB_TREE)
	@ls $(DEB_OUT)/*.deb

deb-deps: DEPS_SYSTEM += $(DEPS_DEB) $(DEPS_TEST_DEB) $(DEPS_APP)
deb-deps: deps

# Builds the package twice, runs lintian and checks the contents.
test-deb:
	tests/package/test-deb

.PHONY: install install-files install-live uninstall force deb deb-deps test-deb
