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
served=
trap '[ -z "$served" ] || kill "$served" 2>/dev/null || true; rm -rf "$HANSEATLAS_HOME"' EXIT
# A catalogue that names no services: the pictures are the same with and without a network.
export XDG_CONFIG_DIRS=$HANSEATLAS_HOME/system
mkdir -p "$XDG_CONFIG_DIRS/hanseatlas"
echo '{"format": "hanseatlas-catalogue", "version": 1, "title": "Demostadt"}' > "$XDG_CONFIG_DIRS/hanseatlas/catalogue.json"
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
for panel in layers catalogue object open export geopackage image properties commands shortcuts about map offline signins; do
    shot "panel-$panel" --size 1440x900 --theme social $town --scale 15000 --panel "$panel"
    shot "panel-$panel-dark" --size 1440x900 --theme social $town --scale 15000 --panel "$panel" --appearance dark
done
# Services: the demo city served on this machine, and a service that never answers
if [ -x /usr/lib/cgi-bin/mapserv ] && [ -x /usr/sbin/lighttpd ]; then
    "$root/packaging/demoservices.py" "$HANSEATLAS_HOME/data/demo" "$XDG_CONFIG_DIRS" > "$HANSEATLAS_HOME/served" &
    served=$!
    for _ in $(seq 50); do [ "$(wc -l < "$HANSEATLAS_HOME/served")" -ge 2 ] && break; sleep 0.1; done
    for appearance in light dark; do
        shot "services-$appearance" --size 1440x900 $town --scale 15000 --panel layers --appearance $appearance \
            "$XDG_CONFIG_DIRS/hanseatlas/services.hatlas"
    done
    for appearance in light dark; do
        shot "time-$appearance" --size 1440x900 $town --scale 60000 --panel layers --appearance $appearance \
            "$XDG_CONFIG_DIRS/hanseatlas/weather.hatlas"
    done
    shot requests --size 1440x900 $town --scale 15000 --panel requests "$XDG_CONFIG_DIRS/hanseatlas/services.hatlas"
    shot services-broken --size 1440x900 $town --scale 15000 --panel layers "$XDG_CONFIG_DIRS/hanseatlas/broken.hatlas"
    shot catalogue-service --size 1440x900 --theme social $town --scale 15000 --panel catalogue:soziale
    shot catalogue-service-dark --size 1440x900 --theme social $town --scale 15000 --panel catalogue:soziale --appearance dark
else
    echo "Pictures of services are left out: MapServer or lighttpd is missing (packages cgi-mapserver, lighttpd)." >&2
fi
for view in 0 1 2 3 4 5; do # table, board, to-do list, connections, timeline, changes
    shot "measures-$view" --size 1440x900 --panel "measures:$view"
    shot "measures-$view-dark" --size 1440x900 --panel "measures:$view" --appearance dark
done
for view in 0 1 2 3; do # the index: overview, climate, measures, data; the values are made up
    shot "dashboard-$view" --size 1600x1000 --theme heat --panel "dashboard:demo:$view"
    shot "dashboard-$view-dark" --size 1600x1000 --theme heat --panel "dashboard:demo:$view" --appearance dark
done
shot dashboard-indicator --size 1600x1000 --theme heat --panel dashboard:demo:0:heat.exposed
shot dashboard-empty --size 1600x1000 --theme heat --panel dashboard:0
shot small --size 900x600 --theme graves --panel object

export QT_SCALE_FACTOR=2
shot theme-heat-200 --size 1440x900 --theme heat
shot measures-0-200 --size 1440x900 --panel measures:0
shot dashboard-0-200 --size 1440x900 --theme heat --panel dashboard:demo:0
shot panel-object-dark-200 --size 1440x900 --theme bplans --panel object --appearance dark
