#include "bmn-session-posts.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-attempts.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

/*
 * Reading posts with all that belongs to them.
 */

typedef struct
{
  gint64 id;
  guint states;
  gint64 account_id;
  BmnPostView *view; /* (owned) (nullable) */
  GPtrArray *views;  /* (owned) (nullable) */
} Query;

static BmnTargetView *
view_target (BmnTransaction *tx, const BmnTarget *target, gboolean whole, GError **error)
{
  g_autoptr (BmnTargetView) view = g_new0 (BmnTargetView, 1);
  view->target = bmn_target_copy (target);
  view->account = bmn_accounts_get (tx, target->account_id, error);
  if (!view->account)
    return NULL;
  view->attempts = whole ? bmn_attempts_list (tx, target->id, error)
                         : g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_attempt_free);
  if (!view->attempts)
    return NULL;
  view->receipts = whole ? bmn_receipts_list (tx, target->id, error)
                         : g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
  return view->receipts ? g_steal_pointer (&view) : NULL;
}

static BmnPostView *
view_post (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnPostView) view = g_new0 (BmnPostView, 1);
  view->targets = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_target_view_free);
  view->post = bmn_posts_get (tx, id, error);
  return view->post ? g_steal_pointer (&view) : NULL;
}

static gboolean
read_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  const BmnTargetFilter filter = { .post_id = query->id };
  g_autoptr (BmnPostView) view = view_post (tx, query->id, error);
  g_autoptr (GPtrArray) targets = view ? bmn_targets_list (tx, &filter, error) : NULL;
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      BmnTargetView *target = view_target (tx, targets->pdata[i], TRUE, error);
      if (!target)
        return FALSE;
      g_ptr_array_add (view->targets, target);
    }
  query->view = g_steal_pointer (&view);
  return TRUE;
}

BmnPostView *
bmn_session_get_post (BmnSession *self, gint64 id, GError **error)
{
  Query query = { .id = id };
  return bmn_store_read (bmn_session_get_store (self), read_post, &query, error) ? query.view
                                                                                 : NULL;
}

/* Drafts that have no account yet have no target either, and are listed all the same. */
static gboolean
add_posts_without_target (BmnTransaction *tx, Query *query, GError **error)
{
  if (query->account_id != 0 || (query->states != 0 && !(query->states & 1 << BMN_TARGET_DRAFT)))
    return TRUE;
  g_autoptr (GPtrArray) posts = bmn_posts_list_without_target (tx, error);
  if (!posts)
    return FALSE;
  for (guint i = 0; i < posts->len; i++)
    {
      BmnPostView *view = view_post (tx, ((BmnPost *)posts->pdata[i])->id, error);
      if (!view)
        return FALSE;
      g_ptr_array_add (query->views, view);
    }
  return TRUE;
}

static gboolean
read_posts (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  const BmnTargetFilter filter = { .account_id = query->account_id, .states = query->states };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  query->views = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_post_view_free);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_int64_hash, g_int64_equal);
  for (guint i = 0; i < targets->len; i++)
    {
      BmnTarget *target = targets->pdata[i];
      BmnPostView *view = g_hash_table_lookup (seen, &target->post_id);
      if (!view)
        {
          view = view_post (tx, target->post_id, error);
          if (!view)
            return FALSE;
          g_ptr_array_add (query->views, view);
          g_hash_table_insert (seen, &view->post->id, view);
        }
      BmnTargetView *target_view = view_target (tx, target, FALSE, error);
      if (!target_view)
        return FALSE;
      g_ptr_array_add (view->targets, target_view);
    }
  return add_posts_without_target (tx, query, error);
}

GPtrArray *
bmn_session_list_posts (BmnSession *self, guint states, gint64 account_id, GError **error)
{
  Query query = { .states = states, .account_id = account_id };
  gboolean ok = bmn_store_read (bmn_session_get_store (self), read_posts, &query, error);
  if (!ok)
    g_clear_pointer (&query.views, g_ptr_array_unref);
  return query.views;
}
