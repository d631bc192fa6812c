#include "bmn-oauth2-private.h"
#include "bmn-error.h"
#include "bmn-json.h"

/* A token that ends within this time is renewed first: it might end under way. */
#define EXPIRY_MARGIN (60 * G_USEC_PER_SEC)

#define UNAUTHORIZED 401

typedef struct
{
  BmnHttpRequest *request; /* (owned) kept, as it may have to be sent again */
  JsonObject *credentials; /* (owned) (nullable) */
  GObject *lock;           /* (owned) (nullable) while tokens are renewed */
  BmnHttpRequest *renewal; /* (owned) (nullable) a copy of what asks for new tokens */
  gboolean renewed;
} BmnSending;

static void
sending_free (BmnSending *sending)
{
  bmn_http_request_free (sending->request);
  g_clear_pointer (&sending->renewal, bmn_http_request_free);
  g_clear_pointer (&sending->credentials, json_object_unref);
  g_clear_object (&sending->lock);
  g_free (sending);
}

static void send_request (GTask *task);

/* An error before the request itself was sent: nothing can have been accepted. */
static void
return_certain (GTask *task, GError *error)
{
  bmn_oauth2_make_certain (error);
  g_task_return_error (task, error);
}

/* Returns: whether the credentials could be read from @result, otherwise @task has ended */
static gboolean
take_credentials (GTask *task, BmnPlatformHost *host, GAsyncResult *result)
{
  BmnSending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  char *text = bmn_platform_host_load_credentials_finish (host, result, &error);
  g_clear_pointer (&sending->credentials, json_object_unref);
  if (text)
    sending->credentials = bmn_oauth2_credentials_parse (text, &error);
  bmn_oauth2_wipe (text);
  if (error)
    g_task_return_error (task, error);
  return sending->credentials != NULL;
}

/*
 * Renewing.
 */

static void
on_renewed_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_clear_object (&sending->lock);
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    send_request (task);
  else
    g_task_return_error (task, error);
}

static void
on_renewal_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  BmnPlatform *self = g_task_get_source_object (task);
  BmnPlatformHost *host = bmn_platform_get_host (self);
  GError *error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  g_autoptr (JsonNode) node
      = response ? bmn_oauth2_parse_answer (sending->renewal, response, &error) : NULL;
  if (!node
      || !bmn_oauth2_credentials_take_tokens (sending->credentials, bmn_json_node_object (node),
                                              bmn_platform_host_now (host), &error))
    {
      g_clear_object (&sending->lock);
      /* Whatever the server's words: only a new sign-in gives a new refresh token. */
      if (g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED))
        error->code = BMN_PLATFORM_ERROR_AUTH_EXPIRED;
      return_certain (task, error);
      return;
    }
  char *text = bmn_oauth2_credentials_to_text (sending->credentials);
  bmn_platform_host_save_credentials_async (host, text, g_task_get_cancellable (task),
                                            on_renewed_saved, g_object_ref (task));
  bmn_oauth2_wipe (text);
}

static void
renew (GTask *task)
{
  BmnOAuth2Platform *self = g_task_get_source_object (task);
  BmnSending *sending = g_task_get_task_data (task);
  JsonObject *credentials = sending->credentials;
  const char *secret = bmn_json_get_string (credentials, BMN_OAUTH2_CLIENT_SECRET);
  g_autoptr (GHashTable) params = bmn_oauth2_params_new (
      "grant_type", "refresh_token", "refresh_token",
      bmn_json_get_string (credentials, BMN_OAUTH2_REFRESH_TOKEN), "client_id",
      bmn_json_get_string (credentials, BMN_OAUTH2_CLIENT_ID), "client_secret", secret, NULL);
  BmnHttpRequest *request = bmn_oauth2_token_request (
      self, bmn_json_get_string (credentials, BMN_OAUTH2_TOKEN_URL), params, credentials);
  request->priority = sending->request->priority;
  sending->renewal = bmn_http_request_copy (request);
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (self)), request,
                              g_task_get_cancellable (task), on_renewal_answered,
                              g_object_ref (task));
}

static void
on_reloaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  g_autofree char *before
      = g_strdup (bmn_json_get_string (sending->credentials, BMN_OAUTH2_ACCESS_TOKEN));
  if (!take_credentials (task, BMN_PLATFORM_HOST (source), result))
    return;
  const char *now = bmn_json_get_string (sending->credentials, BMN_OAUTH2_ACCESS_TOKEN);
  if (g_strcmp0 (before, now) == 0)
    {
      renew (task);
      return;
    }
  /* Another process was faster. */
  g_clear_object (&sending->lock);
  send_request (task);
}

static void
on_locked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  BmnPlatformHost *host = BMN_PLATFORM_HOST (source);
  GError *error = NULL;
  sending->lock = bmn_platform_host_lock_credentials_finish (host, result, &error);
  if (sending->lock)
    bmn_platform_host_load_credentials_async (host, g_task_get_cancellable (task), on_reloaded,
                                              g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
lock_and_renew (GTask *task)
{
  BmnPlatform *self = g_task_get_source_object (task);
  BmnSending *sending = g_task_get_task_data (task);
  sending->renewed = TRUE;
  bmn_platform_host_lock_credentials_async (
      bmn_platform_get_host (self), g_task_get_cancellable (task), on_locked, g_object_ref (task));
}

static gboolean
is_renewable (const BmnSending *sending)
{
  return !sending->renewed && bmn_json_get_string (sending->credentials, BMN_OAUTH2_REFRESH_TOKEN)
         && bmn_json_get_string (sending->credentials, BMN_OAUTH2_CLIENT_ID)
         && bmn_json_get_string (sending->credentials, BMN_OAUTH2_TOKEN_URL);
}

/*
 * Sending.
 */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  if (!response)
    g_task_return_error (task, error);
  else if (response->status == UNAUTHORIZED && is_renewable (sending))
    lock_and_renew (task);
  else
    g_task_return_pointer (task, g_steal_pointer (&response),
                           (GDestroyNotify)bmn_http_response_free);
}

static void
send_request (GTask *task)
{
  BmnOAuth2Platform *self = g_task_get_source_object (task);
  BmnSending *sending = g_task_get_task_data (task);
  BmnHttpRequest *request = bmn_http_request_copy (sending->request);
  BMN_OAUTH2_PLATFORM_GET_CLASS (self)->decorate_request (self, request, sending->credentials);
  bmn_http_client_send_async (bmn_platform_get_http (BMN_PLATFORM (self)), request,
                              g_task_get_cancellable (task), on_answered, g_object_ref (task));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSending *sending = g_task_get_task_data (task);
  BmnPlatformHost *host = BMN_PLATFORM_HOST (source);
  gint64 ends_at;
  if (!take_credentials (task, host, result))
    return;
  if (is_renewable (sending)
      && bmn_json_get_int (sending->credentials, BMN_OAUTH2_EXPIRES_AT, &ends_at)
      && ends_at - EXPIRY_MARGIN <= bmn_platform_host_now (host))
    lock_and_renew (task);
  else
    send_request (task);
}

void
bmn_oauth2_platform_send_async (BmnOAuth2Platform *self,
                                BmnHttpRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_oauth2_platform_send_async);
  /* What a cancelled request means depends on what was sent: the HTTP client knows. */
  g_task_set_check_cancellable (task, FALSE);
  BmnSending *sending = g_new0 (BmnSending, 1);
  sending->request = request;
  request->account_id = bmn_platform_get_account (BMN_PLATFORM (self))->id;
  g_task_set_task_data (task, sending, (GDestroyNotify)sending_free);
  bmn_platform_host_load_credentials_async (bmn_platform_get_host (BMN_PLATFORM (self)),
                                            cancellable, on_loaded, g_object_ref (task));
}

BmnHttpResponse *
bmn_oauth2_platform_send_finish (BmnOAuth2Platform *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
