#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds the program and starts it on the embedded demo city. Arguments go to the program.
# Without a display: renders the six theme maps and exports a PDF and a GeoPackage into out/.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

ensure_packages
configure_and_build release hanseatlas
program=$root/build/release/app/hanseatlas
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ $# -gt 0 ]; then
    exec "$program" "$@"
fi
say "There is no display here: rendering the theme maps and the exports into out/ instead."
mkdir -p "$root/out"
exec "$program" tour "$root/out"
