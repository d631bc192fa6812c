#include "bmn-oauth2-listener-private.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>

struct _BmnOAuth2Listener
{
  GObject parent_instance;
  SoupServer *server; /* (owned) (nullable) */
  char *path;         /* (owned) */
  char *uri;          /* (owned) */
  GHashTable *query;  /* (owned) (nullable) what came */
  gboolean used;
  GTask *task;        /* (owned) (nullable) who waits */
  GSource *timer;     /* (owned) (nullable) */
  GSource *canceller; /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (BmnOAuth2Listener, bmn_oauth2_listener, G_TYPE_OBJECT)

static void
close_server (BmnOAuth2Listener *self)
{
  if (self->server)
    soup_server_disconnect (self->server);
  g_clear_object (&self->server);
}

/* Returns: (transfer full): the one who waits, who is no longer waiting */
static GTask *
stop_waiting (BmnOAuth2Listener *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  if (self->timer)
    g_source_destroy (self->timer);
  g_clear_pointer (&self->timer, g_source_unref);
  if (self->canceller)
    g_source_destroy (self->canceller);
  g_clear_pointer (&self->canceller, g_source_unref);
  return g_steal_pointer (&task);
}

static void
bmn_oauth2_listener_finalize (GObject *object)
{
  BmnOAuth2Listener *self = BMN_OAUTH2_LISTENER (object);
  close_server (self);
  g_free (self->path);
  g_free (self->uri);
  g_clear_pointer (&self->query, g_hash_table_unref);
  G_OBJECT_CLASS (bmn_oauth2_listener_parent_class)->finalize (object);
}

static void
bmn_oauth2_listener_class_init (BmnOAuth2ListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_oauth2_listener_finalize;
}

static void
bmn_oauth2_listener_init (BmnOAuth2Listener *self)
{
}

static void
return_query (BmnOAuth2Listener *self)
{
  g_autoptr (GTask) task = stop_waiting (self);
  g_task_return_pointer (task, g_steal_pointer (&self->query), (GDestroyNotify)g_hash_table_unref);
}

/* The page is closed by the user: a script that did it would need a page that runs scripts. */
static void
set_page (SoupServerMessage *message)
{
  const char *title = _ ("Bellman has the answer");
  const char *text = _ ("You can close this page and go back to Bellman.");
  g_autofree char *page
      = g_markup_printf_escaped ("<!doctype html><html><head><meta charset=\"utf-8\">"
                                 "<meta name=\"viewport\" content=\"width=device-width\">"
                                 "<title>%s</title></head>"
                                 "<body><h1>%s</h1><p>%s</p></body></html>",
                                 title, title, text);
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  soup_message_headers_append (headers, "Cache-Control", "no-store");
  soup_message_headers_append (headers, "Referrer-Policy", "no-referrer");
  soup_message_headers_append (headers, "Content-Security-Policy", "default-src 'none'");
  soup_message_headers_append (headers, "Connection", "close");
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  soup_server_message_set_response (message, "text/html; charset=utf-8", SOUP_MEMORY_COPY, page,
                                    strlen (page));
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  BmnOAuth2Listener *self = data;
  if (self->used || !g_str_equal (path, self->path)
      || soup_server_message_get_method (message) != SOUP_METHOD_GET)
    {
      soup_server_message_set_status (message, SOUP_STATUS_NOT_FOUND, NULL);
      return;
    }
  self->used = TRUE;
  self->query = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer name, value;
  if (query)
    {
      g_hash_table_iter_init (&iter, query);
      while (g_hash_table_iter_next (&iter, &name, &value))
        g_hash_table_insert (self->query, g_strdup (name), g_strdup (value));
    }
  set_page (message);
}

/* The page has left now, so the port can be closed. */
static void
on_finished (SoupServer *server, SoupServerMessage *message, gpointer data)
{
  BmnOAuth2Listener *self = data;
  if (self->query && self->task)
    return_query (self);
}

BmnOAuth2Listener *
bmn_oauth2_listener_new (GError **error)
{
  g_autoptr (BmnOAuth2Listener) self = g_object_new (BMN_TYPE_OAUTH2_LISTENER, NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  self->path = g_strconcat ("/", uuid, NULL);
  self->server = soup_server_new ("server-header", NULL, NULL);
  if (!soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, error))
    return NULL;
  GSList *uris = soup_server_get_uris (self->server);
  self->uri = g_strdup_printf ("http://127.0.0.1:%d%s", g_uri_get_port (uris->data), self->path);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  g_signal_connect (self->server, "request-finished", G_CALLBACK (on_finished), self);
  return g_steal_pointer (&self);
}

const char *
bmn_oauth2_listener_get_uri (BmnOAuth2Listener *self)
{
  return self->uri;
}

static gboolean
on_timeout (gpointer data)
{
  BmnOAuth2Listener *self = data;
  g_autoptr (GTask) task = stop_waiting (self);
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT,
                           _ ("The sign-in was not finished in the browser. Try again."));
  return G_SOURCE_REMOVE;
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  BmnOAuth2Listener *self = data;
  g_autoptr (GTask) task = stop_waiting (self);
  g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

void
bmn_oauth2_listener_wait_async (BmnOAuth2Listener *self,
                                guint timeout,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (self->task == NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->task, bmn_oauth2_listener_wait_async);
  if (self->query)
    {
      return_query (self);
      return;
    }
  self->timer = g_timeout_source_new_seconds (timeout);
  g_source_set_callback (self->timer, on_timeout, self, NULL);
  if (cancellable)
    {
      self->canceller = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->canceller, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->canceller, g_main_context_get_thread_default ());
    }
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

GHashTable *
bmn_oauth2_listener_wait_finish (BmnOAuth2Listener *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
