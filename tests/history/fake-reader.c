#include "fake-reader.h"

#include "bmn-error.h"

struct _FakeReader
{
  BmnPlatform parent_instance;

  FakeServer *server; /* not owned */
};

static void fake_reader_init_reader (BmnPlatformReaderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeReader,
                               fake_reader,
                               BMN_TYPE_PLATFORM,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_READER,
                                                      fake_reader_init_reader))

static void
fake_post_free (FakePost *post)
{
  g_free (post->id);
  g_free (post);
}

FakeServer *
fake_server_new (void)
{
  FakeServer *server = g_new0 (FakeServer, 1);
  server->posts = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_post_free);
  server->page_size = 10;
  server->lists_counts = TRUE;
  server->followers = 42;
  server->n_until_error = -1;
  return server;
}

void
fake_server_free (FakeServer *server)
{
  g_ptr_array_unref (server->posts);
  g_clear_error (&server->error);
  g_free (server);
}

FakePost *
fake_server_add (FakeServer *server, const char *id, gint64 published_at, gint64 likes)
{
  FakePost *post = g_new0 (FakePost, 1);
  post->id = g_strdup (id);
  post->published_at = published_at;
  post->likes = likes;
  g_ptr_array_add (server->posts, post);
  return post;
}

void
fake_server_add_many (FakeServer *server, guint n, gint64 newest)
{
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *id = g_strdup_printf ("p%u", i);
      fake_server_add (server, id, newest - (n - 1 - i) * G_TIME_SPAN_HOUR, i);
    }
}

static BmnHistoryPost *
make_post (FakeReader *self, const FakePost *post, gboolean counted)
{
  g_autofree char *text = g_strconcat ("Text of ", post->id, NULL);
  BmnHistoryPost *made = bmn_history_post_new (bmn_platform_get_account (BMN_PLATFORM (self))->id,
                                               post->id, text, post->published_at);
  if (counted)
    made->likes = post->likes;
  return made;
}

/* Returns: whether the call may be answered; else it was, with the error that was asked for */
static gboolean
may_answer (FakeReader *self, GTask *task)
{
  FakeServer *server = self->server;
  if (server->n_until_error < 0)
    return TRUE;
  if (server->n_until_error-- > 0)
    return TRUE;
  server->n_until_error = -1;
  if (server->cancel_at_error)
    {
      g_cancellable_cancel (server->cancel_at_error);
      g_task_return_error_if_cancelled (task);
    }
  else
    g_task_return_error (task, g_error_copy (server->error));
  return FALSE;
}

/* The place is the index below which the list goes on. */
static void
list_own (BmnPlatformReader *reader, const char *cursor, guint max, GTask *task)
{
  FakeReader *self = FAKE_READER (reader);
  FakeServer *server = self->server;
  gint64 at = cursor ? g_ascii_strtoll (cursor, NULL, 10) : server->posts->len;
  if (!may_answer (self, task))
    return;
  server->n_lists++;
  if (cursor && server->forgets_places)
    {
      server->forgets_places = FALSE;
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "No place");
      return;
    }
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  while (at > 0 && items->len < MIN (max, server->page_size))
    {
      const FakePost *post = server->posts->pdata[--at];
      if (!post->deleted)
        g_ptr_array_add (items, make_post (self, post, server->lists_counts));
    }
  g_autofree char *next = g_strdup_printf ("%" G_GINT64_FORMAT, at);
  g_task_return_pointer (task, bmn_reader_page_new (items, at > 0 ? next : NULL),
                         (GDestroyNotify)bmn_reader_page_free);
}

static void
read_counts (BmnPlatformReader *reader, const char *const *remote_ids, GTask *task)
{
  FakeReader *self = FAKE_READER (reader);
  FakeServer *server = self->server;
  if (!may_answer (self, task))
    return;
  if (server->refuses_counts)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               "There are no counts here.");
      return;
    }
  GPtrArray *told = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  for (guint i = 0; remote_ids[i]; i++, server->n_counts++)
    for (guint j = 0; j < server->posts->len; j++)
      {
        const FakePost *post = server->posts->pdata[j];
        if (g_str_equal (post->id, remote_ids[i]) && !post->deleted)
          g_ptr_array_add (told, make_post (self, post, TRUE));
      }
  g_task_return_pointer (task, told, (GDestroyNotify)g_ptr_array_unref);
}

static void
read_followers (BmnPlatformReader *reader, GTask *task)
{
  FakeReader *self = FAKE_READER (reader);
  if (!may_answer (self, task))
    return;
  if (self->server->followers == BMN_COUNT_UNKNOWN)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "None told.");
  else
    g_task_return_int (task, self->server->followers);
}

static void
fake_reader_init_reader (BmnPlatformReaderInterface *iface)
{
  iface->list_own = list_own;
  iface->read_counts = read_counts;
  iface->read_followers = read_followers;
}

static void
fake_reader_class_init (FakeReaderClass *klass)
{
}

static void
fake_reader_init (FakeReader *self)
{
}

BmnPlatform *
fake_reader_new (const BmnAccount *account, FakeServer *server)
{
  FakeReader *self = g_object_new (FAKE_TYPE_READER, "account", account, NULL);
  self->server = server;
  return BMN_PLATFORM (self);
}
