#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Pictures of the real window, all themes, panels and dialogs, light and dark, at 100 and 200 %, into out/screenshots.
# They are made on the demo city in a home of their own, so the user's settings play no part.
# usage: packaging/screenshots.sh [program] [folder]
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${1:-$root/build/release/app/hanseatlas}
out=${2:-$root/out/screenshots}
language=${HANSEATLAS_SCREENSHOT_LANGUAGE:-de}

[ -x "$program" ] || { echo "There is no program at $program: build the release preset first." >&2; exit 1; }
if ! command -v xvfb-run >/dev/null; then
    echo "xvfb-run is missing (package xvfb)." >&2
    exit 1
fi
export HANSEATLAS_HOME
HANSEATLAS_HOME=$(mktemp -d)
trap 'rm -rf "$HANSEATLAS_HOME"' EXIT
mkdir -p "$out"

# shot NAME [options…]: one picture; the scale comes from the caller's QT_SCALE_FACTOR
shot() {
    local name=$1
    shift
    rm -rf "$HANSEATLAS_HOME/data/recovery" "$HANSEATLAS_HOME/data/last-session.hatlas"
    xvfb-run -a -s "-screen 0 3200x2000x24" "$program" --language "$language" --screenshot "$out/$name.png" "$@"
    echo "$out/$name.png"
}

export QT_SCALE_FACTOR=1
town="--centre 611600,5969900"
for theme in heat noise heavyrain graves bplans social; do
    shot "theme-$theme" --size 1440x900 --theme "$theme"
    shot "near-$theme" --size 1440x900 --theme "$theme" $town --scale 20000
done
shot near-graves --size 1440x900 --theme graves --centre 609024,5972216 --scale 1500 --panel layers
shot near-bplans --size 1440x900 --theme bplans --centre 613700,5969900 --scale 4000 --panel object
shot theme-noise-dark --size 1440x900 --theme noise $town --scale 20000 --appearance dark
for panel in layers object open export geopackage image properties commands shortcuts about map; do
    shot "panel-$panel" --size 1440x900 --theme social $town --scale 15000 --panel "$panel"
    shot "panel-$panel-dark" --size 1440x900 --theme social $town --scale 15000 --panel "$panel" --appearance dark
done
shot small --size 900x600 --theme graves --panel object

export QT_SCALE_FACTOR=2
shot theme-heat-200 --size 1440x900 --theme heat
shot panel-object-dark-200 --size 1440x900 --theme bplans --panel object --appearance dark
