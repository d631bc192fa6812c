/*
 * Signs in to a Bluesky server with an app password from standard input and prints what can be
 * read there, a line for each thing; errors are lines as well. For tests/journey/bluesky_reader.py.
 *
 *   read-bluesky SERVICE HANDLE own PAGE_SIZE
 *   read-bluesky SERVICE HANDLE counts ID…
 *   read-bluesky SERVICE HANDLE notifications
 *   read-bluesky SERVICE HANDLE hashtag TAG
 */
#include "bmn-error.h"
#include "bmn-platform-reader.h"
#include "bmn-platform-table.h"
#include "memory-host.h"

#include <stdio.h>

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static GAsyncResult *
wait_for (GAsyncResult **result)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return g_steal_pointer (result);
}

static void
sign_in (BmnPlatform *platform, const char *service, const char *handle)
{
  char password[100] = "";
  g_autoptr (GHashTable) inputs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (!fgets (password, sizeof password, stdin))
    g_error ("No password on standard input");
  g_hash_table_insert (inputs, g_strdup ("service"), g_strdup (service));
  g_hash_table_insert (inputs, g_strdup ("handle"), g_strdup (handle));
  g_hash_table_insert (inputs, g_strdup ("app-password"), g_strdup (g_strstrip (password)));
  GAsyncResult *pending = NULL;
  bmn_platform_sign_in_async (platform, inputs, NULL, take_result, &pending);
  g_autoptr (GAsyncResult) result = wait_for (&pending);
  g_autoptr (GError) error = NULL;
  if (!bmn_platform_sign_in_finish (platform, result, &error))
    g_error ("%s", error->message);
}

static void
print_error (const GError *error)
{
  const char *kind
      = error->domain == BMN_PLATFORM_ERROR ? bmn_platform_error_to_nick (error->code) : "other";
  g_print ("error\t%s\t%s\n", kind, error->message);
}

static void
print_post (const BmnHistoryPost *post)
{
  g_print ("post\t%s\t%s\t%s\t%d\t%d\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT "\t%" G_GINT64_FORMAT
           "\n",
           post->remote_id, post->text, post->language ? post->language : "", post->is_reply,
           post->n_media, post->likes, post->reposts, post->replies);
}

static void
print_posts (GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    print_post (posts->pdata[i]);
}

/* Page by page to the end. */
static void
print_own (BmnPlatformReader *reader, guint page_size)
{
  g_autofree char *cursor = NULL;
  do
    {
      GAsyncResult *pending = NULL;
      bmn_platform_reader_list_own_async (reader, cursor, page_size, NULL, take_result, &pending);
      g_autoptr (GAsyncResult) result = wait_for (&pending);
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnReaderPage) page = bmn_platform_reader_list_own_finish (reader, result, &error);
      if (!page)
        {
          print_error (error);
          return;
        }
      g_print ("page\t%u\n", page->items->len);
      print_posts (page->items);
      g_free (cursor);
      cursor = g_steal_pointer (&page->next);
    }
  while (cursor);
}

static void
print_counts (BmnPlatformReader *reader, const char *const *ids)
{
  GAsyncResult *pending = NULL;
  bmn_platform_reader_read_counts_async (reader, ids, NULL, take_result, &pending);
  g_autoptr (GAsyncResult) result = wait_for (&pending);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) posts = bmn_platform_reader_read_counts_finish (reader, result, &error);
  if (posts)
    print_posts (posts);
  else
    print_error (error);
}

static void
print_notifications (BmnPlatformReader *reader)
{
  GAsyncResult *pending = NULL;
  bmn_platform_reader_list_notifications_async (reader, NULL, 50, NULL, take_result, &pending);
  g_autoptr (GAsyncResult) result = wait_for (&pending);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnReaderPage) page
      = bmn_platform_reader_list_notifications_finish (reader, result, &error);
  if (!page)
    {
      print_error (error);
      return;
    }
  for (guint i = 0; i < page->items->len; i++)
    {
      const BmnNotification *notification = page->items->pdata[i];
      g_print ("notification\t%d\t%s\t%s\t%s\n", notification->kind, notification->author_handle,
               notification->post_id ? notification->post_id : "",
               notification->text ? notification->text : "");
    }
}

static void
print_hashtag (BmnPlatformReader *reader, const char *tag)
{
  GAsyncResult *pending = NULL;
  bmn_platform_reader_list_hashtag_async (reader, tag, NULL, 50, NULL, take_result, &pending);
  g_autoptr (GAsyncResult) result = wait_for (&pending);
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnReaderPage) page = bmn_platform_reader_list_hashtag_finish (reader, result, &error);
  if (page)
    print_posts (page->items);
  else
    print_error (error);
}

int
main (int argc, char **argv)
{
  if (argc < 4)
    g_error ("usage: read-bluesky SERVICE HANDLE own|counts|notifications|hashtag …");
  g_autoptr (MemoryHost) host = memory_host_new ();
  g_autoptr (BmnHttpClient) http = bmn_http_client_new (NULL, NULL, NULL);
  g_autoptr (BmnAccount) account = bmn_account_new ("bluesky", "Shop");
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPlatform) platform
      = bmn_platform_new (account, http, BMN_PLATFORM_HOST (host), &error);
  sign_in (platform, argv[1], argv[2]);
  BmnPlatformReader *reader = BMN_PLATFORM_READER (platform);
  if (g_str_equal (argv[3], "own"))
    print_own (reader, (guint)g_ascii_strtoull (argv[4], NULL, 10));
  else if (g_str_equal (argv[3], "counts"))
    print_counts (reader, (const char *const *)argv + 4);
  else if (g_str_equal (argv[3], "notifications"))
    print_notifications (reader);
  else
    print_hashtag (reader, argv[4]);
  return 0;
}
