#include "bmn-hand-over-ask-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-posts.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

static gboolean
add_holder (
    BmnSession *self, gint64 account_id, GHashTable *holders, GPtrArray *warnings, GError **error)
{
  BmnCapabilities caps;
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, account_id, error);
  if (!account || !bmn_session_describe_account (self, account, &caps, NULL, error))
    return FALSE;
  if (caps.can_schedule)
    g_hash_table_replace (holders, g_memdup2 (&account_id, sizeof account_id),
                          g_memdup2 (&caps.schedule_ahead, sizeof caps.schedule_ahead));
  else
    g_ptr_array_add (
        warnings,
        /* Translators: %s is the name of an account. */
        g_strdup_printf (_ ("“%s” cannot hold posts until their time, so there the post needs "
                            "this computer on."),
                         account->name));
  return TRUE;
}

GHashTable *
bmn_hand_over_find_holders (
    BmnSession *self, guint n_parts, GArray *account_ids, GPtrArray *warnings, GError **error)
{
  if (n_parts > 1)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("A thread cannot be handed over, as each of its messages answers one "
                              "that must be out already. Let Bellman publish it."));
      return NULL;
    }
  g_autoptr (GHashTable) holders
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  for (guint i = 0; i < account_ids->len; i++)
    if (!add_holder (self, g_array_index (account_ids, gint64, i), holders, warnings, error))
      return NULL;
  if (g_hash_table_size (holders) > 0)
    return g_steal_pointer (&holders);
  g_ptr_array_set_size (warnings, 0);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("No server of these accounts holds posts until their time. Let Bellman "
                          "publish this one."));
  return NULL;
}

void
bmn_hand_over_ask (BmnTarget *target, GHashTable *holders, gint64 now, GPtrArray *warnings)
{
  const gint64 *ahead = holders ? g_hash_table_lookup (holders, &target->account_id) : NULL;
  if (!ahead)
    return;
  target->hand_over = TRUE;
  if (target->state == BMN_TARGET_SCHEDULED && target->due_at < now + *ahead * G_USEC_PER_SEC)
    g_ptr_array_add (
        warnings,
        g_strdup_printf (ngettext ("The server holds only what is at least %d minute ahead, so "
                                   "this post goes out from this computer.",
                                   "The server holds only what is at least %d minutes ahead, so "
                                   "this post goes out from this computer.",
                                   (int)((*ahead + 59) / 60)),
                         (int)((*ahead + 59) / 60)));
}

/*
 * Choosing it for a post that is planned already.
 */

typedef struct
{
  gint64 post_id;
  gint64 account_id;
  gint64 now;
  GHashTable *holders; /* (nullable) not owned; %NULL to take back */
  GPtrArray *warnings; /* not owned */
  guint n_changed;
} Choice;

static gboolean
choose_for_target (BmnTransaction *tx, Choice *choice, BmnTarget *target, GError **error)
{
  gboolean wanted = choice->holders != NULL;
  if (target->state != BMN_TARGET_SCHEDULED || target->hand_over == wanted
      || (wanted && !g_hash_table_contains (choice->holders, &target->account_id)))
    return TRUE;
  if (wanted)
    bmn_hand_over_ask (target, choice->holders, choice->now, choice->warnings);
  else
    target->hand_over = FALSE;
  choice->n_changed++;
  return bmn_targets_update (tx, target, BMN_TARGET_SCHEDULED, error);
}

static gboolean
choose_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Choice *choice = data;
  const BmnTargetFilter filter = { .post_id = choice->post_id, .account_id = choice->account_id };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!choose_for_target (tx, choice, targets->pdata[i], error))
      return FALSE;
  if (choice->n_changed > 0)
    return TRUE;
  return bmn_session_set_conflict (
      error, choice->holders ? _ ("There is nothing to hand over: it is not planned, or handed "
                                  "over already.")
                             : _ ("There is nothing to take back: no server is to hold this "
                                  "post."));
}

static GHashTable *
find_holders_of_post (BmnSession *self, Choice *choice, GError **error)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (self, choice->post_id, error);
  g_autoptr (GArray) account_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (!view)
    return NULL;
  guint n_parts = view->post->parts->len;
  for (guint i = 0; i < view->targets->len; i++)
    {
      const BmnTarget *target = ((BmnTargetView *)view->targets->pdata[i])->target;
      if (choice->account_id != 0 && choice->account_id != target->account_id)
        continue;
      g_array_append_val (account_ids, target->account_id);
      if (target->parts)
        n_parts = MAX (n_parts, target->parts->len);
    }
  return bmn_hand_over_find_holders (self, n_parts, account_ids, choice->warnings, error);
}

gboolean
bmn_session_set_hand_over (BmnSession *self,
                           gint64 id,
                           gint64 account_id,
                           gboolean hand_over,
                           GStrv *warnings,
                           GError **error)
{
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  Choice choice = {
    .post_id = id, .account_id = account_id, .now = bmn_session_now (self), .warnings = notes
  };
  g_autoptr (GHashTable) holders = hand_over ? find_holders_of_post (self, &choice, error) : NULL;
  if (hand_over && !holders)
    return FALSE;
  choice.holders = holders;
  if (!bmn_store_write (bmn_session_get_store (self), choose_in_store, &choice, error))
    return FALSE;
  g_ptr_array_add (notes, NULL);
  *warnings = g_strdupv ((char **)notes->pdata);
  return TRUE;
}
