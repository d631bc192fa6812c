#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnCountRule:
 * @BMN_COUNT_GRAPHEMES: grapheme clusters (Unicode UAX 29)
 * @BMN_COUNT_MASTODON: grapheme clusters as well; each link counts as @url_length, mentions without
 * domain
 * @BMN_COUNT_X: X's weighted length: most of Latin 1, others 2, links 23, after NFC
 * @BMN_COUNT_UTF16: UTF-16 code units
 *
 * How a platform counts the length of a text.
 */
typedef enum
{
  BMN_COUNT_GRAPHEMES,
  BMN_COUNT_MASTODON,
  BMN_COUNT_X,
  BMN_COUNT_UTF16,
} BmnCountRule;

/**
 * BmnLimits:
 * @rule: how length is counted
 * @max_length: by @rule; 0 for no limit
 * @max_bytes: of UTF-8; 0 for no limit
 * @url_length: what a link counts as, for rules that say so
 * @max_media: per part; 0 where there can be none
 * @max_alt_length: code points; 0 for no limit
 * @max_image_bytes: 0 for no limit
 * @max_video_bytes: 0 for no limit
 * @max_parts: of a thread; 1 where there are none, 0 for no limit
 * @max_poll_options: 0 where there are no polls
 * @max_poll_option_length: code points; 0 for no limit
 * @mime_types: (nullable): what may be attached; %NULL for anything
 *
 * What an account accepts, as its server says, or the platform's published numbers.
 */
typedef struct
{
  BmnCountRule rule;
  gsize max_length;
  gsize max_bytes;
  gsize url_length;
  guint max_media;
  gsize max_alt_length;
  gint64 max_image_bytes;
  gint64 max_video_bytes;
  guint max_parts;
  guint max_poll_options;
  gsize max_poll_option_length;
  GStrv mime_types; /* (owned) (nullable) */
} BmnLimits;

BmnLimits *bmn_limits_new (void) G_GNUC_WARN_UNUSED_RESULT;
BmnLimits *bmn_limits_copy (const BmnLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
void bmn_limits_free (BmnLimits *limits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLimits, bmn_limits_free)

G_END_DECLS
