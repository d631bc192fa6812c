#include "bmn-account-health.h"
#include "bmn-bluesky-private.h"
#include "bmn-bluesky-sign-in-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

static void
on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  GError *error = NULL;
  g_autoptr (BmnBlueskyIdentity) identity = bmn_bluesky_sign_in_finish (result, &error);
  if (!identity)
    {
      g_task_return_error (task, error);
      return;
    }
  bmn_account_set_setting (account, "did", identity->did);
  bmn_account_set_setting (account, "pds", identity->pds);
  g_free (account->handle);
  account->handle
      = identity->handle ? g_strconcat ("@", identity->handle, NULL) : g_strdup (identity->did);
  bmn_bluesky_drop_client (self);
  g_task_return_boolean (task, TRUE);
}

void
bmn_bluesky_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  bmn_account_set_setting (bmn_platform_get_account (platform), "no-link-cards",
                           g_hash_table_lookup (inputs, "no-link-cards"));
  bmn_bluesky_sign_in_async (bmn_platform_get_http (platform), bmn_platform_get_host (platform),
                             inputs, g_task_get_cancellable (task), on_signed_in,
                             g_object_ref (task));
}

static void
on_credentials_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_platform_host_remove_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* A server that cannot be told now forgets the session by itself some day; the keyring must
 * not keep it until then. */
static void
on_session_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnPlatform *platform = g_task_get_source_object (task);
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, NULL);
  bmn_platform_host_remove_credentials_async (bmn_platform_get_host (platform), NULL,
                                              on_credentials_removed, g_object_ref (task));
}

static void
on_credentials_for_sign_out (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnBlueskyClient *client = bmn_bluesky_get_client (self, NULL);
  char *text = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, NULL);
  g_autoptr (BmnBlueskyCredentials) credentials
      = text ? bmn_bluesky_credentials_parse (text, NULL) : NULL;
  bmn_wipe (text);
  BmnHttpRequest *request = NULL;
  if (credentials && client && !credentials->dpop_key)
    request = bmn_xrpc_procedure (bmn_bluesky_client_get_service (client),
                                  "com.atproto.server.deleteSession", "sign-out", NULL);
  else if (credentials && client && credentials->revocation_endpoint)
    {
      char *form = soup_form_encode ("token", credentials->refresh, "client_id",
                                     credentials->client_id, NULL);
      request = bmn_http_request_new ("POST", credentials->revocation_endpoint, "sign-out");
      bmn_http_request_take_body (request, SOUP_FORM_MIME_TYPE_URLENCODED,
                                  g_bytes_new_take (form, strlen (form)));
    }
  if (request)
    bmn_xrpc_sender_send_async (bmn_bluesky_client_get_sender (client), request,
                                credentials->dpop_key ? NULL : credentials->refresh,
                                credentials->dpop_key, g_task_get_cancellable (task),
                                on_session_ended, g_object_ref (task));
  else
    bmn_platform_host_remove_credentials_async (BMN_PLATFORM_HOST (source), NULL,
                                                on_credentials_removed, g_object_ref (task));
}

void
bmn_bluesky_sign_out (BmnPlatform *platform, GTask *task)
{
  bmn_platform_host_load_credentials_async (bmn_platform_get_host (platform),
                                            g_task_get_cancellable (task),
                                            on_credentials_for_sign_out, g_object_ref (task));
}

static void
on_session_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBluesky *self = g_task_get_source_object (task);
  BmnBlueskyClient *client = BMN_BLUESKY_CLIENT (source);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply = bmn_bluesky_client_call_finish (client, result, &error);
  JsonObject *answer = reply ? bmn_xrpc_reply_get_object (reply, &error) : NULL;
  if (!answer)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_strcmp0 (bmn_json_get_string (answer, "did"), bmn_bluesky_get_did (self)) != 0)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                               _ ("The server takes us for another account. Sign in again."));
      return;
    }
  const char *name = bmn_json_get_string (answer, "handle");
  g_autofree char *handle = name ? g_strconcat ("@", name, NULL) : NULL;
  const BmnBlueskyCredentials *credentials = bmn_bluesky_client_get_credentials (client);
  g_task_return_pointer (
      task, bmn_account_health_new (handle, bmn_bluesky_credentials_get_end (credentials)),
      (GDestroyNotify)bmn_account_health_free);
}

void
bmn_bluesky_check (BmnPlatform *platform, GTask *task)
{
  BmnBlueskyClient *client = bmn_bluesky_take_client (platform, task);
  if (client)
    bmn_bluesky_client_call_async (client,
                                   bmn_xrpc_query (bmn_bluesky_client_get_service (client),
                                                   "com.atproto.server.getSession", "check", NULL),
                                   g_task_get_cancellable (task), on_session_checked,
                                   g_object_ref (task));
}
