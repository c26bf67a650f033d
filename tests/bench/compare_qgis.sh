#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Draws the same million buildings with QGIS and with Hanseatlas, in turns on the same machine, and prints how many times
# faster we are. Needs python3-qgis, python3-gdal and the benchmark scripts that lie beside the project.
#
#   compare_qgis.sh [BUILD-FOLDER [WORK-FOLDER]]     default: build/release, a temporary folder
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:-$here/build/release}
work=${2:-$(mktemp -d)}
scripts=${HANSEATLAS_BENCH_SCRIPTS:-$here/../shared/bench}
bench=$build/tests/bench/hanseatlas_bench
for needed in "$bench" "$scripts/make_buildings.py" "$scripts/qgis_bench.py"; do
    [ -e "$needed" ] || { echo "$needed is missing" >&2; exit 1; }
done
mkdir -p "$work"
[ -e "$work/buildings.gpkg" ] || /usr/bin/python3 "$scripts/make_buildings.py" 1000000 "$work/buildings.gpkg"
export QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8
"$bench" --file "$work/buildings.gpkg" --save "$work" > "$work/before.jsonl"
SAVE_DIR=$work /usr/bin/python3 "$scripts/qgis_bench.py" render "$work/buildings.gpkg" 2> /dev/null > "$work/qgis.jsonl"
"$bench" --file "$work/buildings.gpkg" --save "$work" > "$work/after.jsonl"
/usr/bin/python3 - "$work" <<'PYTHON'
import json, sys
work = sys.argv[1]
def read(name):
    return {(r['case'], r.get('width_m')): r for r in map(json.loads, open(f'{work}/{name}.jsonl'))}
before, qgis, after = read('before'), read('qgis'), read('after')
bars = {'city': 30, 'district': 8, 'street': 5}
failed = False
for case in (k for k in qgis if k[0] in bars):
    ours = min(before[case]['seconds'] + after[case]['seconds'])
    theirs = min(qgis[case]['seconds'])
    factor = theirs / ours
    failed |= factor < bars[case[0]]
    print(f'{case[0]:10} QGIS {theirs:8.3f} s   Hanseatlas {ours:8.4f} s   {factor:6.1f} times faster (bar: {bars[case[0]]})')
for key, r in after.items():
    if r['seconds'] and key[0] not in bars:
        print(f"{key[0]:24} {key[1] or '':>6} {sorted(r['seconds'])[len(r['seconds']) // 2]:8.4f} s")
    elif key[0] == 'memory':
        print(f"memory with it: {r['resident_mb']:.0f} MB, at most {r['peak_mb']:.0f} MB")
print('pictures:', work)
sys.exit(failed)
PYTHON
