#!/bin/bash
# usage: check-potfiles.sh SOURCE
# Every file with strings to translate is named in POTFILES.in, and nothing else is.
cd "$1" || exit 1
diff <(grep -vE '^(#|$)' po/POTFILES.in | LC_ALL=C sort) \
  <(grep -rlE '\b(N|C|NC)?_ ?\("|ngettext ?\(|translatable="yes"' app --include='*.c' --include='*.ui' | LC_ALL=C sort)
