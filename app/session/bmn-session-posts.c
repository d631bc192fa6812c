#include "bmn-session-posts.h"
#include "bmn-plan-private.h"
#include "bmn-series-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-media-library.h"
#include "bmn-posts.h"
#include "bmn-preflight.h"
#include "bmn-recurrence.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

BmnMedia *
bmn_session_add_media (
    BmnSession *self, const char *path, const char *alt, GCancellable *cancellable, GError **error)
{
  return bmn_media_library_add (bmn_session_get_folder (self), path, alt, cancellable, error);
}

/*
 * Adding and changing.
 */

typedef struct
{
  BmnPost *post;       /* not owned */
  GArray *account_ids; /* (nullable) of a new post; not owned */
  const BmnWhen *when; /* (nullable) */
  gint64 now;
  GPtrArray *warnings; /* (owned) (element-type utf8) */
} Change;

static GPtrArray *
strings_new (void)
{
  return g_ptr_array_new_with_free_func (g_free);
}

static GStrv
strings_to_strv (GPtrArray *strings)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < strings->len; i++)
    g_strv_builder_add (builder, strings->pdata[i]);
  return g_strv_builder_end (builder);
}

static void
take_over_findings (GPtrArray *warnings, GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    {
      const char *message = ((BmnPreflightFinding *)findings->pdata[i])->message;
      if (!g_ptr_array_find_with_equal_func (warnings, message, g_str_equal, NULL))
        g_ptr_array_add (warnings, g_strdup (message));
    }
}

static gboolean
check_plan (BmnTransaction *tx, Change *change, const BmnTarget *target, GError **error)
{
  if (target->state != BMN_TARGET_SCHEDULED)
    return TRUE;
  g_autoptr (GPtrArray) findings
      = bmn_preflight_plan (tx, change->post, target, change->now, error);
  if (!findings)
    return FALSE;
  take_over_findings (change->warnings, findings);
  return TRUE;
}

static gboolean
insert_target (BmnTransaction *tx, Change *change, gint64 account_id, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, account_id, error);
  if (!account)
    return FALSE;
  g_autoptr (BmnTarget) target = bmn_target_new (account_id);
  target->post_id = change->post->id;
  return bmn_plan_target (tx, target, account, change->when, change->now, change->warnings, error)
         && check_plan (tx, change, target, error) && bmn_targets_insert (tx, target, error);
}

static gboolean
insert_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Change *change = data;
  if (!bmn_posts_insert (tx, change->post, change->now, error))
    return FALSE;
  for (guint i = 0; i < change->account_ids->len; i++)
    if (!insert_target (tx, change, g_array_index (change->account_ids, gint64, i), error))
      return FALSE;
  return bmn_series_extend (tx, change->now, error);
}

/* Whether every account would take the post. In the main context, where platforms live. */
static gboolean
check_content (BmnSession *self, const BmnPost *post, const BmnTarget *target, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, target->account_id, error);
  g_autoptr (BmnPlatform) platform
      = account ? bmn_session_make_platform (self, account, error) : NULL;
  return platform
         && bmn_platform_validate (platform, post, target->parts ? target->parts : post->parts,
                                   error);
}

static gboolean
check_content_on_all (BmnSession *self, const BmnPost *post, GArray *account_ids, GError **error)
{
  for (guint i = 0; i < account_ids->len; i++)
    {
      g_autoptr (BmnTarget) target = bmn_target_new (g_array_index (account_ids, gint64, i));
      if (!check_content (self, post, target, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_recurrence (const BmnPost *post, const BmnWhen *when, GError **error)
{
  if (!post->recurrence)
    return TRUE;
  g_autoptr (BmnRecurrence) rule = bmn_recurrence_parse (post->recurrence, error);
  if (!rule)
    return FALSE;
  if (when && when->kind == BMN_WHEN_DRAFT)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("A repeated post needs the time of its first date."));
      return FALSE;
    }
  return TRUE;
}

/* Nothing that was written is lost: what cannot be planned is kept as a draft. */
static gboolean
keep_as_draft (BmnSession *self, Change *change, GError *reason, GError **error)
{
  const BmnWhen draft = { .kind = BMN_WHEN_DRAFT };
  change->when = &draft;
  change->post->id = 0;
  g_autoptr (GError) worse = NULL;
  if (!bmn_store_write (bmn_session_get_store (self), insert_post, change, &worse))
    {
      g_propagate_error (error, reason);
      return FALSE;
    }
  g_set_error (error, reason->domain, reason->code,
               /* Translators: the first %s is a whole sentence that says what is wrong. */
               _ ("%s The post is kept as draft %" PRId64 "."), reason->message, change->post->id);
  g_error_free (reason);
  return FALSE;
}

static gboolean
refused_by_content (const GError *error)
{
  return error->domain == BMN_PLATFORM_ERROR
         || g_error_matches (error, BMN_ERROR, BMN_ERROR_INVALID)
         || g_error_matches (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

gboolean
bmn_session_add_post (BmnSession *self,
                      BmnPost *post,
                      GArray *account_ids,
                      const BmnWhen *when,
                      GStrv *warnings,
                      GError **error)
{
  g_autoptr (GPtrArray) notes = strings_new ();
  Change change = { .post = post,
                    .account_ids = account_ids,
                    .when = when,
                    .now = bmn_session_now (self),
                    .warnings = notes };
  if (!bmn_post_validate (post, error) || !check_recurrence (post, when, error))
    return FALSE;
  GError *reason = NULL;
  gboolean fits
      = when->kind == BMN_WHEN_DRAFT || check_content_on_all (self, post, account_ids, &reason);
  if (!fits || !bmn_store_write (bmn_session_get_store (self), insert_post, &change, &reason))
    {
      if (when->kind != BMN_WHEN_DRAFT && refused_by_content (reason))
        return keep_as_draft (self, &change, reason, error);
      g_propagate_error (error, reason);
      return FALSE;
    }
  *warnings = strings_to_strv (notes);
  return TRUE;
}

static gboolean
set_conflict (GError **error, const char *message)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT, message);
  return FALSE;
}

/* Sets @lost to whether a request of the target got no answer, and nobody looked since. */
static gboolean
check_lost (BmnTransaction *tx, const BmnTarget *target, gboolean *lost, GError **error)
{
  g_autoptr (GPtrArray) attempts = bmn_attempts_list (tx, target->id, error);
  if (!attempts)
    return FALSE;
  *lost = FALSE;
  for (guint i = 0; i < attempts->len; i++)
    {
      const BmnAttempt *attempt = attempts->pdata[i];
      if (attempt->kind == BMN_ATTEMPT_PUBLISH)
        *lost = attempt->outcome == BMN_ATTEMPT_LOST;
    }
  return TRUE;
}

/* Content that is or may be out in part must not change under it. */
gboolean
bmn_session_check_editable (BmnTransaction *tx, const BmnTarget *target, GError **error)
{
  if (target->state == BMN_TARGET_PUBLISHING)
    return set_conflict (error, _ ("The post is being published just now. Try again in a moment."));
  if (target->state == BMN_TARGET_UNKNOWN)
    return set_conflict (
        error, _ ("It is not known whether this post is out. Settle that first: retry it, or say "
                  "whether it is there."));
  g_autoptr (GPtrArray) receipts = bmn_receipts_list (tx, target->id, error);
  if (!receipts)
    return FALSE;
  if (target->state != BMN_TARGET_PUBLISHED && receipts->len > 0)
    return set_conflict (
        error,
        _ ("A part of this thread is out already. Retry or delete it instead of changing it."));
  gboolean was_lost = FALSE;
  if (target->state == BMN_TARGET_CANCELLED && !check_lost (tx, target, &was_lost, error))
    return FALSE;
  /* A look for what was sent would look for the new text, and find nothing. */
  if (was_lost)
    return set_conflict (error, _ ("This post was taken back while it was not known whether it is "
                                   "out. Retry it first, or write a new one."));
  return TRUE;
}

static gboolean
can_be_moved (const BmnTarget *target)
{
  return target->state != BMN_TARGET_PUBLISHED && target->state != BMN_TARGET_PUBLISHING
         && target->state != BMN_TARGET_UNKNOWN;
}

static gboolean
replan_target (BmnTransaction *tx, Change *change, BmnTarget *target, GError **error)
{
  BmnTargetState before = target->state;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, target->account_id, error);
  if (!account
      || !bmn_plan_target (tx, target, account, change->when, change->now, change->warnings, error))
    return FALSE;
  target->tries = 0;
  g_clear_pointer (&target->error, g_free);
  g_clear_pointer (&target->error_kind, g_free);
  return check_plan (tx, change, target, error) && bmn_targets_update (tx, target, before, error);
}

/* What pre-flight had to say of the old content is checked again with the new one. */
static gboolean
recheck_target (BmnTransaction *tx, Change *change, BmnTarget *target, GError **error)
{
  if (target->state == BMN_TARGET_SCHEDULED && target->tries == 0)
    {
      g_clear_pointer (&target->error, g_free);
      g_clear_pointer (&target->error_kind, g_free);
    }
  return check_plan (tx, change, target, error)
         && bmn_targets_update (tx, target, target->state, error);
}

static gboolean
update_target (BmnTransaction *tx, Change *change, BmnTarget *target, GError **error)
{
  return change->when ? replan_target (tx, change, target, error)
                      : recheck_target (tx, change, target, error);
}

static gboolean
update_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Change *change = data;
  const BmnTargetFilter filter = { .post_id = change->post->id };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!bmn_session_check_editable (tx, targets->pdata[i], error))
      return FALSE;
  g_autoptr (BmnPost) before = bmn_posts_get (tx, change->post->id, error);
  if (!before || !bmn_posts_update (tx, change->post, change->now, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (can_be_moved (targets->pdata[i]) && !update_target (tx, change, targets->pdata[i], error))
      return FALSE;
  gboolean new_dates
      = change->when || g_strcmp0 (before->recurrence, change->post->recurrence) != 0;
  if (before->recurrence && !bmn_series_follow (tx, change->post, new_dates, change->now, error))
    return FALSE;
  return bmn_series_extend (tx, change->now, error);
}

gboolean
bmn_session_update_post (
    BmnSession *self, BmnPost *post, const BmnWhen *when, GStrv *warnings, GError **error)
{
  g_autoptr (GPtrArray) notes = strings_new ();
  Change change = { .post = post, .when = when, .now = bmn_session_now (self), .warnings = notes };
  if (!bmn_post_validate (post, error) || !check_recurrence (post, when, error))
    return FALSE;
  g_autoptr (BmnPostView) view = bmn_session_get_post (self, post->id, error);
  if (!view)
    return FALSE;
  for (guint i = 0; i < view->targets->len; i++)
    {
      const BmnTarget *target = ((BmnTargetView *)view->targets->pdata[i])->target;
      gboolean planned
          = target->state == BMN_TARGET_SCHEDULED || (when && when->kind != BMN_WHEN_DRAFT);
      /* Its repetitions take over what the pattern says, wherever that is itself. */
      if (((planned && can_be_moved (target)) || post->recurrence)
          && !check_content (self, post, target, error))
        return FALSE;
    }
  if (!bmn_store_write (bmn_session_get_store (self), update_post, &change, error))
    return FALSE;
  *warnings = strings_to_strv (notes);
  return TRUE;
}

/*
 * Reading.
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

/*
 * Taking back and going on.
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
    return set_conflict (
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
         || set_conflict (
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
      g_autoptr (BmnAttempt) word = bmn_attempt_new (target->id, part, BMN_ATTEMPT_READ_BACK);
      word->key = g_strdup (target->key);
      word->revision = target->revision;
      word->started_at = now;
      if (!bmn_attempts_begin (tx, word, error))
        return FALSE;
      word->finished_at = now;
      word->outcome = is_out ? BMN_ATTEMPT_DONE : BMN_ATTEMPT_NOT_FOUND;
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
         || set_conflict (error, _ ("There is nothing that waits for a retry."));
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
