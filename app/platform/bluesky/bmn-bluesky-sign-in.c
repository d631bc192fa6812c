#include "bmn-bluesky-sign-in-private.h"
#include "bmn-account-health.h"
#include "bmn-bluesky-oauth-private.h"
#include "bmn-bluesky-refresh-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_SERVICE "https://bsky.social"

typedef struct
{
  BmnXrpcSender *sender;              /* (owned) */
  BmnPlatformHost *host;              /* (owned) */
  char *password;                     /* (owned) (nullable) where the browser is used */
  BmnBlueskyIdentity *identity;       /* (owned) (nullable) until found */
  BmnBlueskyCredentials *credentials; /* (owned) (nullable) */
} SignIn;

static void
sign_in_free (SignIn *sign_in)
{
  g_clear_object (&sign_in->sender);
  g_clear_object (&sign_in->host);
  bmn_wipe (sign_in->password);
  g_clear_pointer (&sign_in->identity, bmn_bluesky_identity_free);
  g_clear_pointer (&sign_in->credentials, bmn_bluesky_credentials_free);
  g_free (sign_in);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&sign_in->identity),
                           (GDestroyNotify)bmn_bluesky_identity_free);
  else
    g_task_return_error (task, error);
}

static void
save (GTask *task)
{
  SignIn *sign_in = g_task_get_task_data (task);
  gint64 ends_at = bmn_bluesky_credentials_get_end (sign_in->credentials);
  g_autofree char *fact = ends_at ? g_strdup_printf ("%" G_GINT64_FORMAT, ends_at) : NULL;
  bmn_platform_host_set_fact (sign_in->host, BMN_FACT_SESSION_ENDS_AT, fact);
  char *text = bmn_bluesky_credentials_to_string (sign_in->credentials);
  bmn_platform_host_save_credentials_async (sign_in->host, text, NULL, on_saved,
                                            g_object_ref (task));
  bmn_wipe (text);
}

static void
on_oauth (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  sign_in->credentials = bmn_bluesky_oauth_finish (result, &error);
  if (sign_in->credentials)
    save (task);
  else
    g_task_return_error (task, error);
}

/* What a refused password means differs from what a refused token means. */
static GError *
explain_refusal (const BmnXrpcReply *reply)
{
  if (bmn_xrpc_reply_is (reply, "AuthenticationRequired"))
    return g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                                _ ("The server does not accept this app password. Make a new one "
                                   "in the Bluesky app under Settings, Privacy and security."));
  if (bmn_xrpc_reply_is (reply, "AuthFactorTokenRequired"))
    return g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                                _ ("The server asks for a code by mail, as this is the account's "
                                   "main password. Use an app password instead."));
  return g_error_copy (reply->failure);
}

static void
on_session (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnXrpcReply) reply
      = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  if (reply && reply->failure)
    error = explain_refusal (reply);
  JsonObject *answer = error ? NULL : bmn_xrpc_reply_get_object (reply, &error);
  sign_in->credentials = g_new0 (BmnBlueskyCredentials, 1);
  sign_in->credentials->did = g_strdup (sign_in->identity->did);
  sign_in->credentials->password = g_steal_pointer (&sign_in->password);
  sign_in->credentials->signed_in_at = bmn_platform_host_now (sign_in->host);
  if (answer && bmn_bluesky_take_tokens (sign_in->credentials, answer, &error))
    save (task);
  else
    g_task_return_error (task, error);
}

static void
on_identity (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  SignIn *sign_in = g_task_get_task_data (task);
  GError *error = NULL;
  sign_in->identity = bmn_bluesky_identity_find_finish (result, &error);
  if (!sign_in->identity)
    {
      g_task_return_error (task, error);
      return;
    }
  const BmnBlueskyIdentity *identity = sign_in->identity;
  GCancellable *cancellable = g_task_get_cancellable (task);
  if (sign_in->password)
    bmn_xrpc_sender_send_async (
        sign_in->sender, bmn_bluesky_open_session (identity->pds, identity->did, sign_in->password),
        NULL, NULL, cancellable, on_session, g_object_ref (task));
  else
    bmn_bluesky_oauth_async (sign_in->sender, sign_in->host, identity, cancellable, on_oauth,
                             g_object_ref (task));
}

/* Returns: whether it is clear which of the two ways to go */
static gboolean
choose_way (GHashTable *inputs, GError **error)
{
  const char *password = g_hash_table_lookup (inputs, "app-password");
  const gboolean by_password = password && *password;
  const gboolean by_browser = g_hash_table_contains (inputs, "oauth");
  if (by_password != by_browser)
    return TRUE;
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                       _ ("Give either an app password, which lasts and suits posting on "
                          "schedule, or choose to sign in with the browser, which has to be done "
                          "again every two weeks."));
  return FALSE;
}

void
bmn_bluesky_sign_in_async (BmnHttpClient *http,
                           BmnPlatformHost *host,
                           GHashTable *inputs,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_sign_in_async);
  const char *service = g_hash_table_lookup (inputs, "service");
  const char *handle = g_hash_table_lookup (inputs, "handle");
  GError *error = NULL;
  g_autofree char *address = NULL;
  if (choose_way (inputs, &error))
    address
        = bmn_bluesky_service_normalize (service && *service ? service : DEFAULT_SERVICE, &error);
  if (!address)
    {
      g_task_return_error (task, error);
      return;
    }
  SignIn *sign_in = g_new0 (SignIn, 1);
  g_task_set_task_data (task, sign_in, (GDestroyNotify)sign_in_free);
  sign_in->sender = bmn_xrpc_sender_new (http, 0);
  sign_in->host = g_object_ref (host);
  if (!g_hash_table_contains (inputs, "oauth"))
    sign_in->password = g_strdup (g_hash_table_lookup (inputs, "app-password"));
  bmn_bluesky_identity_find_async (sign_in->sender, http, handle ? handle : "", address,
                                   cancellable, on_identity, g_object_ref (task));
}

BmnBlueskyIdentity *
bmn_bluesky_sign_in_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
