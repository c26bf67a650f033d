#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Installs what is missing, builds with sanitizers and warnings as errors, and runs all tests. Arguments go to ctest.
set -euo pipefail
. "$(dirname "${BASH_SOURCE[0]}")/setup.sh"

ensure_packages
ensure_german_locale
configure_and_build ci
configure_and_build ci all_verify_interface_header_sets
ctest --preset ci -j "$(nproc)" "$@"
