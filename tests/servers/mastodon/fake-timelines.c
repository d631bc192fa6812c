#include "fake-entities.h"
#include "fake-handlers.h"
#include "fake-text.h"

#include <string.h>

/* https://docs.joinmastodon.org/methods/notifications/#get */
void
fake_notifications_index (FakeCall *call)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_auto (GStrv) types = fake_call_get_strv (call, "types");
  g_auto (GStrv) without = fake_call_get_strv (call, "exclude_types");
  g_autofree char *from = fake_call_get_string (call, "account_id");
  for (guint i = 0; i < call->fake->notifications->len; i++)
    {
      FakeNotification *item = call->fake->notifications->pdata[i];
      if (item->to != call->account || (item->status && item->status->deleted)
          || (from && !g_str_equal (from, item->from->id))
          || (*types && !g_strv_contains ((const char *const *)types, item->type))
          || g_strv_contains ((const char *const *)without, item->type))
        continue;
      g_ptr_array_add (chosen, item);
      g_ptr_array_add (ids, item->id);
    }
  g_autoptr (GArray) page = fake_call_page (call, ids, 40, 80);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < page->len; i++)
    json_array_add_object_element (
        array,
        fake_notification_to_json (call->fake, chosen->pdata[g_array_index (page, guint, i)]));
  fake_call_reply_array (call, array);
}

static gboolean
is_public (const FakeStatus *status)
{
  return !status->deleted && g_str_equal (status->draft->visibility, "public");
}

/* https://docs.joinmastodon.org/methods/timelines/#tag */
void
fake_timelines_tag (FakeCall *call)
{
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();
  g_autofree char *wanted = g_utf8_strdown (call->id, -1);
  g_auto (GStrv) any = fake_call_get_strv (call, "any");
  g_auto (GStrv) all = fake_call_get_strv (call, "all");
  g_auto (GStrv) none = fake_call_get_strv (call, "none");
  gboolean only_media = fake_call_get_bool (call, "only_media");
  for (guint i = 0; i < call->fake->statuses->len; i++)
    {
      FakeStatus *status = call->fake->statuses->pdata[i];
      g_auto (GStrv) tags = fake_text_hashtags (status->draft->text);
      const char *const *have = (const char *const *)tags;
      gboolean fits = g_strv_contains (have, wanted);
      for (char **tag = any; *tag; tag++)
        fits = fits || g_strv_contains (have, *tag);
      for (char **tag = all; *tag; tag++)
        fits = fits && g_strv_contains (have, *tag);
      for (char **tag = none; *tag; tag++)
        fits = fits && !g_strv_contains (have, *tag);
      if (fits && is_public (status) && (!only_media || status->draft->media->len))
        g_ptr_array_add (chosen, status);
    }
  fake_statuses_reply_page (call, chosen);
}

/* Every tag of public statuses → how many statuses bear it. */
static GHashTable *
count_tags (BmnFakeMastodon *fake)
{
  GHashTable *counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; i < fake->statuses->len; i++)
    {
      const FakeStatus *status = fake->statuses->pdata[i];
      if (!is_public (status))
        continue;
      g_auto (GStrv) tags = fake_text_hashtags (status->draft->text);
      for (char **tag = tags; *tag; tag++)
        {
          guint count = GPOINTER_TO_UINT (g_hash_table_lookup (counts, *tag));
          g_hash_table_replace (counts, g_strdup (*tag), GUINT_TO_POINTER (count + 1));
        }
    }
  return counts;
}

static int
compare_use (gconstpointer a, gconstpointer b, gpointer counts)
{
  const char *first = *(const char *const *)a, *second = *(const char *const *)b;
  guint uses_first = GPOINTER_TO_UINT (g_hash_table_lookup (counts, first));
  guint uses_second = GPOINTER_TO_UINT (g_hash_table_lookup (counts, second));
  if (uses_first != uses_second)
    return uses_first < uses_second ? 1 : -1;
  return strcmp (first, second);
}

/* The tags that contain @part (NULL for all), most used first. */
static JsonArray *
list_tags (FakeCall *call, const char *part, gint64 limit, gint64 offset)
{
  g_autoptr (GHashTable) counts = count_tags (call->fake);
  g_autoptr (GPtrArray) tags = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_ptr_array_add (tags, name);
  g_ptr_array_sort_with_data (tags, compare_use, counts);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < tags->len; i++)
    {
      if (part && !strstr (tags->pdata[i], part))
        continue;
      if (offset-- > 0)
        continue;
      if (json_array_get_length (array) == limit)
        break;
      json_array_add_object_element (array, fake_tag_to_json (call->fake, tags->pdata[i], FALSE));
    }
  return array;
}

/* https://docs.joinmastodon.org/methods/trends/#tags */
void
fake_trends_tags (FakeCall *call)
{
  gint64 limit = CLAMP (fake_call_get_int (call, "limit", 10), 1, 20);
  fake_call_reply_array (call,
                         list_tags (call, NULL, limit, fake_call_get_int (call, "offset", 0)));
}

/* https://docs.joinmastodon.org/methods/followed_tags/#get */
void
fake_followed_tags_index (FakeCall *call)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < call->fake->followed_tags->len; i++)
    g_ptr_array_add (ids, g_strdup_printf ("%u", i + 1));
  g_autoptr (GArray) page = fake_call_page (call, ids, 100, 200);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < page->len; i++)
    json_array_add_object_element (
        array,
        fake_tag_to_json (call->fake,
                          call->fake->followed_tags->pdata[g_array_index (page, guint, i)], TRUE));
  fake_call_reply_array (call, array);
}

static JsonArray *
search_accounts (FakeCall *call, const char *part, gint64 limit)
{
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < call->fake->accounts->len && json_array_get_length (array) < limit; i++)
    {
      const FakeAccount *account = call->fake->accounts->pdata[i];
      if (strstr (account->username, *part == '@' ? part + 1 : part))
        json_array_add_object_element (array, fake_account_to_json (call->fake, account));
    }
  return array;
}

static JsonArray *
search_statuses (FakeCall *call, const char *part, gint64 limit)
{
  JsonArray *array = json_array_new ();
  for (guint i = call->fake->statuses->len; i > 0 && json_array_get_length (array) < limit; i--)
    {
      const FakeStatus *status = call->fake->statuses->pdata[i - 1];
      g_autofree char *low = g_utf8_strdown (status->draft->text, -1);
      if (is_public (status) && strstr (low, part))
        json_array_add_object_element (array,
                                       fake_status_to_json (call->fake, status, call->account));
    }
  return array;
}

/* https://docs.joinmastodon.org/methods/search/#v2 */
void
fake_search (FakeCall *call)
{
  g_autofree char *query = fake_call_get_string (call, "q");
  g_autofree char *type = fake_call_get_string (call, "type");
  gint64 limit = CLAMP (fake_call_get_int (call, "limit", 20), 1, 40);
  if (!query || *query == '\0')
    {
      fake_call_fail (call, 400, "Missing parameter: q");
      return;
    }
  if (!call->account && (fake_call_has (call, "resolve") || fake_call_has (call, "offset")))
    {
      fake_call_fail (call, 401,
                      "Search queries pagination is not supported without "
                      "authentication");
      return;
    }
  g_autofree char *part = g_utf8_strdown (query, -1);
  gint64 offset = type ? fake_call_get_int (call, "offset", 0) : 0;
  gboolean all = type == NULL;
  JsonArray *accounts = all || g_str_equal (type, "accounts") ? search_accounts (call, part, limit)
                                                              : json_array_new ();
  JsonArray *statuses = all || g_str_equal (type, "statuses") ? search_statuses (call, part, limit)
                                                              : json_array_new ();
  JsonArray *hashtags = all || g_str_equal (type, "hashtags")
                            ? list_tags (call, *part == '#' ? part + 1 : part, limit, offset)
                            : json_array_new ();
  fake_call_reply (
      call, 200,
      fake_object ("a:accounts", accounts, "a:statuses", statuses, "a:hashtags", hashtags, NULL));
}
