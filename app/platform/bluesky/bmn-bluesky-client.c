#include "bmn-bluesky-client-private.h"
#include "bmn-bluesky-refresh-private.h"

struct _BmnBlueskyClient
{
  GObject parent_instance;
  BmnXrpcSender *sender;              /* (owned) */
  BmnPlatformHost *host;              /* (owned) */
  char *service;                      /* (owned) */
  BmnBlueskyCredentials *credentials; /* (owned) (nullable) until the first call */
};

G_DEFINE_FINAL_TYPE (BmnBlueskyClient, bmn_bluesky_client, G_TYPE_OBJECT)

typedef struct
{
  BmnHttpRequest *request; /* (owned) */
  char *access;            /* (owned) (nullable) the token of the latest sending */
  gboolean refreshed;
} Call;

static void
call_free (Call *call)
{
  bmn_http_request_free (call->request);
  bmn_wipe (call->access);
  g_free (call);
}

static void
bmn_bluesky_client_finalize (GObject *object)
{
  BmnBlueskyClient *self = BMN_BLUESKY_CLIENT (object);
  g_clear_object (&self->sender);
  g_clear_object (&self->host);
  g_free (self->service);
  g_clear_pointer (&self->credentials, bmn_bluesky_credentials_free);
  G_OBJECT_CLASS (bmn_bluesky_client_parent_class)->finalize (object);
}

static void
bmn_bluesky_client_class_init (BmnBlueskyClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_bluesky_client_finalize;
}

static void
bmn_bluesky_client_init (BmnBlueskyClient *self)
{
}

BmnBlueskyClient *
bmn_bluesky_client_new (BmnHttpClient *http,
                        BmnPlatformHost *host,
                        const char *service,
                        gint64 account_id)
{
  BmnBlueskyClient *self = g_object_new (BMN_TYPE_BLUESKY_CLIENT, NULL);
  self->sender = bmn_xrpc_sender_new (http, account_id);
  self->host = g_object_ref (host);
  self->service = g_strdup (service);
  return self;
}

const char *
bmn_bluesky_client_get_service (BmnBlueskyClient *self)
{
  return self->service;
}

BmnXrpcSender *
bmn_bluesky_client_get_sender (BmnBlueskyClient *self)
{
  return self->sender;
}

const BmnBlueskyCredentials *
bmn_bluesky_client_get_credentials (BmnBlueskyClient *self)
{
  return self->credentials;
}

static void
take_credentials (BmnBlueskyClient *self, BmnBlueskyCredentials *credentials)
{
  g_clear_pointer (&self->credentials, bmn_bluesky_credentials_free);
  self->credentials = credentials;
}

static void send_call (GTask *task);

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBlueskyClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  BmnBlueskyCredentials *credentials = bmn_bluesky_refresh_finish (result, &error);
  if (!credentials)
    {
      /* Another sign-in may have replaced them by the next call. */
      g_clear_pointer (&self->credentials, bmn_bluesky_credentials_free);
      g_task_return_error (task, error);
      return;
    }
  take_credentials (self, credentials);
  send_call (task);
}

/* A token that is refused was not used for anything: the call can be sent again. */
static gboolean
is_stale (const BmnXrpcReply *reply)
{
  return bmn_xrpc_reply_is (reply, "ExpiredToken") || bmn_xrpc_reply_is (reply, "InvalidToken")
         || bmn_xrpc_reply_is (reply, "invalid_token");
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBlueskyClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  GError *error = NULL;
  BmnXrpcReply *reply = bmn_xrpc_sender_send_finish (BMN_XRPC_SENDER (source), result, &error);
  if (!reply)
    g_task_return_error (task, error);
  else if (is_stale (reply) && !call->refreshed)
    {
      bmn_xrpc_reply_free (reply);
      call->refreshed = TRUE;
      bmn_bluesky_refresh_async (self->host, self->sender, self->service, call->access,
                                 g_task_get_cancellable (task), on_refreshed, g_object_ref (task));
    }
  else
    g_task_return_pointer (task, reply, (GDestroyNotify)bmn_xrpc_reply_free);
}

static void
send_call (GTask *task)
{
  BmnBlueskyClient *self = g_task_get_source_object (task);
  Call *call = g_task_get_task_data (task);
  bmn_wipe (call->access);
  call->access = g_strdup (self->credentials->access);
  bmn_xrpc_sender_send_async (self->sender, bmn_http_request_copy (call->request), call->access,
                              self->credentials->dpop_key, g_task_get_cancellable (task),
                              on_answered, g_object_ref (task));
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnBlueskyClient *self = g_task_get_source_object (task);
  GError *error = NULL;
  char *text
      = bmn_platform_host_load_credentials_finish (BMN_PLATFORM_HOST (source), result, &error);
  BmnBlueskyCredentials *credentials = text ? bmn_bluesky_credentials_parse (text, &error) : NULL;
  bmn_wipe (text);
  if (!credentials)
    {
      g_task_return_error (task, error);
      return;
    }
  take_credentials (self, credentials);
  send_call (task);
}

void
bmn_bluesky_client_call_async (BmnBlueskyClient *self,
                               BmnHttpRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_bluesky_client_call_async);
  g_task_set_check_cancellable (task, FALSE);
  Call *call = g_new0 (Call, 1);
  call->request = request;
  g_task_set_task_data (task, call, (GDestroyNotify)call_free);
  if (self->credentials)
    send_call (task);
  else
    bmn_platform_host_load_credentials_async (self->host, cancellable, on_loaded,
                                              g_object_ref (task));
}

BmnXrpcReply *
bmn_bluesky_client_call_finish (BmnBlueskyClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
