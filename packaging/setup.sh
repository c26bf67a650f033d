# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh: sees that what packages.txt names is installed. Does nothing, quickly, where it is.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

say() { printf '\033[1m[hanseatlas]\033[0m %s\n' "$*" >&2; }

wanted_packages() { sed -e '/^#/d' -e '/^[[:space:]]*$/d' "$root/packaging/packages.txt"; }

# Packages that are missing or too old, one a line.
missing_packages() {
    local installed name version
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package} ${Version}\n' | awk '$1 == "installed" { print $2, $3 }')
    while read -r name version _; do
        local have
        have=$(awk -v n="$name" '$1 == n { print $2; exit }' <<<"$installed")
        if [ -z "$have" ]; then
            echo "$name"
        elif [ "$version" != - ]; then
            dpkg --compare-versions "${have#*:}" ge "$version" || echo "$name"
        fi
    done < <(wanted_packages)
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo "$@"
    else
        say "Packages must be installed, and this user may not. Please run as root:"
        printf '  %q' "$@" >&2
        printf '\n' >&2
        exit 1
    fi
}

# Debian 12's Qt is too old: take the named packages, and only those, from Debian 13.
add_trixie() {
    [ -e /etc/apt/sources.list.d/hanseatlas-trixie.sources ] && return
    grep -rqs '^Suites:.*\btrixie\b\|^deb .*\btrixie\b' /etc/apt/sources.list /etc/apt/sources.list.d && return
    as_root tee /etc/apt/sources.list.d/hanseatlas-trixie.sources >/dev/null <<'SOURCES'
Types: deb
URIs: http://deb.debian.org/debian
Suites: trixie
Components: main
Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg
SOURCES
    as_root tee /etc/apt/preferences.d/hanseatlas-trixie >/dev/null <<'PIN'
Package: *
Pin: release n=trixie
Pin-Priority: 100
PIN
}

cannot_install() {
    say "This system is not known to the script ($1). Hanseatlas needs g++ >= 14, CMake >= 3.25, Qt >= 6.8, GDAL >= 3.10,"
    say "PROJ >= 9, GEOS >= 3.11 and the like. By the names of Debian 13:"
    wanted_packages | awk '{ printf "  %-28s %s\n", $1, $2 == "-" ? "" : ">= " $2 }' >&2
    say "Install them, then call the script again with HANSEATLAS_SKIP_SETUP=1."
    exit 1
}

ensure_packages() {
    [ -n "${HANSEATLAS_SKIP_SETUP:-}" ] && return
    local id='' version='' missing target=()
    if [ -r /etc/os-release ]; then
        id=$(. /etc/os-release && echo "${ID:-}")
        version=$(. /etc/os-release && echo "${VERSION_ID:-}")
    fi
    command -v apt-get >/dev/null && command -v dpkg-query >/dev/null || cannot_install "${id:-unknown} $version"
    mapfile -t missing < <(missing_packages)
    [ ${#missing[@]} = 0 ] && return
    case "$id-$version" in
    debian-12)
        say "Debian 12's Qt is too old; the packages come from Debian 13 (pinned low, nothing else is upgraded)."
        add_trixie
        target=(-t trixie)
        ;;
    debian-1[3-9] | debian- | debian-2*) ;;
    ubuntu-25.04 | ubuntu-25.10 | ubuntu-2[6-9].*) ;;
    *) cannot_install "$id $version" ;;
    esac
    say "Installing: ${missing[*]}"
    as_root apt-get update -q -o Acquire::Retries=3
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q -o Acquire::Retries=3 --no-install-recommends \
        "${target[@]}" "${missing[@]}"
}

# A German locale, so that parsers meet a decimal comma.
ensure_german_locale() {
    locale -a 2>/dev/null | grep -qi '^de_DE\.utf-\?8$' && return
    say "Making the locale de_DE.UTF-8"
    as_root localedef -i de_DE -f UTF-8 de_DE.UTF-8
}

configure_and_build() { # preset [target …]
    local preset=$1
    shift
    cd "$root"
    [ -e "build/$preset/build.ninja" ] || cmake --preset "$preset"
    cmake --build --preset "$preset" ${*:+--target "$@"}
}
