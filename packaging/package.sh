#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds the release and packs it as a .deb into build/release/packages.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

ensure_packages
configure_and_build release hanseatlas
cd "$root/build/release"
cpack -G DEB
ls -l packages/*.deb
