# SPDX-License-Identifier: LGPL-2.1-or-later
# The Debian package. `make deb` builds from a copy of the tree, installs nothing and lists missing build dependencies;
# `make deb-deps` installs them. DEB_VERSION= sets another version, DEB_ARGS= is passed to dpkg-buildpackage.

DEPS_DEB = build-essential debhelper dpkg-dev
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

deb-deps: DEPS_SYSTEM += $(DEPS_DEB) $(DEPS_TEST_DEB)
deb-deps: deps

# Builds the package twice, runs lintian and checks the contents.
test-deb:
	tests/package/test-deb

.PHONY: deb deb-deps test-deb
