#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnLevers:
 * @pinned: (element-type utf8): hashtags always suggested first, lower case, no sign
 * @muted: (element-type utf8): hashtags never suggested, likewise
 * @half_life: days after which a hashtag unused, or a post, weighs half of what the engine
 *   would give it by itself; 0 for the engine's own judgement alone
 * @diversity: 0 (none) to 1: how much a hashtag loses for going along with one suggested
 *   above it
 * @plain_hashtags: suggest the hashtags used last instead of ranking by the draft: for an
 *   account whose track record shows that ranking does no better
 *
 * What the user decides about suggestions. Each works at the next question, changes nothing
 * of what was learnt, and is undone by setting it back.
 */
typedef struct
{
  GHashTable *pinned; /* (owned) (element-type utf8) */
  GHashTable *muted;  /* (owned) (element-type utf8) */
  double half_life;
  double diversity;
  gboolean plain_hashtags;
} BmnLevers;

/* Adds @tag (any case, with or without sign) to @set, or removes it. */
void bmn_levers_set_tag (GHashTable *set, const char *tag, gboolean present);

G_END_DECLS
