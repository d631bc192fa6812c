#!/bin/bash
# usage: sample-job.sh BELLMANCTL
# Walks the main job on a sample workspace in a new folder, far from anybody's own data.
set -euo pipefail
program=$1
source_dir=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
workspace=$(mktemp -d "${TMPDIR:-/tmp}/bellman-sample.XXXXXX")
bellmanctl () { "$program" --data "$workspace/data" "$@"; }

title () { printf '\n\033[1m%s\033[0m\n' "$*"; }
[ -t 1 ] || title () { printf '\n== %s\n' "$*"; }

title "A sample workspace: a bakery with a website and a year of posts"
account=$(bellmanctl sample create --dir "$workspace/website")
bellmanctl account show "$account"

title "What the history says about a draft, and why"
draft="Friday is cake day again, this time with plums"
echo "Draft: $draft"
bellmanctl suggest hashtags --account "$account" --text "$draft" --max 3
bellmanctl suggest forecast --account "$account" --text "$draft #cake"
bellmanctl suggest times --account "$account" --max 2
bellmanctl suggest track-record --account "$account"

title "Two drafts and three posts, scheduled a few seconds ahead"
bellmanctl post add --account "$account" --text "Plum cake is back on Friday. #cake" >/dev/null
bellmanctl post add --account "$account" --text "Which cake do you want next week? #cake" >/dev/null
plain=$(bellmanctl post add --account "$account" --language en --in 3s \
  --text "Rye from the stone oven, still warm until nine. #rye #bakery")
picture=$(bellmanctl post add --account "$account" --language en --in 4s \
  --text "Today's rye, just out of the oven. #rye" \
  --media "$source_dir/data/sample/rye.png" --alt "A round rye loaf with a cracked, floury crust" 2>/dev/null)
thread=$(bellmanctl post add --account "$account" --language en --in 5s \
  --text "How we make our sourdough, in three steps. #sourdough" \
  --part "First: feed the starter with flour and water, and wait until it has doubled." \
  --part "Then: long and cool. The dough rests for a night, the oven is hot at four." 2>/dev/null)
bellmanctl post list

title "The scheduler and the publisher at work"
bellmanctl agent --until-idle

title "Receipts"
for post in "$plain" "$picture" "$thread"; do
  bellmanctl post show "$post"
  echo
done

title "What is out"
echo "Pages:     $workspace/website/posts/"
echo "Atom feed: $workspace/website/feed.xml"
echo "JSON Feed: $workspace/website/feed.json"
echo
echo "The sample workspace is in $workspace; delete it whenever you like."
