#include "bmn-session-posts.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

/*
 * What the user decides about targets that are planned already: taking back and going on.
 */

typedef struct
{
  gint64 post_id;
  gint64 now;
  BmnRetry how;
  guint n_post_parts;
  GHashTable *whole_threads; /* (nullable) not owned: accounts that take a thread as one */
  guint n_changed;
} Decision;

typedef gboolean (*TargetFunc) (BmnTransaction *tx,
                                BmnTarget *target,
                                Decision *decision,
                                GError **error);

static gboolean
for_each_target (BmnTransaction *tx, Decision *decision, TargetFunc func, GError **error)
{
  const BmnTargetFilter filter = { .post_id = decision->post_id };
  g_autoptr (BmnPost) post = bmn_posts_get (tx, decision->post_id, error);
  g_autoptr (GPtrArray) targets = post ? bmn_targets_list (tx, &filter, error) : NULL;
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!func (tx, targets->pdata[i], decision, error))
      return FALSE;
  return TRUE;
}

static gboolean
cancel_target (BmnTransaction *tx, BmnTarget *target, Decision *decision, GError **error)
{
  BmnTargetState before = target->state;
  if (before == BMN_TARGET_PUBLISHING)
    return bmn_session_set_conflict (
        error, _ ("The post is being published just now and cannot be taken back any more."));
  if (before == BMN_TARGET_PUBLISHED || before == BMN_TARGET_CANCELLED)
    return TRUE;
  target->state = BMN_TARGET_CANCELLED;
  target->next_try_at = 0;
  decision->n_changed++;
  return bmn_targets_update (tx, target, before, error);
}

static gboolean
cancel_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Decision *decision = data;
  if (!for_each_target (tx, decision, cancel_target, error))
    return FALSE;
  return decision->n_changed > 0
         || bmn_session_set_conflict (
             error, _ ("There is nothing to take back: the post is out or cancelled everywhere."));
}

gboolean
bmn_session_cancel_post (BmnSession *self, gint64 id, GError **error)
{
  Decision decision = { .post_id = id, .now = bmn_session_now (self) };
  return bmn_store_write (bmn_session_get_store (self), cancel_post, &decision, error);
}

/* What the user saw counts as a read-back: it settles every part that is still open. */
static gboolean
record_word_of_user (BmnTransaction *tx,
                     const BmnTarget *target,
                     gboolean is_out,
                     gint64 now,
                     int *n_parts,
                     GError **error)
{
  g_autoptr (GPtrArray) attempts = bmn_attempts_list (tx, target->id, error);
  if (!attempts)
    return FALSE;
  *n_parts = 0;
  for (guint i = 0; i < attempts->len; i++)
    *n_parts = MAX (*n_parts, ((BmnAttempt *)attempts->pdata[i])->part + 1);
  for (int part = 0; part < *n_parts; part++)
    {
      /* Said of what a server was to hold, it says that nothing can come of it any more. */
      gboolean taken_back = !is_out && target->remote_schedule_id;
      g_autoptr (BmnAttempt) word = bmn_attempt_new (
          target->id, part, taken_back ? BMN_ATTEMPT_TAKE_BACK : BMN_ATTEMPT_READ_BACK);
      word->key = g_strdup (target->key);
      word->revision = target->revision;
      word->started_at = now;
      if (!bmn_attempts_begin (tx, word, error))
        return FALSE;
      word->finished_at = now;
      word->outcome = is_out || taken_back ? BMN_ATTEMPT_DONE : BMN_ATTEMPT_NOT_FOUND;
      word->message = g_strdup (is_out ? _ ("You said that it is there.")
                                       : _ ("You said that it is not there."));
      if (!bmn_attempts_finish (tx, word, error))
        return FALSE;
    }
  return TRUE;
}

/* Whether a read-back saw @part. */
static gboolean
was_seen (GPtrArray *attempts, int part)
{
  for (guint i = 0; i < attempts->len; i++)
    {
      const BmnAttempt *attempt = attempts->pdata[i];
      if (attempt->part == part && attempt->kind == BMN_ATTEMPT_READ_BACK
          && attempt->outcome == BMN_ATTEMPT_DONE)
        return TRUE;
    }
  return FALSE;
}

/* What the platform accepted but nobody ever saw is not out where the user says so. */
static gboolean
forget_unseen_receipts (BmnTransaction *tx, const BmnTarget *target, GError **error)
{
  g_autoptr (GPtrArray) attempts = bmn_attempts_list (tx, target->id, error);
  g_autoptr (GPtrArray) receipts = attempts ? bmn_receipts_list (tx, target->id, error) : NULL;
  if (!receipts || !bmn_receipts_clear (tx, target->id, error))
    return FALSE;
  for (guint i = 0; i < receipts->len; i++)
    {
      const BmnReceipt *receipt = receipts->pdata[i];
      if (was_seen (attempts, receipt->part) && !bmn_receipts_put (tx, target->id, receipt, error))
        return FALSE;
    }
  return TRUE;
}

/* How many parts are sent one by one. */
static int
count_parts (const Decision *decision, const BmnTarget *target)
{
  gint64 id = target->account_id;
  if (g_hash_table_contains (decision->whole_threads, &id))
    return 1;
  return target->parts ? target->parts->len : decision->n_post_parts;
}

static gboolean
retry_unknown (BmnTransaction *tx, BmnTarget *target, Decision *decision, GError **error)
{
  target->tries = 0;
  target->next_try_at = decision->now;
  if (decision->how == BMN_RETRY_LOOK)
    return bmn_targets_update (tx, target, BMN_TARGET_UNKNOWN, error);
  int n_parts;
  gboolean is_out = decision->how == BMN_RETRY_IS_OUT;
  if (!record_word_of_user (tx, target, is_out, decision->now, &n_parts, error)
      || (!is_out && !forget_unseen_receipts (tx, target, error)))
    return FALSE;
  g_clear_pointer (&target->error, g_free);
  g_clear_pointer (&target->error_kind, g_free);
  bmn_target_forget_server (target);
  target->hand_over = FALSE;
  if (!is_out)
    {
      target->state = BMN_TARGET_SCHEDULED;
      target->due_at = decision->now;
    }
  else if (n_parts >= count_parts (decision, target))
    {
      target->state = BMN_TARGET_PUBLISHED;
      target->next_try_at = 0;
      if (target->published_at == 0)
        target->published_at = target->due_at;
    }
  /* Else the beginning of a thread is out, and the publisher sees what becomes of the rest. */
  return bmn_targets_update (tx, target, BMN_TARGET_UNKNOWN, error);
}

static gboolean
retry_target (BmnTransaction *tx, BmnTarget *target, Decision *decision, GError **error)
{
  BmnTargetState before = target->state;
  if (before == BMN_TARGET_UNKNOWN)
    {
      decision->n_changed++;
      return retry_unknown (tx, target, decision, error);
    }
  if (decision->how != BMN_RETRY_LOOK
      || (before != BMN_TARGET_FAILED && before != BMN_TARGET_HELD
          && before != BMN_TARGET_CANCELLED))
    return TRUE;
  /* Its wall-clock time stays: what repeats it counts from there. */
  target->state = BMN_TARGET_SCHEDULED;
  target->due_at = target->next_try_at = decision->now;
  target->tries = 0;
  g_clear_pointer (&target->error, g_free);
  g_clear_pointer (&target->error_kind, g_free);
  decision->n_changed++;
  return bmn_targets_update (tx, target, before, error);
}

static gboolean
retry_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Decision *decision = data;
  if (!for_each_target (tx, decision, retry_target, error))
    return FALSE;
  return decision->n_changed > 0
         || bmn_session_set_conflict (error, _ ("There is nothing that waits for a retry."));
}

/* Asks the platforms, which live in the main context, before the store is changed. */
static gboolean
find_whole_threads (BmnSession *self, Decision *decision, GError **error)
{
  g_autoptr (BmnPostView) view = bmn_session_get_post (self, decision->post_id, error);
  if (!view)
    return FALSE;
  decision->n_post_parts = view->post->parts->len;
  for (guint i = 0; i < view->targets->len; i++)
    {
      const BmnAccount *account = ((BmnTargetView *)view->targets->pdata[i])->account;
      BmnCapabilities caps;
      if (!bmn_session_describe_account (self, account, &caps, NULL, error))
        return FALSE;
      if (caps.whole_thread)
        g_hash_table_add (decision->whole_threads, g_memdup2 (&account->id, sizeof account->id));
    }
  return TRUE;
}

gboolean
bmn_session_retry_post (BmnSession *self, gint64 id, BmnRetry how, GError **error)
{
  g_autoptr (GHashTable) whole_threads
      = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Decision decision = {
    .post_id = id, .now = bmn_session_now (self), .how = how, .whole_threads = whole_threads
  };
  return (how != BMN_RETRY_IS_OUT || find_whole_threads (self, &decision, error))
         && bmn_store_write (bmn_session_get_store (self), retry_post, &decision, error);
}
