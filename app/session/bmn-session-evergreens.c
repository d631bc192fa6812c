#include "bmn-session-ideas.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-evergreens.h"
#include "bmn-history.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  gint64 account_id;
  GPtrArray *evergreens; /* (owned) (nullable) */
  GPtrArray *history;    /* (owned) (nullable) */
} Library;

static void
library_clear (Library *library)
{
  g_clear_pointer (&library->evergreens, g_ptr_array_unref);
  g_clear_pointer (&library->history, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Library, library_clear)

static gboolean
read_evergreens (BmnTransaction *tx, gpointer data, GError **error)
{
  Library *library = data;
  library->evergreens = bmn_evergreens_list (tx, library->account_id, error);
  return library->evergreens != NULL;
}

GPtrArray *
bmn_session_list_evergreens (BmnSession *self, gint64 account_id, GError **error)
{
  g_auto (Library) library = { .account_id = account_id };
  if (!bmn_store_read (bmn_session_get_store (self), read_evergreens, &library, error))
    return NULL;
  return g_steal_pointer (&library.evergreens);
}

/*
 * Proposals.
 */

static gboolean
read_library (BmnTransaction *tx, gpointer data, GError **error)
{
  Library *library = data;
  if (!read_evergreens (tx, data, error))
    return FALSE;
  library->history = bmn_history_list (tx, library->account_id, 0, 0, error);
  return library->history != NULL;
}

static gint64
get_engagement (const BmnHistoryPost *post)
{
  gint64 sum = 0;
  const gint64 counts[] = { post->likes, post->reposts, post->replies };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    sum += counts[i] == BMN_COUNT_UNKNOWN ? 0 : counts[i];
  return sum;
}

static int
compare_engagement (gconstpointer a, gconstpointer b)
{
  const BmnHistoryPost *first = *(BmnHistoryPost *const *)a;
  const BmnHistoryPost *second = *(BmnHistoryPost *const *)b;
  gint64 difference = get_engagement (second) - get_engagement (first);
  if (difference != 0)
    return difference > 0 ? 1 : -1;
  return (first->published_at < second->published_at)
         - (first->published_at > second->published_at);
}

/* Whether the library, or the proposals so far, have the same text: a post that was repeated
 * already is told once. */
static gboolean
is_known (const Library *library, GPtrArray *proposals, const BmnHistoryPost *post)
{
  for (guint i = 0; i < library->evergreens->len; i++)
    if (g_strcmp0 (((BmnEvergreen *)library->evergreens->pdata[i])->text, post->text) == 0)
      return TRUE;
  for (guint i = 0; i < proposals->len; i++)
    if (g_strcmp0 (((BmnHistoryPost *)proposals->pdata[i])->text, post->text) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
has_counts (const BmnHistoryPost *post)
{
  return post->likes != BMN_COUNT_UNKNOWN || post->reposts != BMN_COUNT_UNKNOWN
         || post->replies != BMN_COUNT_UNKNOWN;
}

GPtrArray *
bmn_session_propose_evergreens (BmnSession *self, gint64 account_id, guint max, GError **error)
{
  g_auto (Library) library = { .account_id = account_id };
  if (!bmn_store_read (bmn_session_get_store (self), read_library, &library, error))
    return NULL;
  gint64 latest = bmn_session_now (self) - BMN_EVERGREEN_DEFAULT_COOLDOWN;
  g_ptr_array_sort (library.history, compare_engagement);

  GPtrArray *proposals = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  for (guint i = 0; i < library.history->len && proposals->len < max; i++)
    {
      const BmnHistoryPost *post = library.history->pdata[i];
      if (post->published_at <= latest && !post->is_reply && has_counts (post)
          && !is_known (&library, proposals, post))
        g_ptr_array_add (proposals, bmn_history_post_copy (post));
    }
  return proposals;
}

/*
 * Changing the library.
 */

static gboolean
put_evergreen (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_evergreens_put (tx, data, error);
}

gboolean
bmn_session_put_evergreen (BmnSession *self, BmnEvergreen *evergreen, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), put_evergreen, evergreen, error);
}

static gboolean
delete_evergreen (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_evergreens_delete (tx, *(const gint64 *)data, error);
}

gboolean
bmn_session_remove_evergreen (BmnSession *self, gint64 id, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), delete_evergreen, &id, error);
}

/*
 * Repeating.
 */

typedef struct
{
  gint64 id;
  gint64 now;
  gint64 post_id;
} Repetition;

static gboolean
check_ready (const BmnEvergreen *evergreen, gint64 now, GError **error)
{
  const char *message = NULL;
  switch (bmn_evergreen_get_state (evergreen, now))
    {
    case BMN_EVERGREEN_READY:
      return TRUE;
    case BMN_EVERGREEN_RESTS:
      message = _ ("This post was out too recently. Wait until its rest is over, or shorten it.");
      break;
    case BMN_EVERGREEN_USED_UP:
      message = _ ("This post was repeated as often as its limit allows. Raise the limit first.");
      break;
    case BMN_EVERGREEN_ENDED:
      message = _ ("The end date of this post is past. Choose a later one first.");
      break;
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT, message);
  return FALSE;
}

/* Returns: (transfer full) (nullable): the post that Bellman published it from, where it did
 * and still has it */
static BmnPost *
find_original (BmnTransaction *tx, const BmnHistoryPost *history)
{
  if (history->target_id == 0)
    return NULL;
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, history->target_id, NULL);
  BmnPost *post = target ? bmn_posts_get (tx, target->post_id, NULL) : NULL;
  if (post && target->parts)
    {
      g_ptr_array_unref (post->parts);
      post->parts = bmn_parts_copy (target->parts);
    }
  return post;
}

static BmnPost *
make_copy (BmnTransaction *tx, const BmnEvergreen *evergreen, GError **error)
{
  g_autoptr (BmnHistoryPost) history = bmn_history_get (tx, evergreen->history_post_id, error);
  if (!history)
    return NULL;
  BmnPost *post = find_original (tx, history);
  if (!post)
    {
      post = bmn_post_new ();
      g_ptr_array_add (post->parts, bmn_part_new (history->text));
      post->language = g_strdup (history->language);
    }
  post->id = 0;
  post->series_id = 0;
  post->revision = 1;
  g_clear_pointer (&post->recurrence, g_free);
  return post;
}

static gboolean
repeat (BmnTransaction *tx, gpointer data, GError **error)
{
  Repetition *repetition = data;
  g_autoptr (BmnEvergreen) evergreen = bmn_evergreens_get (tx, repetition->id, error);
  if (!evergreen || !check_ready (evergreen, repetition->now, error))
    return FALSE;
  g_autoptr (BmnPost) post = make_copy (tx, evergreen, error);
  if (!post || !bmn_posts_insert (tx, post, repetition->now, error))
    return FALSE;
  g_autoptr (BmnTarget) target = bmn_target_new (evergreen->account_id);
  target->post_id = post->id;
  repetition->post_id = post->id;
  return bmn_targets_insert (tx, target, error)
         && bmn_evergreens_add_use (tx, evergreen->id, post->id, error);
}

gboolean
bmn_session_repeat_evergreen (BmnSession *self, gint64 id, gint64 *post_id, GError **error)
{
  Repetition repetition = { .id = id, .now = bmn_session_now (self) };
  if (!bmn_store_write (bmn_session_get_store (self), repeat, &repetition, error))
    return FALSE;
  *post_id = repetition.post_id;
  return TRUE;
}
