#include "bmn-bluesky-refresh-private.h"
#include "bmn-failpoint.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

typedef struct
{
  BmnPlatformHost *host;              /* (owned) */
  BmnXrpcSender *sender;              /* (owned) */
  char *service;                      /* (owned) */
  char *stale_access;                 /* (owned) (nullable) */
  GObject *lock;                      /* (owned) (nullable) while it is ours */
  BmnBlueskyCredentials *credentials; /* (owned) (nullable) */
  gboolean opened;                    /* whether the app password was tried */
} Refresh;

static void
refresh_free (Refresh *refresh)
{
  g_clear_object (&refresh->host);
  g_clear_object (&refresh->sender);
  g_free (refresh->service);
  bmn_wipe (refresh->stale_access);
  g_clear_object (&refresh->lock);
  g_clear_pointer (&refresh->credentials, bmn_bluesky_credentials_free);
  g_free (refresh);
}

BmnHttpRequest *
bmn_bluesky_open_session (const char *service, const char *identifier, const char *password)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "identifier", identifier);
  bmn_json_add_string (builder, "password", password);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) input = json_builder_get_root (builder);
  return bmn_xrpc_procedure (service, "com.atproto.server.createSession", "sign-in", input);
}

gboolean
bmn_bluesky_take_tokens (BmnBlueskyCredentials *credentials, JsonObject *answer, GError **error)
{
  const gboolean oauth = credentials->dpop_key != NULL;
  const char *access = bmn_json_get_string (answer, oauth ? "access_token" : "accessJwt");
  const char *refresh = bmn_json_get_string (answer, oauth ? "refresh_token" : "refreshJwt");
  const char *did = bmn_json_get_string (answer, oauth ? "sub" : "did");
  const char *type = oauth ? bmn_json_get_string (answer, "token_type") : "DPoP";
  if (!access || !refresh || !type || g_ascii_strcasecmp (type, "DPoP") != 0)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                           _ ("The server's answer to signing in cannot be understood. Try again "
                              "later."));
      return FALSE;
    }
  /* Whoever runs the server decides whose tokens they are; they have to be this account's. */
  if (g_strcmp0 (did, credentials->did) != 0)
    {
      g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                           _ ("The server signed in another account than this one. Sign in again "
                              "with this account's name."));
      return FALSE;
    }
  bmn_bluesky_credentials_set_tokens (credentials, access, refresh);
  return TRUE;
}

static void
finish (GTask *task)
{
  Refresh *refresh = g_task_get_task_data (task);
  g_clear_object (&refresh->lock);
  g_task_return_pointer (task, g_steal_pointer (&refresh->credentials),
                         (GDestroyNotify)bmn_bluesky_credentials_free);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    {
      bmn_failpoint ("bluesky-tokens-stored");
      finish (task);
    }
  else
    g_task_return_error (task, error);
}

static void request_session (GTask *task);

/* Whether the answer leaves nothing to do but to open a new session with the app password. */
static gboolean
can_open_session (const Refresh *refresh, const BmnXrpcReply *reply)
{
  return !refresh->opened && refresh->credentials->password
         && g_error_matches (reply->failure, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED);
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Refresh *refresh = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  if (reply && can_open_session (refresh, reply))
    {
      request_session (task);
      return;
    }
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  if (!answer || !bmn_bluesky_take_tokens (refresh->credentials, answer, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  /* The server has forgotten the old token by now: until the new one is stored, a crash means
   * that an OAuth session is lost. */
  bmn_failpoint ("bluesky-tokens-rotated");
  g_autofree char *text = bmn_bluesky_credentials_to_string (refresh->credentials);
  bmn_platform_host_save_credentials_async (refresh->host, text, NULL, on_saved,
                                            g_object_ref (task));
  explicit_bzero (text, strlen (text));
}

static void
request_session (GTask *task)
{
  Refresh *refresh = g_task_get_task_data (task);
  refresh->opened = TRUE;
  bmn_xrpc_sender_send_async (refresh->sender,
                              bmn_bluesky_open_session (refresh->service, refresh->credentials->did,
                                                        refresh->credentials->password),
                              NULL, NULL, NULL, on_refreshed, g_object_ref (task));
}

static void
request_password_tokens (GTask *task)
{
  Refresh *refresh = g_task_get_task_data (task);
  BmnHttpRequest *request
      = bmn_xrpc_procedure (refresh->service, "com.atproto.server.refreshSession", "refresh", NULL);
  bmn_xrpc_sender_send_async (refresh->sender, request, refresh->credentials->refresh, NULL, NULL,
                              on_refreshed, g_object_ref (task));
}

static void
request_oauth_tokens (GTask *task)
{
  Refresh *refresh = g_task_get_task_data (task);
  const BmnBlueskyCredentials *credentials = refresh->credentials;
  char *form = soup_form_encode ("grant_type", "refresh_token", "refresh_token",
                                 credentials->refresh, "client_id", credentials->client_id, NULL);
  BmnHttpRequest *request = bmn_http_request_new ("POST", credentials->token_endpoint, "refresh");
  bmn_http_request_take_body (request, SOUP_FORM_MIME_TYPE_URLENCODED,
                              g_bytes_new_take (form, strlen (form)));
  bmn_xrpc_sender_send_async (refresh->sender, request, NULL, credentials->dpop_key, NULL,
                              on_refreshed, g_object_ref (task));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Refresh *refresh = g_task_get_task_data (task);
  GError *error = NULL;
  char *text
      = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, &error);
  if (text)
    refresh->credentials = bmn_bluesky_credentials_parse (text, &error);
  bmn_wipe (text);
  if (!refresh->credentials)
    g_task_return_error (task, error);
  else if (refresh->stale_access
           && !g_str_equal (refresh->stale_access, refresh->credentials->access))
    finish (task);
  else if (refresh->credentials->dpop_key)
    request_oauth_tokens (task);
  else
    request_password_tokens (task);
}

/* From here on nothing is cancelled: tokens that were rotated have to be stored. */
static void
on_locked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Refresh *refresh = g_task_get_task_data (task);
  GError *error = NULL;
  refresh->lock
      = bmn_platform_host_lock_credentials_finish (BMN_PLATFORM_HOST (source), result, &error);
  if (refresh->lock)
    bmn_platform_host_load_credentials_async (refresh->host, NULL, on_loaded, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

void
bmn_bluesky_refresh_async (BmnPlatformHost *host,
                           BmnXrpcSender *sender,
                           const char *service,
                           const char *stale_access,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_refresh_async);
  g_task_set_check_cancellable (task, FALSE);
  Refresh *refresh = g_new0 (Refresh, 1);
  g_task_set_task_data (task, refresh, (GDestroyNotify)refresh_free);
  refresh->host = g_object_ref (host);
  refresh->sender = g_object_ref (sender);
  refresh->service = g_strdup (service);
  refresh->stale_access = g_strdup (stale_access);
  bmn_platform_host_lock_credentials_async (host, cancellable, on_locked, g_object_ref (task));
}

BmnBlueskyCredentials *
bmn_bluesky_refresh_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
