#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Each switch is one way in which a server of the family was seen to differ from Mastodon, or
 * one choice a Mastodon administrator has. All are off at first. */
typedef enum
{
  FAKE_SWITCH_AUTO_APPROVE,
  FAKE_SWITCH_AUTO_DENY,
  FAKE_SWITCH_BAD_REQUEST_400,
  FAKE_SWITCH_CLOSE_CONNECTIONS,
  FAKE_SWITCH_HTTPS_LINKS,
  FAKE_SWITCH_IDS_ULID,
  FAKE_SWITCH_IDS_WORDS,
  FAKE_SWITCH_ISS,
  FAKE_SWITCH_ISS_WRONG,
  FAKE_SWITCH_ISS_MISSING,
  FAKE_SWITCH_JPEG_PNG_ONLY,
  FAKE_SWITCH_KEY_IGNORED,
  FAKE_SWITCH_MEDIA_FAILS,
  FAKE_SWITCH_NO_CONFIGURATION,
  FAKE_SWITCH_NO_CONTEXT,
  FAKE_SWITCH_NO_EDIT,
  FAKE_SWITCH_NO_FOLLOWED_TAGS,
  FAKE_SWITCH_NO_INSTANCE,
  FAKE_SWITCH_NO_INSTANCE_V2,
  FAKE_SWITCH_NO_LINK_HEADER,
  FAKE_SWITCH_NO_MEDIA_V2,
  FAKE_SWITCH_NO_NOTIFICATIONS,
  FAKE_SWITCH_NO_OAUTH_METADATA,
  FAKE_SWITCH_NO_PKCE,
  FAKE_SWITCH_NO_RATE_HEADERS,
  FAKE_SWITCH_NO_REVOKE,
  FAKE_SWITCH_NO_SCHEDULES,
  FAKE_SWITCH_NO_SEARCH,
  FAKE_SWITCH_NO_SOURCE,
  FAKE_SWITCH_NO_TAG_TIMELINE,
  FAKE_SWITCH_NO_TRENDS,
  FAKE_SWITCH_PAST_SCHEDULE_POSTS,
  FAKE_SWITCH_PRIVATE_AS_UNLISTED,
  FAKE_SWITCH_REFRESH_TOKENS,
  FAKE_SWITCH_RESET_EPOCH,
  FAKE_SWITCH_RETRY_AFTER,
  FAKE_SWITCH_SCHEDULE_IGNORED,
  FAKE_SWITCH_STATE_WRONG,
  FAKE_SWITCH_THROTTLE_503,
  FAKE_SWITCH_UNLISTED_AS_PRIVATE,
  FAKE_N_SWITCHES,
} FakeSwitch;

/* Plain data, so that a copy is an assignment. The meanings are in the table in fake-config.c. */
typedef struct
{
  guint64 switches;
  gint64 max_characters;
  gint64 characters_reserved_per_url;
  gint64 max_media_attachments;
  gint64 description_limit;
  gint64 image_size_limit;
  gint64 image_matrix_limit;
  gint64 gif_matrix_limit;
  gint64 video_size_limit;
  gint64 video_matrix_limit;
  gint64 video_frame_rate_limit;
  gint64 upload_size_limit;
  gint64 image_processing_ms;
  gint64 media_processing_ms;
  gint64 poll_max_options;
  gint64 poll_max_characters;
  gint64 poll_min_expiration;
  gint64 poll_max_expiration;
  gint64 schedule_min_seconds;
  gint64 schedule_total;
  gint64 schedule_daily;
  gint64 key_seconds;
  gint64 code_seconds;
  gint64 token_seconds;
  gint64 rate_requests;
  gint64 rate_requests_seconds;
  gint64 rate_media;
  gint64 rate_media_seconds;
  gint64 rate_deletes;
  gint64 rate_deletes_seconds;
} FakeConfig;

void fake_config_init (FakeConfig *config);
gboolean fake_config_has (const FakeConfig *config, FakeSwitch name);
gboolean fake_config_set_switch (FakeConfig *config, const char *name, gboolean on, GError **error);
gboolean fake_config_set_limit (FakeConfig *config, const char *name, gint64 value, GError **error);
/* "name=number". */
gboolean fake_config_set_limit_spec (FakeConfig *config, const char *spec, GError **error);
/* Appends one line per switch and limit. */
void fake_config_describe (GString *out);

/* Whether a switch that is on takes the route "METHOD /path/:id" away. */
gboolean fake_config_is_missing (const FakeConfig *config, const char *route);

G_END_DECLS
