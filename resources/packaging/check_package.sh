#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# check_package.sh PACKAGE.deb: unpacks it into a scratch folder and uses what is in it.
set -euo pipefail

package=$1
id=app.identity_store.IdentityStore
scratch=$(mktemp -d)
trap 'rm -rf -- "$scratch"' EXIT

fail() {
    printf 'check_package: %s\n' "$*" >&2
    exit 1
}

dpkg-deb --extract "$package" "$scratch"
for file in bin/identity-store "share/applications/$id.desktop" "share/metainfo/$id.metainfo.xml" \
    share/icons/hicolor/scalable/apps/identity-store.svg share/doc/identity-store/copyright; do
    [ -f "$scratch/usr/$file" ] || fail "$package lacks usr/$file"
done

depends=$(dpkg-deb --field "$package" Depends)
for needed in libqt6sql6-sqlite libqt6svg6 libqt6core6; do
    grep -q -- "$needed" <<<"$depends" || fail "$package does not depend on $needed: $depends"
done

program=$scratch/usr/bin/identity-store
if ldd "$program" | grep 'not found'; then
    fail "the program's libraries are not all there"
fi
version=$(HOME=$scratch QT_QPA_PLATFORM=offscreen "$program" --version)
packaged=$(dpkg-deb --field "$package" Version)
[[ $version == *"$packaged"* ]] || fail "the program calls itself '$version', the package is $packaged"

printf '%s\n' "$version" "Depends: $depends" >&2
