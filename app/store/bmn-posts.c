#include "bmn-posts.h"
#include "bmn-parts-private.h"
#include "bmn-search-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS                                                                                    \
  "id, title, language, content_warning, sensitive, visibility, poll_duration, poll_multiple, "    \
  "poll_hide_totals, note, recurrence, series_id, revision, created_at, modified_at"

static const char *
missing (void)
{
  return _ ("There is no such post any more.");
}

/* Lists of texts of a post: its tags, and its poll's answers. */

typedef struct
{
  const char *select;
  const char *delete;
  const char *insert;
} TextList;

static const TextList tag_list = {
  "SELECT text FROM post_tag WHERE post_id = ? ORDER BY position",
  "DELETE FROM post_tag WHERE post_id = ?",
  "INSERT INTO post_tag (post_id, position, text) VALUES (?, ?, ?)",
};

static const TextList option_list = {
  "SELECT text FROM poll_option WHERE post_id = ? ORDER BY position",
  "DELETE FROM poll_option WHERE post_id = ?",
  "INSERT INTO poll_option (post_id, position, text) VALUES (?, ?, ?)",
};

static GStrv
load_texts (BmnTransaction *tx, const TextList *list, gint64 post_id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, list->select);
  bmn_statement_put_int (query, post_id);
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  while (bmn_statement_next (query))
    {
      g_autofree char *text = bmn_statement_take_text (query);
      g_strv_builder_add (texts, text);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_strv_builder_end (texts);
}

static gboolean
replace_texts (
    BmnTransaction *tx, const TextList *list, gint64 post_id, GStrv texts, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, list->delete);
  bmn_statement_put_int (delete, post_id);
  if (!bmn_statement_run (delete, error))
    return FALSE;
  for (guint i = 0; texts && texts[i]; i++)
    {
      g_autoptr (BmnStatement) insert = bmn_statement_new (tx, list->insert);
      bmn_statement_put_int (insert, post_id);
      bmn_statement_put_int (insert, i);
      bmn_statement_put_text (insert, texts[i]);
      if (!bmn_statement_run (insert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
texts_equal (GStrv a, GStrv b)
{
  const char *const none[] = { NULL };
  return g_strv_equal (a ? (const char *const *)a : none, b ? (const char *const *)b : none);
}

/* Reading */

static gpointer
take_post (BmnStatement *row)
{
  BmnPost *post = bmn_post_new ();
  post->id = bmn_statement_take_int (row);
  post->title = bmn_statement_take_text (row);
  post->language = bmn_statement_take_text (row);
  post->content_warning = bmn_statement_take_text (row);
  post->sensitive = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_visibility_from_nick, &post->visibility);
  gint64 duration = bmn_statement_take_count (row);
  gboolean multiple = bmn_statement_take_int (row);
  gboolean hide_totals = bmn_statement_take_int (row);
  if (duration != -1)
    {
      post->poll = bmn_poll_new (NULL, duration);
      post->poll->multiple = multiple;
      post->poll->hide_totals = hide_totals;
    }
  post->note = bmn_statement_take_text (row);
  post->recurrence = bmn_statement_take_text (row);
  post->series_id = bmn_statement_take_int (row);
  post->revision = bmn_statement_take_int (row);
  post->created_at = bmn_statement_take_int (row);
  post->modified_at = bmn_statement_take_int (row);
  return post;
}

/* Loads what other tables hold of the post. */
static gboolean
complete (BmnTransaction *tx, BmnPost *post, GError **error)
{
  g_auto (GStrv) tags = load_texts (tx, &tag_list, post->id, error);
  if (!tags)
    return FALSE;
  if (tags[0])
    post->tags = g_steal_pointer (&tags);
  if (post->poll && !(post->poll->options = load_texts (tx, &option_list, post->id, error)))
    return FALSE;
  GPtrArray *parts = bmn_parts_load (tx, BMN_PARTS_OF_POST, post->id, error);
  if (!parts)
    return FALSE;
  g_ptr_array_unref (post->parts);
  post->parts = parts;
  return TRUE;
}

BmnPost *
bmn_posts_get (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM post WHERE id = ?");
  bmn_statement_put_int (query, id);
  g_autoptr (BmnPost) post
      = bmn_statement_get (query, take_post, (GDestroyNotify)bmn_post_free, missing (), error);
  if (!post || !complete (tx, post, error))
    return NULL;
  return g_steal_pointer (&post);
}

/*
 * Reading many.
 */

static char *
ids_to_json (GArray *ids)
{
  g_autoptr (GString) json = g_string_new ("[");
  for (guint i = 0; i < ids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (ids, gint64, i));
  g_string_append_c (json, ']');
  return g_string_free (g_steal_pointer (&json), FALSE);
}

static GHashTable *
take_posts (BmnTransaction *tx, const char *ids, GError **error)
{
  g_autoptr (GHashTable) posts
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, (GDestroyNotify)bmn_post_free);
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS " FROM post WHERE id IN (SELECT value FROM json_each (?))");
  bmn_statement_put_text (query, ids);
  while (bmn_statement_next (query))
    {
      BmnPost *post = take_post (query);
      g_hash_table_insert (posts, &post->id, post);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  return g_steal_pointer (&posts);
}

/* Where a list of texts of a post belongs. */
typedef GStrv *(*TextsOfFunc) (BmnPost *post);

static GStrv *
tags_of (BmnPost *post)
{
  return &post->tags;
}

static GStrv *
options_of (BmnPost *post)
{
  return post->poll ? &post->poll->options : NULL;
}

/* Ends the list of texts that was read for @post. */
static void
give_texts (BmnPost *post, TextsOfFunc texts_of, GStrvBuilder *builder)
{
  g_auto (GStrv) texts = g_strv_builder_end (builder);
  GStrv *place = post ? texts_of (post) : NULL;
  if (place && texts[0])
    {
      g_strfreev (*place);
      *place = g_steal_pointer (&texts);
    }
}

/* @sql: gives post ids and texts, in order */
static gboolean
take_texts (BmnTransaction *tx,
            const char *sql,
            const char *ids,
            GHashTable *posts,
            TextsOfFunc texts_of,
            GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, sql);
  BmnPost *post = NULL;
  bmn_statement_put_text (query, ids);
  while (bmn_statement_next (query))
    {
      gint64 id = bmn_statement_take_int (query);
      g_autofree char *text = bmn_statement_take_text (query);
      if (post && post->id != id)
        give_texts (post, texts_of, builder);
      post = g_hash_table_lookup (posts, &id);
      g_strv_builder_add (builder, text);
    }
  give_texts (post, texts_of, builder);
  return bmn_statement_finish (query, error);
}

static gboolean
take_parts (BmnTransaction *tx, const char *ids, GHashTable *posts, GError **error)
{
  g_autoptr (GHashTable) all = bmn_parts_load_many (tx, BMN_PARTS_OF_POST, ids, error);
  GHashTableIter iter;
  gpointer id, parts;
  if (!all)
    return FALSE;
  g_hash_table_iter_init (&iter, all);
  while (g_hash_table_iter_next (&iter, &id, &parts))
    {
      BmnPost *post = g_hash_table_lookup (posts, id);
      if (!post)
        continue;
      g_ptr_array_unref (post->parts);
      post->parts = g_ptr_array_ref (parts);
    }
  return TRUE;
}

GHashTable *
bmn_posts_get_many (BmnTransaction *tx, GArray *ids, GError **error)
{
  g_autofree char *json = ids_to_json (ids);
  g_autoptr (GHashTable) posts = take_posts (tx, json, error);
  if (!posts
      || !take_texts (tx,
                      "SELECT post_id, text FROM post_tag WHERE post_id IN "
                      "(SELECT value FROM json_each (?)) ORDER BY post_id, position",
                      json, posts, tags_of, error)
      || !take_texts (tx,
                      "SELECT post_id, text FROM poll_option WHERE post_id IN "
                      "(SELECT value FROM json_each (?)) ORDER BY post_id, position",
                      json, posts, options_of, error)
      || !take_parts (tx, json, posts, error))
    return NULL;
  return g_steal_pointer (&posts);
}

static GPtrArray *
list_posts (BmnTransaction *tx, BmnStatement *query, GError **error)
{
  g_autoptr (GPtrArray) posts
      = bmn_statement_list (query, take_post, (GDestroyNotify)bmn_post_free, error);
  for (guint i = 0; posts && i < posts->len; i++)
    if (!complete (tx, posts->pdata[i], error))
      return NULL;
  return g_steal_pointer (&posts);
}

GPtrArray *
bmn_posts_search (BmnTransaction *tx, const char *query, guint offset, guint limit, GError **error)
{
  g_autofree char *expression = bmn_search_make_expression (tx, query);
  g_autoptr (BmnStatement) select = bmn_statement_new (
      tx, expression ? "SELECT " COLUMNS " FROM post WHERE id IN "
                       "(SELECT rowid FROM post_words WHERE post_words MATCH ?) "
                       "ORDER BY modified_at DESC, id DESC LIMIT ? OFFSET ?"
                     : "SELECT " COLUMNS " FROM post "
                       "ORDER BY modified_at DESC, id DESC LIMIT ? OFFSET ?");
  if (expression)
    bmn_statement_put_text (select, expression);
  bmn_statement_put_int (select, bmn_statement_limit (limit));
  bmn_statement_put_int (select, offset);
  return list_posts (tx, select, error);
}

GPtrArray *
bmn_posts_list_recurring (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS " FROM post WHERE recurrence IS NOT NULL ORDER BY id");
  return list_posts (tx, query, error);
}

GPtrArray *
bmn_posts_list_series (BmnTransaction *tx, gint64 series_id, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT " COLUMNS " FROM post WHERE series_id = ? ORDER BY id");
  bmn_statement_put_int (query, series_id);
  return list_posts (tx, query, error);
}

GPtrArray *
bmn_posts_list_without_target (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx,
      "SELECT " COLUMNS " FROM post WHERE NOT EXISTS "
      "(SELECT 1 FROM target WHERE target.post_id = post.id) ORDER BY modified_at DESC, id DESC");
  return list_posts (tx, query, error);
}

GStrv
bmn_posts_list_tags (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT DISTINCT text FROM post_tag ORDER BY text");
  g_autoptr (GPtrArray) tags
      = bmn_statement_list (query, (BmnRowFunc)bmn_statement_take_text, g_free, error);
  if (!tags)
    return NULL;
  g_ptr_array_add (tags, NULL);
  return (GStrv)g_ptr_array_steal (tags, NULL);
}

/* Writing */

/* Puts the columns that insert and update have in common. */
static void
put_content (BmnStatement *statement, const BmnPost *post)
{
  bmn_statement_put_text (statement, post->title);
  bmn_statement_put_text (statement, post->language);
  bmn_statement_put_text (statement, post->content_warning);
  bmn_statement_put_int (statement, post->sensitive != FALSE);
  bmn_statement_put_text (statement, bmn_visibility_to_nick (post->visibility));
  if (post->poll)
    {
      bmn_statement_put_int (statement, post->poll->duration);
      bmn_statement_put_int (statement, post->poll->multiple != FALSE);
      bmn_statement_put_int (statement, post->poll->hide_totals != FALSE);
    }
  else
    for (int i = 0; i < 3; i++)
      bmn_statement_put_text (statement, NULL);
  bmn_statement_put_text (statement, post->note);
  bmn_statement_put_text (statement, post->recurrence);
  bmn_statement_put_id (statement, post->series_id);
}

static gboolean
replace_lists (BmnTransaction *tx, const BmnPost *post, GError **error)
{
  gboolean changed;
  return replace_texts (tx, &tag_list, post->id, post->tags, error)
         && replace_texts (tx, &option_list, post->id, post->poll ? post->poll->options : NULL,
                           error)
         && bmn_parts_replace (tx, BMN_PARTS_OF_POST, post->id, post->parts, &changed, error)
         && bmn_search_update (tx, post->id, error);
}

gboolean
bmn_posts_insert (BmnTransaction *tx, BmnPost *post, gint64 now, GError **error)
{
  g_autoptr (BmnStatement) insert
      = bmn_statement_new (tx, "INSERT INTO post (title, language, content_warning, sensitive, "
                               "visibility, poll_duration, poll_multiple, poll_hide_totals, note, "
                               "recurrence, series_id, revision, created_at, modified_at) "
                               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  put_content (insert, post);
  bmn_statement_put_int (insert, post->revision);
  bmn_statement_put_int (insert, now);
  bmn_statement_put_int (insert, now);
  if (!bmn_statement_insert (insert, &post->id, error))
    return FALSE;
  post->created_at = now;
  post->modified_at = now;
  return replace_lists (tx, post, error);
}

static gboolean
polls_equal (const BmnPoll *a, const BmnPoll *b)
{
  if (!a || !b)
    return a == b;
  return texts_equal (a->options, b->options) && a->duration == b->duration
         && !a->multiple == !b->multiple && !a->hide_totals == !b->hide_totals;
}

/* Whether what would be published is the same. */
static gboolean
published_equal (const BmnPost *a, const BmnPost *b)
{
  return bmn_parts_equal (a->parts, b->parts) && g_strcmp0 (a->title, b->title) == 0
         && g_strcmp0 (a->language, b->language) == 0
         && g_strcmp0 (a->content_warning, b->content_warning) == 0
         && !a->sensitive == !b->sensitive && a->visibility == b->visibility
         && polls_equal (a->poll, b->poll);
}

/* Whether what is kept for the user alone is the same. */
static gboolean
private_equal (const BmnPost *a, const BmnPost *b)
{
  return texts_equal (a->tags, b->tags) && g_strcmp0 (a->note, b->note) == 0
         && g_strcmp0 (a->recurrence, b->recurrence) == 0 && a->series_id == b->series_id;
}

gboolean
bmn_posts_update (BmnTransaction *tx, BmnPost *post, gint64 now, GError **error)
{
  g_autoptr (BmnPost) stored = bmn_posts_get (tx, post->id, error);
  if (!stored)
    return FALSE;
  gboolean same_content = published_equal (stored, post);
  post->revision = stored->revision + !same_content;
  post->modified_at = stored->modified_at;
  if (same_content && private_equal (stored, post))
    return TRUE;
  g_autoptr (BmnStatement) update = bmn_statement_new (
      tx, "UPDATE post SET title = ?, language = ?, content_warning = ?, sensitive = ?, "
          "visibility = ?, poll_duration = ?, poll_multiple = ?, poll_hide_totals = ?, note = ?, "
          "recurrence = ?, series_id = ?, revision = ?, modified_at = ? WHERE id = ?");
  put_content (update, post);
  bmn_statement_put_int (update, post->revision);
  bmn_statement_put_int (update, now);
  bmn_statement_put_int (update, post->id);
  if (!bmn_statement_change (update, missing (), error))
    return FALSE;
  post->modified_at = now;
  return replace_lists (tx, post, error);
}

gboolean
bmn_posts_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM post WHERE id = ?");
  bmn_statement_put_int (delete, id);
  return bmn_statement_change (delete, missing (), error) && bmn_search_remove (tx, id, error);
}
