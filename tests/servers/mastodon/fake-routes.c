#include "fake-routes.h"

#include "fake-handlers.h"

#include <string.h>

#define PUBLIC FAKE_AUTH_PUBLIC, NULL
#define CONTROL "/_control"

static const FakeRoute routes[] = {
  { "POST", "/api/v1/apps", fake_apps_create, PUBLIC },
  { "GET", "/api/v1/apps/verify_credentials", fake_apps_verify, FAKE_AUTH_APP, NULL },
  { "GET", "/oauth/authorize", fake_oauth_authorize, PUBLIC },
  { "POST", "/oauth/authorize", fake_oauth_decide, PUBLIC },
  { "GET", "/oauth/authorize/native", fake_oauth_native, PUBLIC },
  { "POST", "/oauth/token", fake_oauth_token, PUBLIC },
  { "POST", "/oauth/revoke", fake_oauth_revoke, PUBLIC },
  { "GET", "/.well-known/oauth-authorization-server", fake_oauth_metadata, PUBLIC },

  { "GET", "/api/v1/instance", fake_instance_v1, PUBLIC },
  { "GET", "/api/v2/instance", fake_instance_v2, PUBLIC },

  { "GET", "/api/v1/accounts/verify_credentials", fake_accounts_verify, FAKE_AUTH_USER,
    "read:accounts profile" },
  { "GET", "/api/v1/accounts/relationships", fake_accounts_relationships, FAKE_AUTH_USER,
    "read:follows" },
  { "GET", "/api/v1/accounts/lookup", fake_accounts_lookup, FAKE_AUTH_OPTIONAL, "read:accounts" },
  { "GET", "/api/v1/accounts/:id", fake_accounts_get, FAKE_AUTH_OPTIONAL, "read:accounts" },
  { "GET", "/api/v1/accounts/:id/statuses", fake_accounts_statuses, FAKE_AUTH_OPTIONAL,
    "read:statuses" },

  { "POST", "/api/v1/statuses", fake_statuses_create, FAKE_AUTH_USER, "write:statuses" },
  { "GET", "/api/v1/statuses", fake_statuses_index, FAKE_AUTH_OPTIONAL, "read:statuses" },
  { "GET", "/api/v1/statuses/:id", fake_statuses_get, FAKE_AUTH_OPTIONAL, "read:statuses" },
  { "PUT", "/api/v1/statuses/:id", fake_statuses_edit, FAKE_AUTH_USER, "write:statuses" },
  { "DELETE", "/api/v1/statuses/:id", fake_statuses_delete, FAKE_AUTH_USER, "write:statuses" },
  { "GET", "/api/v1/statuses/:id/context", fake_statuses_context, FAKE_AUTH_OPTIONAL,
    "read:statuses" },
  { "GET", "/api/v1/statuses/:id/history", fake_statuses_history, FAKE_AUTH_OPTIONAL,
    "read:statuses" },
  { "GET", "/api/v1/statuses/:id/source", fake_statuses_source, FAKE_AUTH_USER, "read:statuses" },

  { "GET", "/api/v1/scheduled_statuses", fake_schedules_index, FAKE_AUTH_USER, "read:statuses" },
  { "GET", "/api/v1/scheduled_statuses/:id", fake_schedules_get, FAKE_AUTH_USER, "read:statuses" },
  { "PUT", "/api/v1/scheduled_statuses/:id", fake_schedules_update, FAKE_AUTH_USER,
    "write:statuses" },
  { "DELETE", "/api/v1/scheduled_statuses/:id", fake_schedules_cancel, FAKE_AUTH_USER,
    "write:statuses" },

  { "POST", "/api/v1/media", fake_media_create_v1, FAKE_AUTH_USER, "write:media" },
  { "POST", "/api/v2/media", fake_media_create_v2, FAKE_AUTH_USER, "write:media" },
  { "GET", "/api/v1/media/:id", fake_media_get, FAKE_AUTH_USER, "write:media" },
  { "PUT", "/api/v1/media/:id", fake_media_update, FAKE_AUTH_USER, "write:media" },
  { "DELETE", "/api/v1/media/:id", fake_media_delete, FAKE_AUTH_USER, "write:media" },

  { "GET", "/api/v1/notifications", fake_notifications_index, FAKE_AUTH_USER,
    "read:notifications" },
  { "GET", "/api/v1/timelines/tag/:id", fake_timelines_tag, FAKE_AUTH_OPTIONAL, "read:statuses" },
  { "GET", "/api/v1/trends/tags", fake_trends_tags, PUBLIC },
  { "GET", "/api/v1/followed_tags", fake_followed_tags_index, FAKE_AUTH_USER, "read:follows" },
  { "GET", "/api/v2/search", fake_search, FAKE_AUTH_OPTIONAL, "read:search" },

  { "GET", CONTROL "/state", fake_control_state, PUBLIC },
  { "GET", CONTROL "/requests", fake_control_requests, PUBLIC },
  { "POST", CONTROL "/advance", fake_control_advance, PUBLIC },
  { "POST", CONTROL "/reset", fake_control_reset, PUBLIC },
  { "POST", CONTROL "/token", fake_control_token, PUBLIC },
  { "POST", CONTROL "/expire-tokens", fake_control_expire_tokens, PUBLIC },
  { "POST", CONTROL "/config", fake_control_config, PUBLIC },
  { "POST", CONTROL "/faults", fake_control_faults, PUBLIC },
  { "DELETE", CONTROL "/faults", fake_control_clear_faults, PUBLIC },
  { "POST", CONTROL "/status", fake_control_status, PUBLIC },
  { "POST", CONTROL "/engage", fake_control_engage, PUBLIC },
  { "POST", CONTROL "/follow", fake_control_follow, PUBLIC },
  { "POST", CONTROL "/account", fake_control_account, PUBLIC },
  { "POST", CONTROL "/follow-tag", fake_control_follow_tag, PUBLIC },
};

static gboolean
fits (const char *pattern, const char *path, char **id)
{
  const char *colon = strstr (pattern, ":id");
  if (!colon)
    return g_str_equal (pattern, path);
  gsize before = colon - pattern;
  if (strncmp (pattern, path, before) != 0)
    return FALSE;
  gsize length = strcspn (path + before, "/");
  if (length == 0 || !g_str_equal (colon + strlen (":id"), path + before + length))
    return FALSE;
  *id = g_uri_unescape_segment (path + before, path + before + length, NULL);
  return *id != NULL;
}

const FakeRoute *
fake_routes_find (const char *method, const char *path, char **id)
{
  *id = NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (routes); i++)
    if (g_str_equal (routes[i].method, method) && fits (routes[i].path, path, id))
      return &routes[i];
  return NULL;
}
