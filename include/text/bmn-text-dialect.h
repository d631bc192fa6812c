#pragma once

#include "bmn-limits.h"

G_BEGIN_DECLS

/**
 * BmnTextDialect:
 * @BMN_TEXT_DIALECT_X: as X's public text library (twitter-text, version 3) reads it
 * @BMN_TEXT_DIALECT_BLUESKY: as the official AT Protocol SDK detects facets
 * @BMN_TEXT_DIALECT_MASTODON: as Mastodon's server links it
 * @BMN_TEXT_DIALECT_WEBSITE: a page of the user's own: Mastodon's hashtags and links, and no
 *   mentions, as there is nobody to mention
 *
 * Which rules decide what is a hashtag, a mention or a link in a text.
 */
typedef enum
{
  BMN_TEXT_DIALECT_X,
  BMN_TEXT_DIALECT_BLUESKY,
  BMN_TEXT_DIALECT_MASTODON,
  BMN_TEXT_DIALECT_WEBSITE,
} BmnTextDialect;

#define BMN_TEXT_N_DIALECTS (BMN_TEXT_DIALECT_WEBSITE + 1)

/* Stable names, the same as the platforms': `x`, `bluesky`, `mastodon`, `website`. */
const char *bmn_text_dialect_to_nick (BmnTextDialect dialect);
/* @nick: (nullable): Returns: whether @nick names a dialect, written to @dialect */
gboolean bmn_text_dialect_from_nick (const char *nick, BmnTextDialect *dialect);

/**
 * bmn_text_dialect_of_limits:
 * @limits: (nullable): of an account
 *
 * Whoever counts like a platform reads hashtags, mentions and links like it; whoever has no
 * limit is a website.
 *
 * Returns: the dialect; Mastodon's for %NULL
 */
BmnTextDialect bmn_text_dialect_of_limits (const BmnLimits *limits);

/**
 * bmn_text_default_limits:
 *
 * The published limits on text, for when no server says otherwise: 280 by X's weighted rule
 * with links at 23 (twitter-text configuration v3); 300 graphemes and 3000 bytes (lexicon
 * `app.bsky.feed.post`); 500 by Mastodon's rule with links at 23; none for a website.
 *
 * Returns: (transfer full): limits of text alone; what concerns media is 0
 */
BmnLimits *bmn_text_default_limits (BmnTextDialect dialect) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
