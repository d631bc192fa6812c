#include "fake-config.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *help;
  const char *missing; /* (nullable) globs of the routes this switch takes away, by ';' */
} SwitchInfo;

static const SwitchInfo switches[FAKE_N_SWITCHES] = {
  [FAKE_SWITCH_AUTO_APPROVE] = { "auto-approve", "/oauth/authorize approves without a form" },
  [FAKE_SWITCH_AUTO_DENY] = { "auto-deny", "/oauth/authorize answers access_denied" },
  [FAKE_SWITCH_BAD_REQUEST_400] = { "bad-request-400", "400 where Mastodon answers 422" },
  [FAKE_SWITCH_CLOSE_CONNECTIONS]
  = { "close-connections", "every connection is closed after its answer" },
  [FAKE_SWITCH_HTTPS_LINKS] = { "https-links", "links say https although the server is http" },
  [FAKE_SWITCH_IDS_ULID] = { "ids-ulid", "ids are ULIDs" },
  [FAKE_SWITCH_IDS_WORDS] = { "ids-words", "ids are words in no order" },
  [FAKE_SWITCH_ISS] = { "iss", "the redirect names the issuer (RFC 9207)" },
  [FAKE_SWITCH_ISS_WRONG] = { "iss-wrong", "the redirect names another issuer" },
  [FAKE_SWITCH_ISS_MISSING] = { "iss-missing", "the issuer is promised and not named" },
  [FAKE_SWITCH_JPEG_PNG_ONLY] = { "jpeg-png-only", "only image/jpeg and image/png are taken" },
  [FAKE_SWITCH_KEY_IGNORED] = { "key-ignored", "Idempotency-Key is ignored: two posts" },
  [FAKE_SWITCH_MEDIA_FAILS] = { "media-fails", "processing ends in an error (422)" },
  [FAKE_SWITCH_NO_CONFIGURATION]
  = { "no-configuration", "the instance endpoints name no configuration" },
  [FAKE_SWITCH_NO_CONTEXT] = { "no-context", "404", "GET /api/v1/statuses/:id/context" },
  [FAKE_SWITCH_NO_EDIT] = { "no-edit", "404 for editing and the edit history",
                            "PUT /api/v1/statuses/:id;GET /api/v1/statuses/:id/history" },
  [FAKE_SWITCH_NO_FOLLOWED_TAGS] = { "no-followed-tags", "404", "GET /api/v1/followed_tags" },
  [FAKE_SWITCH_NO_INSTANCE]
  = { "no-instance", "404 for both instance endpoints", "GET /api/v*/instance" },
  [FAKE_SWITCH_NO_INSTANCE_V2]
  = { "no-instance-v2", "404 for /api/v2/instance", "GET /api/v2/instance" },
  [FAKE_SWITCH_NO_LINK_HEADER] = { "no-link-header", "pages come without a Link header" },
  [FAKE_SWITCH_NO_MEDIA_V2] = { "no-media-v2", "404 for /api/v2/media", "POST /api/v2/media" },
  [FAKE_SWITCH_NO_NOTIFICATIONS] = { "no-notifications", "404", "GET /api/v1/notifications" },
  [FAKE_SWITCH_NO_OAUTH_METADATA]
  = { "no-oauth-metadata", "404, as before 4.3", "GET /.well-known/oauth-authorization-server" },
  [FAKE_SWITCH_NO_PKCE] = { "no-pkce", "code_challenge is ignored, as before 4.3" },
  [FAKE_SWITCH_NO_RATE_HEADERS] = { "no-rate-headers", "answers bear no X-RateLimit headers" },
  [FAKE_SWITCH_NO_REVOKE] = { "no-revoke", "404", "POST /oauth/revoke" },
  [FAKE_SWITCH_NO_SCHEDULES] = { "no-schedules", "no scheduled_statuses; scheduled_at is ignored",
                                 "* /api/v1/scheduled_statuses*" },
  [FAKE_SWITCH_NO_SEARCH] = { "no-search", "404", "GET /api/v2/search" },
  [FAKE_SWITCH_NO_SOURCE] = { "no-source", "404", "GET /api/v1/statuses/:id/source" },
  [FAKE_SWITCH_NO_TAG_TIMELINE] = { "no-tag-timeline", "404", "GET /api/v1/timelines/tag/:id" },
  [FAKE_SWITCH_NO_TRENDS] = { "no-trends", "404", "GET /api/v1/trends/tags" },
  [FAKE_SWITCH_PAST_SCHEDULE_POSTS]
  = { "past-schedule-posts", "a scheduled_at in the past posts at once instead of 422" },
  [FAKE_SWITCH_PRIVATE_AS_UNLISTED]
  = { "private-as-unlisted", "what was posted private is stored and shown as unlisted" },
  [FAKE_SWITCH_REFRESH_TOKENS]
  = { "refresh-tokens", "tokens expire and come with a refresh token that rotates" },
  [FAKE_SWITCH_RESET_EPOCH]
  = { "reset-epoch", "X-RateLimit-Reset in seconds since 1970 instead of an ISO date" },
  [FAKE_SWITCH_RETRY_AFTER] = { "retry-after", "a 429 also bears Retry-After in seconds" },
  [FAKE_SWITCH_SCHEDULE_IGNORED]
  = { "schedule-ignored", "scheduled_at is ignored: posted at once" },
  [FAKE_SWITCH_STATE_WRONG] = { "state-wrong", "the redirect bears another state" },
  [FAKE_SWITCH_THROTTLE_503]
  = { "throttle-503", "503 with two Retry-After (seconds and a date) instead of 429" },
  [FAKE_SWITCH_UNLISTED_AS_PRIVATE]
  = { "unlisted-as-private", "what was posted unlisted is stored and shown as private" },
};

typedef struct
{
  const char *name;
  gsize offset;
  gint64 initial;
  const char *help;
} LimitInfo;

#define LIMIT(field, initial, help)                                                                \
  {                                                                                                \
#field, G_STRUCT_OFFSET(FakeConfig, field), initial, help                                      \
  }

static const LimitInfo limits[] = {
  LIMIT (max_characters, 500, "characters a status may have, its warning included"),
  LIMIT (characters_reserved_per_url, 23, "characters that each link counts as"),
  LIMIT (max_media_attachments, 4, "files a status may have"),
  LIMIT (description_limit, 1500, "characters of a file's description"),
  LIMIT (image_size_limit, 16777216, "bytes of an image"),
  LIMIT (image_matrix_limit, 33177600, "pixels of an image"),
  LIMIT (gif_matrix_limit, 921600, "pixels of an animated GIF"),
  LIMIT (video_size_limit, 103809024, "bytes of a video or a sound"),
  LIMIT (video_matrix_limit, 8294400, "pixels of a video's frame, stated only"),
  LIMIT (video_frame_rate_limit, 120, "frames a second, stated only"),
  LIMIT (upload_size_limit, 105906176, "bytes of a whole upload, 413 above"),
  LIMIT (image_processing_ms, 300, "virtual time an image is processed; 0 answers 200 at once"),
  LIMIT (media_processing_ms, 1000, "the same of GIF, video and sound"),
  LIMIT (poll_max_options, 4, "choices of a poll"),
  LIMIT (poll_max_characters, 50, "characters of a choice"),
  LIMIT (poll_min_expiration, 300, "seconds a poll is open at least"),
  LIMIT (poll_max_expiration, 2629746, "seconds a poll is open at most"),
  LIMIT (schedule_min_seconds, 300, "seconds scheduled_at must be ahead"),
  LIMIT (schedule_total, 300, "scheduled statuses an account may have"),
  LIMIT (schedule_daily, 25, "of them on one day (UTC)"),
  LIMIT (key_seconds, 3600, "seconds an Idempotency-Key is remembered"),
  LIMIT (code_seconds, 600, "seconds an authorization code is good for"),
  LIMIT (token_seconds, 7200, "seconds a token lives under refresh-tokens"),
  LIMIT (rate_requests, 300, "requests a token may make"),
  LIMIT (rate_requests_seconds, 300, "in so many seconds"),
  LIMIT (rate_media, 30, "uploads a token may make"),
  LIMIT (rate_media_seconds, 1800, "in so many seconds"),
  LIMIT (rate_deletes, 30, "deletions a token may make"),
  LIMIT (rate_deletes_seconds, 1800, "in so many seconds"),
};

void
fake_config_init (FakeConfig *config)
{
  *config = (FakeConfig){ 0 };
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    G_STRUCT_MEMBER (gint64, config, limits[i].offset) = limits[i].initial;
}

gboolean
fake_config_has (const FakeConfig *config, FakeSwitch name)
{
  return (config->switches & (G_GUINT64_CONSTANT (1) << name)) != 0;
}

gboolean
fake_config_set_switch (FakeConfig *config, const char *name, gboolean on, GError **error)
{
  for (int i = 0; i < FAKE_N_SWITCHES; i++)
    if (g_str_equal (switches[i].name, name))
      {
        guint64 bit = G_GUINT64_CONSTANT (1) << i;
        config->switches = on ? config->switches | bit : config->switches & ~bit;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no switch “%s”", name);
  return FALSE;
}

gboolean
fake_config_set_limit (FakeConfig *config, const char *name, gint64 value, GError **error)
{
  if (value < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” cannot be negative", name);
      return FALSE;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    if (g_str_equal (limits[i].name, name))
      {
        G_STRUCT_MEMBER (gint64, config, limits[i].offset) = value;
        return TRUE;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no limit “%s”", name);
  return FALSE;
}

gboolean
fake_config_set_limit_spec (FakeConfig *config, const char *spec, GError **error)
{
  const char *equals = strchr (spec, '=');
  gint64 value;
  if (!equals)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "“%s” is not name=number", spec);
      return FALSE;
    }
  g_autofree char *name = g_strndup (spec, equals - spec);
  return g_ascii_string_to_signed (equals + 1, 10, 0, G_MAXINT64, &value, error)
         && fake_config_set_limit (config, name, value, error);
}

void
fake_config_describe (GString *out)
{
  g_string_append (out, "Switches (--switch NAME):\n");
  for (int i = 0; i < FAKE_N_SWITCHES; i++)
    g_string_append_printf (out, "  %-22s %s%s%s\n", switches[i].name, switches[i].help,
                            switches[i].missing ? ": " : "",
                            switches[i].missing ? switches[i].missing : "");
  g_string_append (out, "\nLimits (--limit NAME=NUMBER):\n");
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    g_string_append_printf (out, "  %-28s %s (%" G_GINT64_FORMAT ")\n", limits[i].name,
                            limits[i].help, limits[i].initial);
}

gboolean
fake_config_is_missing (const FakeConfig *config, const char *route)
{
  for (int i = 0; i < FAKE_N_SWITCHES; i++)
    {
      if (!switches[i].missing || !fake_config_has (config, i))
        continue;
      g_auto (GStrv) globs = g_strsplit (switches[i].missing, ";", -1);
      for (char **glob = globs; *glob; glob++)
        if (g_pattern_match_simple (*glob, route))
          return TRUE;
    }
  return FALSE;
}
