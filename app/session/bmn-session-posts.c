#include "bmn-session-posts.h"
#include "bmn-hand-over-ask-private.h"
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
  GHashTable *holders; /* (nullable) whose servers are to hold it; not owned */
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
  if (!bmn_plan_target (tx, target, account, change->when, change->now, change->warnings, error))
    return FALSE;
  bmn_hand_over_ask (target, change->holders, change->now, change->warnings);
  return check_plan (tx, change, target, error) && bmn_targets_insert (tx, target, error);
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

gboolean
bmn_session_check_content (BmnSession *self,
                           const BmnPost *post,
                           const BmnTarget *target,
                           GError **error)
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
      if (!bmn_session_check_content (self, post, target, error))
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

/* Sets @holders to whose servers are to hold the post, where that is wanted. */
static gboolean
find_holders (
    BmnSession *self, Change *change, GArray *account_ids, GHashTable **holders, GError **error)
{
  if (!change->when || !change->when->hand_over)
    return TRUE;
  change->holders = *holders = bmn_hand_over_find_holders (self, change->post->parts->len,
                                                           account_ids, change->warnings, error);
  return *holders != NULL;
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
  g_autoptr (GHashTable) holders = NULL;
  gboolean fits = when->kind == BMN_WHEN_DRAFT
                  || (check_content_on_all (self, post, account_ids, &reason)
                      && find_holders (self, &change, account_ids, &holders, &reason));
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
    return bmn_session_set_conflict (
        error, _ ("The post is being published just now. Try again in a moment."));
  if (target->state == BMN_TARGET_UNKNOWN)
    return bmn_session_set_conflict (
        error, _ ("It is not known whether this post is out. Settle that first: retry it, or say "
                  "whether it is there."));
  g_autoptr (GPtrArray) receipts = bmn_receipts_list (tx, target->id, error);
  if (!receipts)
    return FALSE;
  if (target->state != BMN_TARGET_PUBLISHED && receipts->len > 0)
    return bmn_session_set_conflict (
        error,
        _ ("A part of this thread is out already. Retry or delete it instead of changing it."));
  gboolean was_lost = FALSE;
  if (target->state == BMN_TARGET_CANCELLED && !check_lost (tx, target, &was_lost, error))
    return FALSE;
  /* A look for what was sent would look for the new text, and find nothing. */
  if (was_lost)
    return bmn_session_set_conflict (
        error, _ ("This post was taken back while it was not known whether it is "
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
  bmn_hand_over_ask (target, change->holders, change->now, change->warnings);
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

static GArray *
list_accounts (const BmnPostView *view)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < view->targets->len; i++)
    {
      const BmnTarget *target = ((BmnTargetView *)view->targets->pdata[i])->target;
      g_array_append_val (ids, target->account_id);
    }
  return ids;
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
          && !bmn_session_check_content (self, post, target, error))
        return FALSE;
    }
  g_autoptr (GHashTable) holders = NULL;
  g_autoptr (GArray) account_ids = list_accounts (view);
  if (!find_holders (self, &change, account_ids, &holders, error)
      || !bmn_store_write (bmn_session_get_store (self), update_post, &change, error))
    return FALSE;
  *warnings = strings_to_strv (notes);
  return TRUE;
}
