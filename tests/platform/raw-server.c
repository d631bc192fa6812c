#include "raw-server.h"

#include <string.h>
#include <sys/socket.h>

struct _RawServer
{
  GSocketService *service; /* (owned) */
  RawServeFunc serve;
  gpointer data;
  guint16 port;
  guint n_connections;
  guint n_requests;
};

static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        RawServer *server)
{
  guint n = (guint)g_atomic_int_add ((int *)&server->n_connections, 1) + 1;
  server->serve (server, G_IO_STREAM (connection), n);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

RawServer *
raw_server_new (RawServeFunc serve, gpointer data)
{
  RawServer *server = g_new0 (RawServer, 1);
  g_autoptr (GError) error = NULL;
  server->serve = serve;
  server->data = data;
  server->service = g_threaded_socket_service_new (16);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) bound = NULL;
  g_socket_listener_add_address (G_SOCKET_LISTENER (server->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (server->service, "run", G_CALLBACK (on_run), server);
  g_socket_service_start (server->service);
  return server;
}

void
raw_server_free (RawServer *server)
{
  g_socket_service_stop (server->service);
  g_socket_listener_close (G_SOCKET_LISTENER (server->service));
  g_object_unref (server->service);
  g_free (server);
}

guint16
raw_server_port (RawServer *server)
{
  return server->port;
}

char *
raw_server_url (RawServer *server, const char *path)
{
  return g_strdup_printf ("http://127.0.0.1:%u%s", server->port, path);
}

gpointer
raw_server_data (RawServer *server)
{
  return server->data;
}

guint
raw_server_n_requests (RawServer *server)
{
  return (guint)g_atomic_int_get ((int *)&server->n_requests);
}

guint
raw_server_n_connections (RawServer *server)
{
  return (guint)g_atomic_int_get ((int *)&server->n_connections);
}

/* Returns: how many bytes the request that begins in @text has; 0 where it is not there yet */
static gsize
request_length (const char *text)
{
  const char *end = strstr (text, "\r\n\r\n");
  if (!end)
    return 0;
  gsize length = end + 4 - text;
  g_autofree char *head = g_strndup (text, length);
  g_autofree char *lower = g_ascii_strdown (head, -1);
  const char *header = strstr (lower, "\r\ncontent-length: ");
  if (header)
    length += g_ascii_strtoull (header + 18, NULL, 10);
  return length;
}

char *
raw_read_request (RawServer *server, GIOStream *connection)
{
  GInputStream *input = g_io_stream_get_input_stream (connection);
  g_autoptr (GString) text = g_string_new (NULL);
  for (;;)
    {
      gsize whole = request_length (text->str);
      if (whole > 0 && text->len >= whole)
        break;
      char buffer[4096];
      gssize n = g_input_stream_read (input, buffer, sizeof buffer, NULL, NULL);
      if (n <= 0)
        return NULL;
      g_string_append_len (text, buffer, n);
    }
  g_atomic_int_inc ((int *)&server->n_requests);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

void
raw_write (GIOStream *connection, const char *text)
{
  GOutputStream *output = g_io_stream_get_output_stream (connection);
  g_output_stream_write_all (output, text, strlen (text), NULL, NULL, NULL);
}

void
raw_reset (GIOStream *connection)
{
  GSocket *socket = g_socket_connection_get_socket (G_SOCKET_CONNECTION (connection));
  const struct linger at_once = { 1, 0 };
  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_io_stream_close (connection, NULL, NULL);
}
