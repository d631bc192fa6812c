#include "fake-entities.h"
#include "fake-handlers.h"
#include "fake-sniff.h"

#include <string.h>

static JsonArray *
mime_types (const FakeConfig *config)
{
  static const char *const few[] = { "image/jpeg", "image/png", NULL };
  return fake_array_from_strv (
      fake_config_has (config, FAKE_SWITCH_JPEG_PNG_ONLY) ? few : fake_mime_types);
}

/* https://docs.joinmastodon.org/entities/Instance/#configuration */
static JsonObject *
configuration (FakeCall *call)
{
  const FakeConfig *config = &call->fake->config;
  JsonObject *statuses
      = fake_object ("i:max_characters", config->max_characters, "i:max_media_attachments",
                     config->max_media_attachments, "i:characters_reserved_per_url",
                     config->characters_reserved_per_url, NULL);
  JsonObject *media = fake_object (
      "i:description_limit", config->description_limit, "a:supported_mime_types",
      mime_types (config), "i:image_size_limit", config->image_size_limit, "i:image_matrix_limit",
      config->image_matrix_limit, "i:video_size_limit", config->video_size_limit,
      "i:video_frame_rate_limit", config->video_frame_rate_limit, "i:video_matrix_limit",
      config->video_matrix_limit, NULL);
  JsonObject *polls
      = fake_object ("i:max_options", config->poll_max_options, "i:max_characters_per_option",
                     config->poll_max_characters, "i:min_expiration", config->poll_min_expiration,
                     "i:max_expiration", config->poll_max_expiration, NULL);
  return fake_object (
      "o:accounts",
      fake_object ("i:max_featured_tags", (gint64)10, "i:max_pinned_statuses", (gint64)5, NULL),
      "o:statuses", statuses, "o:media_attachments", media, "o:polls", polls, NULL);
}

static void
reply (FakeCall *call, JsonObject *json)
{
  static const char *const languages[] = { "en", NULL };
  json_object_set_array_member (json, "languages", fake_array_from_strv (languages));
  json_object_set_array_member (json, "rules", json_array_new ());
  if (!fake_config_has (&call->fake->config, FAKE_SWITCH_NO_CONFIGURATION))
    json_object_set_object_member (json, "configuration", configuration (call));
  fake_call_reply (call, 200, json);
}

static const char *
domain (FakeCall *call)
{
  return strstr (call->fake->url, "://") + 3;
}

void
fake_instance_v1 (FakeCall *call)
{
  JsonObject *stats
      = fake_object ("i:user_count", (gint64)call->fake->accounts->len, "i:status_count",
                     (gint64)call->fake->statuses->len, "i:domain_count", (gint64)1, NULL);
  reply (call,
         fake_object ("s:uri", domain (call), "s:title", "Test server", "s:short_description",
                      "A server for tests", "s:description", "", "s:email", "admin@example.org",
                      "s:version", "4.5.0", "o:urls", json_object_new (), "o:stats", stats,
                      "n:thumbnail", NULL, "b:registrations", FALSE, "b:approval_required", FALSE,
                      "b:invites_enabled", FALSE, "o:contact_account",
                      fake_account_to_json (call->fake, call->fake->accounts->pdata[0]), NULL));
}

void
fake_instance_v2 (FakeCall *call)
{
  JsonObject *users = fake_object ("i:active_month", (gint64)call->fake->accounts->len, NULL);
  JsonObject *contact
      = fake_object ("s:email", "admin@example.org", "o:account",
                     fake_account_to_json (call->fake, call->fake->accounts->pdata[0]), NULL);
  reply (call,
         fake_object ("s:domain", domain (call), "s:title", "Test server", "s:version", "4.5.0",
                      "s:source_url", "https://example.org/source", "s:description",
                      "A server for tests", "o:usage", fake_object ("o:users", users, NULL),
                      "o:registrations", fake_object ("b:enabled", FALSE, NULL), "o:api_versions",
                      fake_object ("i:mastodon", (gint64)7, NULL), "o:contact", contact, NULL));
}
