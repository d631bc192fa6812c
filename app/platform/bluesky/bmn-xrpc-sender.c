#include "bmn-xrpc-sender-private.h"
#include "bmn-bluesky-credentials-private.h"
#include "bmn-dpop-key-private.h"

struct _BmnXrpcSender
{
  GObject parent_instance;
  BmnHttpClient *http; /* (owned) */
  gint64 account_id;
  GHashTable *nonces; /* (owned) (element-type utf8 utf8): origin → its latest nonce */
};

G_DEFINE_FINAL_TYPE (BmnXrpcSender, bmn_xrpc_sender, G_TYPE_OBJECT)

/* One request under way. */
typedef struct
{
  BmnHttpRequest *request; /* (owned) without credentials */
  char *token;             /* (owned) (nullable) */
  BmnDpopKey *key;         /* (owned) (nullable) */
  char *origin;            /* (owned) */
  gboolean repeated;
} Sending;

static void
sending_free (Sending *sending)
{
  bmn_http_request_free (sending->request);
  bmn_wipe (sending->token);
  g_clear_pointer (&sending->key, bmn_dpop_key_free);
  g_free (sending->origin);
  g_free (sending);
}

static void
bmn_xrpc_sender_finalize (GObject *object)
{
  BmnXrpcSender *self = BMN_XRPC_SENDER (object);
  g_clear_object (&self->http);
  g_hash_table_unref (self->nonces);
  G_OBJECT_CLASS (bmn_xrpc_sender_parent_class)->finalize (object);
}

static void
bmn_xrpc_sender_class_init (BmnXrpcSenderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_xrpc_sender_finalize;
}

static void
bmn_xrpc_sender_init (BmnXrpcSender *self)
{
  self->nonces = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

BmnXrpcSender *
bmn_xrpc_sender_new (BmnHttpClient *http, gint64 account_id)
{
  BmnXrpcSender *self = g_object_new (BMN_TYPE_XRPC_SENDER, NULL);
  self->http = g_object_ref (http);
  self->account_id = account_id;
  return self;
}

/* Scheme, host and port of an address; nonces are the server's, not the page's. */
static char *
origin_of (const char *url)
{
  const char *host = strstr (url, "://");
  gsize length = host ? (gsize)(host - url) + 3 : 0;
  return g_strndup (url, length + strcspn (url + length, "/?#"));
}

/* Returns: %FALSE where the proof cannot be made */
static gboolean
add_credentials (BmnXrpcSender *self,
                 const Sending *sending,
                 BmnHttpRequest *request,
                 GError **error)
{
  if (sending->token)
    {
      g_autofree char *value
          = g_strconcat (sending->key ? "DPoP " : "Bearer ", sending->token, NULL);
      bmn_http_request_set_header (request, "Authorization", value);
    }
  if (!sending->key)
    return TRUE;
  g_autofree char *proof = bmn_dpop_key_prove (sending->key, request->method, request->url,
                                               g_hash_table_lookup (self->nonces, sending->origin),
                                               sending->token, g_get_real_time (), error);
  if (proof)
    bmn_http_request_set_header (request, "DPoP", proof);
  return proof != NULL;
}

static void send_once (GTask *task);

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnXrpcSender *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnHttpResponse) response
      = bmn_http_client_send_finish (BMN_HTTP_CLIENT (source), result, &error);
  if (!response)
    {
      g_task_return_error (task, error);
      return;
    }
  const char *nonce = bmn_http_response_get_header (response, "dpop-nonce");
  if (nonce)
    g_hash_table_replace (self->nonces, g_strdup (sending->origin), g_strdup (nonce));
  g_autoptr (BmnXrpcReply) reply = bmn_xrpc_reply_new (sending->request, response);
  if (nonce && sending->key && !sending->repeated && bmn_xrpc_reply_is (reply, "use_dpop_nonce"))
    {
      sending->repeated = TRUE;
      send_once (task);
      return;
    }
  g_task_return_pointer (task, g_steal_pointer (&reply), (GDestroyNotify)bmn_xrpc_reply_free);
}

static void
send_once (GTask *task)
{
  BmnXrpcSender *self = g_task_get_source_object (task);
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnHttpRequest) request = bmn_http_request_copy (sending->request);
  if (add_credentials (self, sending, request, &error))
    bmn_http_client_send_async (self->http, g_steal_pointer (&request),
                                g_task_get_cancellable (task), on_answered, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

void
bmn_xrpc_sender_send_async (BmnXrpcSender *self,
                            BmnHttpRequest *request,
                            const char *token,
                            const char *dpop_key,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_xrpc_sender_send_async);
  /* What a cancelled request means depends on what was sent: the HTTP client says it. */
  g_task_set_check_cancellable (task, FALSE);
  Sending *sending = g_new0 (Sending, 1);
  g_task_set_task_data (task, sending, (GDestroyNotify)sending_free);
  sending->request = request;
  sending->request->account_id = self->account_id;
  sending->token = g_strdup (token);
  sending->origin = origin_of (request->url);
  GError *error = NULL;
  if (dpop_key && !(sending->key = bmn_dpop_key_parse (dpop_key, &error)))
    g_task_return_error (task, error);
  else
    send_once (task);
}

BmnXrpcReply *
bmn_xrpc_sender_send_finish (BmnXrpcSender *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
