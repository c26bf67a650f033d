#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Packs the build tree given and looks into the .deb: metadata, files, desktop entry, metainfo, and whether the unpacked
# program starts. check_package.sh BUILD_DIR
set -euo pipefail

build=$(cd "$1" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() { echo "FAILED: $*" >&2; exit 1; }

(cd "$build" && cpack -G DEB -B "$work" >"$work/cpack.log" 2>&1) || { cat "$work/cpack.log"; fail "cpack"; }
deb=$(ls "$work"/*.deb)
dpkg-deb --info "$deb" >"$work/info"
dpkg-deb --contents "$deb" >"$work/contents"
for field in 'Package: hanseatlas' 'Depends: .*libgdal' 'Depends: .*libqt6widgets6' 'Depends: .*proj-data'; do
    grep -q "$field" "$work/info" || { cat "$work/info"; fail "no “$field” in the package's control file"; }
done
id=de.luebeck.hanseatlas
for path in bin/hanseatlas share/applications/$id.desktop share/mime/packages/$id.xml share/metainfo/$id.metainfo.xml \
    share/icons/hicolor/scalable/apps/$id.svg share/doc/hanseatlas/copyright; do
    grep -q " ./usr/$path\$" "$work/contents" || { cat "$work/contents"; fail "no $path in the package"; }
done
dpkg-deb --extract "$deb" "$work/root"
share=$work/root/usr/share
desktop-file-validate "$share/applications/$id.desktop"
appstreamcli validate --no-net "$share/metainfo/$id.metainfo.xml" || fail "metainfo"
xmllint --noout "$share/mime/packages/$id.xml" "$share/icons/hicolor/scalable/apps/$id.svg"
"$work/root/usr/bin/hanseatlas" --version | grep -q '^hanseatlas [0-9]' || fail "the unpacked program does not tell its version"
echo "The package is sound: $(basename "$deb"), $(du -h "$deb" | cut -f1)"
