#include "bmn-http-exchange-private.h"
#include "bmn-platform-error.h"
#include "bmn-public-address-private.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_MAX_BODY (4 * 1024 * 1024)
#define DEFAULT_TIMEOUT 30
#define MAX_REDIRECTS 5
#define READ_CHUNK (32 * 1024)

/* Why we ended it ourselves. */
typedef enum
{
  STOP_NONE,
  STOP_TIMED_OUT,
  STOP_NOT_PUBLIC,
} BmnStop;

typedef struct
{
  SoupSession *session;    /* (owned) */
  BmnHttpRequest *request; /* (owned) */
  BmnHttpHooks hooks;
  GUri *uri;                 /* (owned): where the next or present request goes */
  SoupMessage *message;      /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned): ends what is under way, for whatever reason */
  GInputStream *stream;      /* (owned) (nullable) */
  GByteArray *body;          /* (owned) */
  GSource *timer;            /* (owned) */
  GCancellable *outer;       /* (owned) (nullable): the caller's */
  gulong outer_handler;
  gsize max_body;
  guint redirects;
  gint64 began;
  BmnStop stop;
  gboolean sent;
  gboolean proxied;
} BmnHttpExchange;

static void
exchange_free (BmnHttpExchange *exchange)
{
  if (exchange->timer)
    g_source_destroy (exchange->timer);
  g_clear_pointer (&exchange->timer, g_source_unref);
  g_cancellable_disconnect (exchange->outer, exchange->outer_handler);
  g_clear_object (&exchange->outer);
  if (exchange->message)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
  g_clear_object (&exchange->stream);
  g_clear_object (&exchange->cancellable);
  g_clear_object (&exchange->session);
  g_clear_pointer (&exchange->uri, g_uri_unref);
  g_byte_array_unref (exchange->body);
  bmn_http_request_free (exchange->request);
  g_free (exchange);
}

GUri *
bmn_http_parse_url (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (!uri
      || (!g_str_equal (g_uri_get_scheme (uri), "https")
          && !g_str_equal (g_uri_get_scheme (uri), "http"))
      || !g_uri_get_host (uri) || !*g_uri_get_host (uri) || g_uri_get_userinfo (uri))
    return NULL;
  return g_steal_pointer (&uri);
}

char *
bmn_http_host_of (GUri *uri)
{
  int port = g_uri_get_port (uri);
  if (port < 0)
    port = g_str_equal (g_uri_get_scheme (uri), "https") ? 443 : 80;
  return g_strdup_printf ("%s:%d", g_uri_get_host (uri), port);
}

/* Ledger */

static void
record (BmnHttpExchange *exchange)
{
  g_autofree char *host = bmn_http_host_of (exchange->uri);
  g_autoptr (BmnLedgerEntry) entry = bmn_ledger_entry_new (host, exchange->request->purpose);
  entry->account_id = exchange->request->account_id;
  entry->at = exchange->began;
  if (exchange->message)
    {
      SoupMessageMetrics *metrics = soup_message_get_metrics (exchange->message);
      entry->status = soup_message_get_status (exchange->message);
      if (metrics)
        {
          entry->bytes_sent = soup_message_metrics_get_request_header_bytes_sent (metrics)
                              + soup_message_metrics_get_request_body_bytes_sent (metrics);
          entry->bytes_received = soup_message_metrics_get_response_header_bytes_received (metrics)
                                  + soup_message_metrics_get_response_body_bytes_received (metrics);
        }
    }
  exchange->hooks.record (exchange->hooks.data, entry);
}

/* Endings */

static void
return_platform_error (GTask *task, BmnPlatformError code, const char *message)
{
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, code, "%s", message);
}

static void
return_unknown (GTask *task)
{
  return_platform_error (task, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
                         _ ("The connection ended before the server answered. It may or may not "
                            "have accepted the request."));
}

/* Nothing that could be understood came back, though something was sent. */
static void
return_bad_reply (GTask *task, const char *message)
{
  const BmnHttpExchange *exchange = g_task_get_task_data (task);
  if (exchange->request->creates)
    return_unknown (task);
  else
    return_platform_error (task, BMN_PLATFORM_ERROR_BAD_REPLY, message);
}

static void
return_not_public (GTask *task)
{
  return_platform_error (task, BMN_PLATFORM_ERROR_REJECTED,
                         _ ("The link leads to a private network and is not followed."));
}

static void
return_offline (GTask *task, const GError *cause)
{
  const BmnHttpExchange *exchange = g_task_get_task_data (task);
  const char *host = g_uri_get_host (exchange->uri);
  if (cause->domain == G_TLS_ERROR)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE,
                             /* Translators: %s is a server's name. */
                             _ ("“%s” cannot prove that it is the right server, so nothing was "
                                "sent. Check its address and this computer's clock."),
                             host);
  else
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE,
                             /* Translators: %s is a server's name. */
                             _ ("“%s” cannot be reached. Check the network connection."), host);
}

/*
 * The one place that decides what a failure means: by what was sent, and who ended it.
 * @cause: (nullable): %NULL where we ended it
 */
static void
fail (GTask *task, const GError *cause)
{
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  record (exchange);
  if (exchange->stop == STOP_NOT_PUBLIC)
    return_not_public (task);
  else if (exchange->sent && exchange->request->creates)
    return_unknown (task);
  else if (exchange->stop == STOP_TIMED_OUT)
    return_platform_error (task, BMN_PLATFORM_ERROR_TIMED_OUT,
                           _ ("The server did not answer in time. Try again later."));
  else if (g_cancellable_is_cancelled (exchange->outer))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, _ ("Cancelled"));
  else if (!exchange->sent)
    return_offline (task, cause);
  else
    return_bad_reply (task, _ ("The server's answer was cut short. Try again later."));
}

static void
stop (BmnHttpExchange *exchange, BmnStop reason)
{
  if (exchange->stop == STOP_NONE)
    exchange->stop = reason;
  g_cancellable_cancel (exchange->cancellable);
}

static gboolean
on_timeout (gpointer data)
{
  stop (data, STOP_TIMED_OUT);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer data)
{
  g_cancellable_cancel (data);
}

/* One request */

static void send_message (GTask *task);
static void look_before_sending (GTask *task);

static void
collect_header (const char *name, const char *value, gpointer data)
{
  GHashTable *headers = data;
  char *lower = g_ascii_strdown (name, -1);
  const char *before = g_hash_table_lookup (headers, lower);
  g_hash_table_replace (headers, lower,
                        before ? g_strconcat (before, ", ", value, NULL) : g_strdup (value));
}

static BmnHttpResponse *
take_response (BmnHttpExchange *exchange)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (exchange->message);
  BmnHttpResponse *response = g_new0 (BmnHttpResponse, 1);
  response->status = soup_message_get_status (exchange->message);
  response->headers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  soup_message_headers_foreach (headers, collect_header, response->headers);
  response->content_type = g_strdup (soup_message_headers_get_content_type (headers, NULL));
  response->body = g_byte_array_free_to_bytes (exchange->body);
  exchange->body = g_byte_array_new ();
  response->url = g_uri_to_string (exchange->uri);
  return response;
}

static gboolean
is_redirect (int status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND
         || status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT
         || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* Returns: (transfer full) (nullable): where @response sends us, if we may go there */
static GUri *
redirect_target (const BmnHttpExchange *exchange, const BmnHttpResponse *response)
{
  const char *location = bmn_http_response_get_header (response, "location");
  g_autofree char *absolute
      = location ? g_uri_resolve_relative (response->url, location, SOUP_HTTP_URI_FLAGS, NULL)
                 : NULL;
  g_autoptr (GUri) target = absolute ? bmn_http_parse_url (absolute) : NULL;
  if (!target
      || (g_str_equal (g_uri_get_scheme (exchange->uri), "https")
          && !g_str_equal (g_uri_get_scheme (target), "https")))
    return NULL;
  return g_steal_pointer (&target);
}

static void
follow (GTask *task, const BmnHttpResponse *response)
{
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  GUri *target = redirect_target (exchange, response);
  if (!target || exchange->redirects++ >= MAX_REDIRECTS)
    {
      g_clear_pointer (&target, g_uri_unref);
      return_bad_reply (task, _ ("The server sent us round in circles or to a place that we do "
                                 "not follow. Check the address."));
      return;
    }
  g_uri_unref (exchange->uri);
  exchange->uri = target;
  look_before_sending (task);
}

static void
finish_message (GTask *task)
{
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  g_autoptr (BmnHttpResponse) response = take_response (exchange);
  record (exchange);
  exchange->hooks.learn (exchange->hooks.data, exchange->request, response);
  if (exchange->request->follow_redirects && is_redirect (response->status))
    follow (task, response);
  else
    g_task_return_pointer (task, g_steal_pointer (&response),
                           (GDestroyNotify)bmn_http_response_free);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  if (!bytes)
    fail (task, error);
  else if (g_bytes_get_size (bytes) == 0)
    finish_message (task);
  else if (exchange->body->len + g_bytes_get_size (bytes) > exchange->max_body)
    {
      g_cancellable_cancel (exchange->cancellable);
      record (exchange);
      return_bad_reply (task, _ ("The server's answer is too large."));
    }
  else
    {
      g_byte_array_append (exchange->body, g_bytes_get_data (bytes, NULL),
                           g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (exchange->stream, READ_CHUNK, G_PRIORITY_DEFAULT,
                                       exchange->cancellable, on_read, g_steal_pointer (&task));
    }
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_clear_object (&exchange->stream);
  exchange->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (!exchange->stream)
    {
      fail (task, error);
      return;
    }
  g_input_stream_read_bytes_async (exchange->stream, READ_CHUNK, G_PRIORITY_DEFAULT,
                                   exchange->cancellable, on_read, g_steal_pointer (&task));
}

static void
on_starting (SoupMessage *message, BmnHttpExchange *exchange)
{
  exchange->sent = TRUE;
}

/*
 * A name may have another address by now than when we looked: what counts is where the
 * connection goes. At this moment nothing of the request was sent.
 */
static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  BmnHttpExchange *exchange)
{
  if ((event != G_SOCKET_CLIENT_CONNECTING && event != G_SOCKET_CLIENT_CONNECTED)
      || !G_IS_SOCKET_CONNECTION (connection) || exchange->proxied)
    return;
  g_autoptr (GSocketAddress) address
      = g_socket_connection_get_remote_address (G_SOCKET_CONNECTION (connection), NULL);
  if (!G_IS_INET_SOCKET_ADDRESS (address)
      || !bmn_address_is_public (
          g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address))))
    stop (exchange, STOP_NOT_PUBLIC);
}

static void
set_headers (SoupMessage *message, const BmnHttpRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);
  GHashTableIter iter;
  gpointer name, value;
  g_hash_table_iter_init (&iter, request->headers);
  while (g_hash_table_iter_next (&iter, &name, &value))
    soup_message_headers_replace (headers, name, value);
  if (request->body)
    soup_message_set_request_body_from_bytes (message, request->content_type, request->body);
}

static SoupMessagePriority
soup_priority (BmnHttpPriority priority)
{
  switch (priority)
    {
    case BMN_HTTP_PRIORITY_PUBLISH:
      return SOUP_MESSAGE_PRIORITY_VERY_HIGH;
    case BMN_HTTP_PRIORITY_SYNC:
      return SOUP_MESSAGE_PRIORITY_LOW;
    default:
      return SOUP_MESSAGE_PRIORITY_NORMAL;
    }
}

/*
 * libsoup sends an idempotent request again when a kept-alive connection turns out to be
 * dead. On a connection of its own no request can meet a dead one, so only plain reading
 * shares connections.
 */
static SoupMessageFlags
flags_for (const BmnHttpRequest *request)
{
  SoupMessageFlags flags = SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_COLLECT_METRICS;
  const gboolean only_reads
      = g_str_equal (request->method, "GET") || g_str_equal (request->method, "HEAD");
  if (!only_reads || request->creates || request->public_only)
    flags |= SOUP_MESSAGE_NEW_CONNECTION;
  return flags;
}

static void
send_message (GTask *task)
{
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  const BmnHttpRequest *request = exchange->request;
  if (exchange->message)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
  exchange->message = soup_message_new_from_uri (request->method, exchange->uri);
  soup_message_add_flags (exchange->message, flags_for (request));
  soup_message_set_priority (exchange->message, soup_priority (request->priority));
  set_headers (exchange->message, request);
  exchange->began = g_get_real_time ();
  exchange->sent = FALSE;
  g_signal_connect (exchange->message, "starting", G_CALLBACK (on_starting), exchange);
  if (request->public_only)
    g_signal_connect (exchange->message, "network-event", G_CALLBACK (on_network_event), exchange);
  soup_session_send_async (exchange->session, exchange->message, G_PRIORITY_DEFAULT,
                           exchange->cancellable, on_sent, g_object_ref (task));
}

/* Looking at the address of a public-only request */

static void
on_resolved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);
  gboolean all_public = TRUE;
  for (GList *l = addresses; l; l = l->next)
    all_public = all_public && bmn_address_is_public (l->data);
  g_resolver_free_addresses (addresses);
  if (!error && !all_public)
    stop (exchange, STOP_NOT_PUBLIC);
  if (error || !all_public)
    fail (task, error);
  else
    send_message (task);
}

/* Behind a proxy names are the proxy's to look up, and only it knows what it can reach. */
static void
on_proxies (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  g_auto (GStrv) proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, NULL);
  const char *host = g_uri_get_host (exchange->uri);
  exchange->proxied
      = proxies && proxies[0] && !g_strv_contains ((const char *const *)proxies, "direct://");
  if (exchange->proxied && !g_hostname_is_ip_address (host))
    {
      send_message (task);
      return;
    }
  g_autoptr (GResolver) resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, host, exchange->cancellable, on_resolved,
                                   g_steal_pointer (&task));
}

static void
look_before_sending (GTask *task)
{
  BmnHttpExchange *exchange = g_task_get_task_data (task);
  if (!exchange->request->public_only)
    {
      send_message (task);
      return;
    }
  exchange->sent = FALSE;
  exchange->began = g_get_real_time ();
  if (exchange->message)
    g_signal_handlers_disconnect_by_data (exchange->message, exchange);
  g_clear_object (&exchange->message);
  g_autofree char *url = g_uri_to_string (exchange->uri);
  g_proxy_resolver_lookup_async (g_proxy_resolver_get_default (), url, exchange->cancellable,
                                 on_proxies, g_object_ref (task));
}

void
bmn_http_exchange_run (SoupSession *session,
                       BmnHttpRequest *request,
                       const BmnHttpHooks *hooks,
                       GTask *task)
{
  BmnHttpExchange *exchange = g_new0 (BmnHttpExchange, 1);
  exchange->session = g_object_ref (session);
  exchange->request = request;
  exchange->hooks = *hooks;
  exchange->uri = bmn_http_parse_url (request->url);
  exchange->cancellable = g_cancellable_new ();
  exchange->body = g_byte_array_new ();
  exchange->max_body = request->max_body > 0 ? request->max_body : DEFAULT_MAX_BODY;
  g_task_set_task_data (task, exchange, (GDestroyNotify)exchange_free);

  exchange->timer
      = g_timeout_source_new_seconds (request->timeout > 0 ? request->timeout : DEFAULT_TIMEOUT);
  g_source_set_callback (exchange->timer, on_timeout, exchange, NULL);
  g_source_attach (exchange->timer, g_main_context_get_thread_default ());
  if (g_task_get_cancellable (task))
    {
      exchange->outer = g_object_ref (g_task_get_cancellable (task));
      exchange->outer_handler
          = g_cancellable_connect (exchange->outer, G_CALLBACK (on_outer_cancelled),
                                   g_object_ref (exchange->cancellable), g_object_unref);
    }
  look_before_sending (task);
}
