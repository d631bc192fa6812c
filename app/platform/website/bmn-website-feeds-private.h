#pragma once

#include "bmn-website-page-private.h"

/**
 * BmnWebsiteFeedInfo:
 * @id: the Atom feed's own, never changed once it is out
 * @title: the account's name
 * @base_url: (nullable): with a slash at its end
 * @now: µs; what an empty feed says as the time of its last change
 *
 * What both feeds say of themselves. Without @base_url they have no links, which both formats
 * allow, and refer to media relative to the feed's own place.
 */
typedef struct
{
  const char *id;
  const char *title;
  const char *base_url;
  gint64 now;
} BmnWebsiteFeedInfo;

/* @pages: (element-type BmnWebsitePage): newest first. Returns: (transfer full): RFC 4287 */
char *
bmn_website_atom_feed (const BmnWebsiteFeedInfo *info, GPtrArray *pages) G_GNUC_WARN_UNUSED_RESULT;

/* Likewise. Returns: (transfer full): JSON Feed 1.1 */
char *
bmn_website_json_feed (const BmnWebsiteFeedInfo *info, GPtrArray *pages) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_website_atom_read:
 * @id: (out) (optional) (transfer full): the feed's own
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the set of its entries' ids;
 *   %NULL for what is not a feed of ours
 */
GHashTable *
bmn_website_atom_read (const char *text, gsize length, char **id) G_GNUC_WARN_UNUSED_RESULT;

/* Likewise, for the JSON Feed. */
GHashTable *bmn_website_json_read (const char *text, gsize length) G_GNUC_WARN_UNUSED_RESULT;
