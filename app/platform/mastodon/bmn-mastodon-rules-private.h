#pragma once

#include "bmn-limits.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * BmnMastodonRules:
 * @max_characters: of a status and its content warning together
 * @url_length: what a link counts as
 * @max_media: attachments of a status
 * @alt_length: code points of a description
 * @image_bytes: of a picture's file
 * @image_pixels: width × height
 * @video_bytes: of a video's or sound's file
 * @poll_options: answers of a poll
 * @poll_option_length: code points of one
 * @poll_min: seconds a poll is open at least
 * @poll_max: seconds a poll is open at most
 * @mime_types: (nullable): what may be attached; %NULL where the server does not say
 * @domain: (nullable): what stands after the second @ of its handles
 *
 * What a server says it accepts; what it does not say is Mastodon's own default
 * (docs.joinmastodon.org/entities/Instance and /entities/V1_Instance).
 */
typedef struct
{
  gint64 max_characters;
  gint64 url_length;
  gint64 max_media;
  gint64 alt_length;
  gint64 image_bytes;
  gint64 image_pixels;
  gint64 video_bytes;
  gint64 poll_options;
  gint64 poll_option_length;
  gint64 poll_min;
  gint64 poll_max;
  GStrv mime_types; /* (owned) (nullable) */
  char *domain;     /* (owned) (nullable) */
} BmnMastodonRules;

/**
 * bmn_mastodon_rules_new_from_instance:
 * @instance: (nullable): of `/api/v2/instance` or `/api/v1/instance`, also of servers that have
 *   the older members (`max_toot_chars`, `poll_limits`, `upload_limit`)
 */
BmnMastodonRules *
bmn_mastodon_rules_new_from_instance (JsonObject *instance) G_GNUC_WARN_UNUSED_RESULT;

/* @text: (nullable): of bmn_mastodon_rules_to_text(); anything else gives the defaults */
BmnMastodonRules *bmn_mastodon_rules_new_from_text (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): JSON, to be kept as a fact */
char *bmn_mastodon_rules_to_text (const BmnMastodonRules *rules) G_GNUC_WARN_UNUSED_RESULT;
void bmn_mastodon_rules_free (BmnMastodonRules *rules);

BmnLimits *bmn_mastodon_rules_to_limits (const BmnMastodonRules *rules) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnMastodonRules, bmn_mastodon_rules_free)

G_END_DECLS
