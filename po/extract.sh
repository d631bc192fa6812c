#!/bin/bash
# usage: extract.sh FILE
# Writes the strings that are to be translated, with the comments for translators, into FILE.
set -euo pipefail
out=$(realpath -m "${1:?a file to write}")
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# The keywords are GLib's, as meson's «glib» preset has them.
xgettext --files-from=po/POTFILES.in --from-code=UTF-8 --output="$out" --no-wrap --add-comments=Translators \
  --package-name=bellman --keyword=_ --keyword=N_ --keyword=C_:1c,2 --keyword=NC_:1c,2 \
  --keyword=g_dcgettext:2 --keyword=g_dngettext:2,3 --keyword=g_dpgettext2:2c,3 \
  --flag=N_:1:pass-c-format --flag=C_:2:pass-c-format --flag=NC_:2:pass-c-format --flag=g_dngettext:2:pass-c-format \
  --flag=g_strdup_printf:1:c-format --flag=g_string_printf:2:c-format --flag=g_string_append_printf:2:c-format \
  --flag=g_error_new:3:c-format --flag=g_set_error:4:c-format --flag=g_markup_printf_escaped:1:c-format
