#include "bmn-http-client-private.h"
#include "bmn-http-exchange-private.h"
#include "bmn-platform-error.h"
#include "bmn-rate-limits-private.h"

#include <glib/gi18n-lib.h>

/* Publishing must find a connection free though syncs to the same server hang. */
#define MAX_CONNECTIONS 24
#define MAX_CONNECTIONS_PER_HOST 8
#define IDLE_SECONDS 30

struct _BmnHttpClient
{
  GObject parent_instance;
  SoupSession *session;  /* (owned) */
  BmnRateLimits *limits; /* (owned) */
  BmnHttpLedgerFunc ledger;
  gpointer ledger_data;
  GDestroyNotify ledger_destroy;
};

G_DEFINE_FINAL_TYPE (BmnHttpClient, bmn_http_client, G_TYPE_OBJECT)

static void
bmn_http_client_finalize (GObject *object)
{
  BmnHttpClient *self = BMN_HTTP_CLIENT (object);
  soup_session_abort (self->session);
  g_clear_object (&self->session);
  bmn_rate_limits_free (self->limits);
  if (self->ledger_destroy)
    self->ledger_destroy (self->ledger_data);
  G_OBJECT_CLASS (bmn_http_client_parent_class)->finalize (object);
}

static void
bmn_http_client_class_init (BmnHttpClientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_http_client_finalize;
}

/*
 * No jar for cookies, and no manager that would answer a 401 by sending the request again;
 * what is left of libsoup's features decodes compressed bodies. Time is ours to keep.
 */
static void
bmn_http_client_init (BmnHttpClient *self)
{
  self->limits = bmn_rate_limits_new ();
  self->session
      = g_object_new (SOUP_TYPE_SESSION, "max-conns", MAX_CONNECTIONS, "max-conns-per-host",
                      MAX_CONNECTIONS_PER_HOST, "timeout", 0, "idle-timeout", IDLE_SECONDS,
                      "user-agent", "Bellman/" BMN_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
}

BmnHttpClient *
bmn_http_client_new (BmnHttpLedgerFunc ledger, gpointer data, GDestroyNotify destroy)
{
  BmnHttpClient *self = g_object_new (BMN_TYPE_HTTP_CLIENT, NULL);
  self->ledger = ledger;
  self->ledger_data = data;
  self->ledger_destroy = destroy;
  return self;
}

void
bmn_http_client_set_tls_database (BmnHttpClient *self, GTlsDatabase *database)
{
  g_return_if_fail (BMN_IS_HTTP_CLIENT (self));
  soup_session_set_tls_database (self->session, database);
}

static void
learn (gpointer data, const BmnHttpRequest *request, const BmnHttpResponse *response)
{
  BmnHttpClient *self = data;
  g_autoptr (GUri) uri = bmn_http_parse_url (response->url);
  g_autofree char *host = bmn_http_host_of (uri);
  bmn_rate_limits_learn (self->limits, host, request->account_id, response, g_get_real_time ());
}

static void
record (gpointer data, const BmnLedgerEntry *entry)
{
  BmnHttpClient *self = data;
  if (self->ledger)
    self->ledger (entry, self->ledger_data);
}

static gboolean
has_credentials (const BmnHttpRequest *request)
{
  static const char *const names[]
      = { "authorization", "dpop", "cookie", "proxy-authorization", NULL };
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      g_autofree char *lower = g_ascii_strdown (name, -1);
      if (g_strv_contains (names, lower))
        return TRUE;
    }
  return FALSE;
}

/* A line end in a header or a method would be another header. */
static gboolean
has_line_ends (const BmnHttpRequest *request)
{
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (strpbrk (name, "\r\n: ") || strpbrk (value, "\r\n"))
      return TRUE;
  return request->content_type && strpbrk (request->content_type, "\r\n");
}

/* Returns: (nullable): why @request is not one that this client sends */
static const char *
find_fault (const BmnHttpRequest *request, GUri *uri)
{
  if (!uri)
    return _ ("This is not the address of a web server. Check it.");
  if (has_line_ends (request))
    return _ ("The account's credentials have characters that cannot be sent. Sign in again.");
  if (request->follow_redirects && (has_credentials (request) || request->creates))
    return _ ("A request with credentials never follows a redirect.");
  if (request->creates && g_str_equal (request->method, "PUT"))
    return _ ("Nothing is created by PUT, as it could be sent twice.");
  return NULL;
}

void
bmn_http_client_send_async (BmnHttpClient *self,
                            BmnHttpRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BMN_IS_HTTP_CLIENT (self));
  g_autoptr (BmnHttpRequest) owned = request;
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (GUri) uri = bmn_http_parse_url (request->url);
  g_task_set_source_tag (task, bmn_http_client_send_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  /* What a cancelled request means depends on what was sent, which GTask cannot know. */
  g_task_set_check_cancellable (task, FALSE);
  const char *fault = find_fault (request, uri);
  if (fault)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "%s", fault);
      return;
    }
  g_autofree char *host = bmn_http_host_of (uri);
  gint64 retry_at = bmn_rate_limits_admit (self->limits, host, request->account_id,
                                           request->priority, g_get_real_time ());
  if (retry_at > 0)
    {
      g_task_return_error (task, bmn_platform_error_new_rate_limited (
                                     retry_at, _ ("The server asked us to wait. Bellman tries "
                                                  "again by itself.")));
      return;
    }
  const BmnHttpHooks hooks = { learn, record, self };
  bmn_http_exchange_run (self->session, g_steal_pointer (&owned), &hooks, task);
}

BmnHttpResponse *
bmn_http_client_send_finish (BmnHttpClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
