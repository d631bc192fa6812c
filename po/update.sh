#!/bin/bash
# usage: update.sh
# After strings have changed: lists the files with strings in POTFILES.in and brings every language
# up to date. What is new is empty then, what changed a little is marked fuzzy; both want a
# translator (the words to use are in GLOSSARY.md), and check-languages.py fails until it is done.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

{
  sed -n '/^#/p' po/POTFILES.in
  grep -rlE '\b(N|C|NC)?_ ?\("|ngettext ?\(|translatable="yes"' app data --include='*.c' --include='*.ui' \
    --include='*.desktop.in' --include='*.metainfo.xml.in' | LC_ALL=C sort
} > po/POTFILES.new
mv po/POTFILES.new po/POTFILES.in

template=$(mktemp --suffix=.pot)
trap 'rm -f "$template"' EXIT
po/extract.sh "$template"
while read -r language; do
  msgmerge --quiet --backup=none --no-wrap --update "po/$language.po" "$template"
done < <(grep -v '^#' po/LINGUAS)
