#include "fake-wire.h"

#include <string.h>
#include <sys/socket.h>

#define CHUNK (1024 * 1024)

static void
copy_header (const char *name, const char *value, gpointer headers)
{
  soup_message_headers_append (headers, name, value);
}

void
fake_wire_send (FakeCall *call)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (call->message);
  soup_message_headers_foreach (call->headers, copy_header, headers);
  if (fake_config_has (&call->fake->config, FAKE_SWITCH_CLOSE_CONNECTIONS))
    soup_message_headers_replace (headers, "Connection", "close");
  SoupMessageBody *body = soup_server_message_get_response_body (call->message);
  if (g_bytes_get_size (call->body))
    soup_message_body_append_bytes (body, call->body);
  soup_message_body_complete (body);
  soup_server_message_set_status (call->message, call->status, NULL);
}

static gboolean
is_over (gpointer source, gpointer value, gpointer data)
{
  return g_source_is_destroyed (source);
}

void
fake_timer_add (
    BmnFakeMastodon *fake, guint ms, GSourceFunc func, gpointer data, GDestroyNotify destroy)
{
  GSource *source = g_timeout_source_new (ms);
  g_source_set_callback (source, func, data, destroy);
  g_source_attach (source, fake->context);
  g_hash_table_foreach_remove (fake->timers, is_over, NULL);
  g_hash_table_add (fake->timers, source);
}

void
fake_timers_clear (BmnFakeMastodon *fake)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer source;
  g_hash_table_iter_init (&iter, fake->timers);
  while (g_hash_table_iter_next (&iter, &source, NULL))
    g_ptr_array_add (sources, source);
  for (guint i = 0; i < sources->len; i++)
    g_source_destroy (sources->pdata[i]);
  g_hash_table_remove_all (fake->timers);
}

void
fake_wire_reset (FakeCall *call)
{
  struct linger now = { .l_onoff = 1, .l_linger = 0 };
  GSocketAddress *local = soup_server_message_get_local_address (call->message);
  GSocket *socket = local ? g_object_get_data (G_OBJECT (local), FAKE_WIRE_SOCKET) : NULL;
  g_autoptr (GSocket) kept = socket ? g_object_ref (socket) : NULL;
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (call->message);
  if (!kept)
    return;
  setsockopt (g_socket_get_fd (kept), SOL_SOCKET, SO_LINGER, &now, sizeof now);
  g_socket_close (kept, NULL);
}

void
fake_wire_close (FakeCall *call)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (call->message);
  g_io_stream_close (stream, NULL, NULL);
}

void
fake_wire_hold (FakeCall *call)
{
  g_ptr_array_add (call->fake->held, soup_server_message_steal_connection (call->message));
}

static void
append_header (const char *name, const char *value, gpointer head)
{
  g_string_append_printf (head, "%s: %s\r\n", name, value);
}

/* The head of the answer; @length < 0 announces chunks. @closing says that the connection will
 * end: libsoup then takes a short body for a whole one. */
static GString *
head_new (FakeCall *call, gssize length, gboolean closing)
{
  GString *head = g_string_new (NULL);
  g_string_append_printf (head, "HTTP/1.1 %u %s\r\n", call->status,
                          soup_status_get_phrase (call->status));
  soup_message_headers_foreach (call->headers, append_header, head);
  if (length < 0)
    g_string_append (head, "Transfer-Encoding: chunked\r\n");
  else
    g_string_append_printf (head, "Content-Length: %" G_GSSIZE_FORMAT "\r\n", length);
  if (closing)
    g_string_append (head, "Connection: close\r\n");
  g_string_append (head, "\r\n");
  return head;
}

static GBytes *
answer_new (FakeCall *call, gsize body_bytes, gboolean closing)
{
  gsize length;
  const char *body = g_bytes_get_data (call->body, &length);
  GString *text = head_new (call, (gssize)length, closing);
  g_string_append_len (text, body, MIN (body_bytes, length));
  return g_string_free_to_bytes (text);
}

/* Bytes on their way to a connection that is ours; it is closed after them. */
typedef struct
{
  GIOStream *stream; /* (owned) */
  GBytes *bytes;     /* (owned) */
  gsize sent;
  gint64 chunks_left;
} Writer;

static Writer *
writer_new (FakeCall *call, GBytes *bytes)
{
  Writer *writer = g_new0 (Writer, 1);
  writer->stream = soup_server_message_steal_connection (call->message);
  writer->bytes = bytes;
  return writer;
}

static void
writer_free (gpointer data)
{
  Writer *writer = data;
  g_io_stream_close (writer->stream, NULL, NULL);
  g_object_unref (writer->stream);
  g_bytes_unref (writer->bytes);
  g_free (writer);
}

static void
on_all_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  writer_free (data);
}

void
fake_wire_cut (FakeCall *call, gint64 bytes)
{
  gboolean closing = fake_config_has (&call->fake->config, FAKE_SWITCH_CLOSE_CONNECTIONS);
  Writer *writer = writer_new (call, answer_new (call, (gsize)bytes, closing));
  gsize length;
  const void *data = g_bytes_get_data (writer->bytes, &length);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (writer->stream), data, length,
                                   G_PRIORITY_DEFAULT, NULL, on_all_written, writer);
}

static gboolean
on_drip (gpointer data)
{
  Writer *writer = data;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (writer->bytes, &length);
  GOutputStream *out = g_io_stream_get_output_stream (writer->stream);
  g_autoptr (GError) error = NULL;
  gssize n = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (out),
                                                         bytes + writer->sent, 1, NULL, &error);
  if (n > 0)
    writer->sent += n;
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_REMOVE;
  return writer->sent < length ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

void
fake_wire_drip (FakeCall *call, guint ms)
{
  Writer *writer = writer_new (call, answer_new (call, G_MAXSIZE, TRUE));
  fake_timer_add (call->fake, ms, on_drip, writer, writer_free);
}

static void
on_chunk_written (GObject *source, GAsyncResult *result, gpointer data)
{
  GOutputStream *out = G_OUTPUT_STREAM (source);
  Writer *writer = data;
  gsize length;
  if (!g_output_stream_write_all_finish (out, result, NULL, NULL))
    {
      writer_free (writer);
      return;
    }
  if (writer->chunks_left == 0)
    {
      g_output_stream_write_all_async (out, "0\r\n\r\n", 5, G_PRIORITY_DEFAULT, NULL,
                                       on_all_written, writer);
      return;
    }
  const void *chunk = g_bytes_get_data (writer->bytes, &length);
  writer->chunks_left--;
  g_output_stream_write_all_async (out, chunk, length, G_PRIORITY_DEFAULT, NULL, on_chunk_written,
                                   writer);
}

/* A chunk with its frame, made once and sent again and again. */
static GBytes *
zero_chunk (void)
{
  g_autofree char *size = g_strdup_printf ("%x\r\n", CHUNK);
  gsize before = strlen (size);
  char *chunk = g_malloc0 (before + CHUNK + 2);
  memcpy (chunk, size, before);
  memcpy (chunk + before + CHUNK, "\r\n", 2);
  return g_bytes_new_take (chunk, before + CHUNK + 2);
}

void
fake_wire_huge (FakeCall *call, gint64 mebibytes)
{
  Writer *writer = writer_new (call, zero_chunk ());
  GString *head = head_new (call, -1, TRUE);
  writer->chunks_left = mebibytes;
  g_object_set_data_full (G_OBJECT (writer->stream), "head", head->str, g_free);
  gsize length = head->len;
  g_output_stream_write_all_async (g_io_stream_get_output_stream (writer->stream),
                                   g_string_free (head, FALSE), length, G_PRIORITY_DEFAULT, NULL,
                                   on_chunk_written, writer);
}
