#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnAccountLevers:
 * @pinned: hashtags always suggested first, lower case, no sign, sorted
 * @muted: hashtags never suggested, likewise
 * @excluded: (element-type gint64): history posts that nothing is learnt from, by id
 * @half_life: days after which a hashtag unused, or a post, weighs half of what the engine
 *   would give it by itself; 0 for the engine's own judgement alone
 * @diversity: 0 (none) to 1: how much a hashtag loses for going along with one suggested
 *   above it
 * @never_hours: a bit `1 << hour` for each hour of the day, 0 to 23 in the account's zone, in
 *   which no time is ever suggested
 *
 * What the user decided about the suggestions for one account. Each decision works at the next
 * question and is undone by taking it back; nothing that was learnt is lost by it.
 */
typedef struct
{
  GStrv pinned;     /* (owned) */
  GStrv muted;      /* (owned) */
  GArray *excluded; /* (owned) (element-type gint64) */
  double half_life;
  double diversity;
  guint32 never_hours;
} BmnAccountLevers;

/* The longest half-life that can be set, in days: a century. */
#define BMN_ACCOUNT_LEVERS_MAX_HALF_LIFE 36500

/* All bits that @never_hours may have. */
#define BMN_ACCOUNT_LEVERS_ALL_HOURS 0xffffffu

/* Returns: (transfer full): levers that change nothing */
BmnAccountLevers *bmn_account_levers_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_account_levers_free (BmnAccountLevers *levers);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccountLevers, bmn_account_levers_free)

G_END_DECLS
