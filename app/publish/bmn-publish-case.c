#include "bmn-publish-case-private.h"
#include "bmn-publish-error-private.h"
#include "bmn-publish-step-private.h"

#include "bmn-accounts.h"
#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-history.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

BmnPublishCase *
bmn_publish_case_load (BmnTransaction *tx, gint64 target_id, GError **error)
{
  g_autoptr (BmnPublishCase) self = g_new0 (BmnPublishCase, 1);
  self->target = bmn_targets_get (tx, target_id, error);
  if (!self->target)
    return NULL;
  self->post = bmn_posts_get (tx, self->target->post_id, error);
  if (!self->post)
    return NULL;
  self->account = bmn_accounts_get (tx, self->target->account_id, error);
  if (!self->account)
    return NULL;
  self->attempts = bmn_attempts_list (tx, target_id, error);
  if (!self->attempts)
    return NULL;
  self->receipts = bmn_receipts_list (tx, target_id, error);
  if (!self->receipts)
    return NULL;
  self->known_ids = bmn_receipts_remote_ids (tx, self->target->account_id, error);
  if (!self->known_ids)
    return NULL;
  if (!bmn_targets_last_published_at (tx, self->target->account_id, &self->last_published_at,
                                      error))
    return NULL;
  return g_steal_pointer (&self);
}

void
bmn_publish_case_free (BmnPublishCase *self)
{
  g_clear_pointer (&self->target, bmn_target_free);
  g_clear_pointer (&self->post, bmn_post_free);
  g_clear_pointer (&self->account, bmn_account_free);
  g_clear_pointer (&self->attempts, g_ptr_array_unref);
  g_clear_pointer (&self->receipts, g_ptr_array_unref);
  g_clear_pointer (&self->known_ids, g_hash_table_unref);
  bmn_publish_case_rollback (self);
  g_free (self);
}

void
bmn_publish_case_rollback (BmnPublishCase *self)
{
  g_clear_pointer (&self->staged_target, bmn_target_free);
  g_clear_pointer (&self->staged_attempt, bmn_attempt_free);
  g_clear_pointer (&self->staged_receipts, g_ptr_array_unref);
}

static void
commit_attempt (BmnPublishCase *self)
{
  BmnAttempt *staged = g_steal_pointer (&self->staged_attempt);
  guint n = self->attempts->len;
  if (n > 0 && ((BmnAttempt *)self->attempts->pdata[n - 1])->id == staged->id)
    g_ptr_array_remove_index (self->attempts, n - 1);
  g_ptr_array_add (self->attempts, staged);
}

static void
commit_receipts (BmnPublishCase *self)
{
  g_ptr_array_unref (self->receipts);
  self->receipts = g_steal_pointer (&self->staged_receipts);
  for (guint i = 0; i < self->receipts->len; i++)
    g_hash_table_add (self->known_ids,
                      g_strdup (((BmnReceipt *)self->receipts->pdata[i])->remote_id));
}

void
bmn_publish_case_commit (BmnPublishCase *self)
{
  if (self->staged_target)
    {
      bmn_target_free (self->target);
      self->target = g_steal_pointer (&self->staged_target);
    }
  if (self->staged_attempt)
    commit_attempt (self);
  if (self->staged_receipts)
    commit_receipts (self);
}

GPtrArray *
bmn_publish_case_get_parts (const BmnPublishCase *self)
{
  return self->target->parts ? self->target->parts : self->post->parts;
}

BmnPublishRequest *
bmn_publish_case_make_request (const BmnPublishCase *self, int part, const BmnCapabilities *caps)
{
  BmnPublishRequest *request
      = bmn_publish_request_new (self->post, bmn_publish_case_get_parts (self), self->target->key);
  request->part = part;
  request->planned_at = self->target->due_at;
  request->first_sent_at = bmn_publish_first_sent_at (self->attempts, part, caps);
  for (guint i = 0; i < self->receipts->len; i++)
    g_ptr_array_add (request->receipts, bmn_receipt_copy (self->receipts->pdata[i]));
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, self->known_ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (request->known_ids, g_strdup (id));
  return request;
}

gboolean
bmn_publish_case_is_uncertain (const BmnPublishCase *self, const BmnCapabilities *caps)
{
  for (guint part = 0; part < bmn_publish_case_get_parts (self)->len; part++)
    if (bmn_publish_is_uncertain (self->attempts, part, caps))
      return TRUE;
  return FALSE;
}

gboolean
bmn_publish_case_has_receipt (const BmnPublishCase *self, int part)
{
  for (guint i = 0; i < self->receipts->len; i++)
    if (((BmnReceipt *)self->receipts->pdata[i])->part == part)
      return TRUE;
  return FALSE;
}

gboolean
bmn_publish_case_is_untouched (const BmnPublishCase *self, const BmnCapabilities *caps)
{
  return self->receipts->len == 0 && !bmn_publish_case_is_uncertain (self, caps);
}

/* Stores a copy of the target that was changed. @changed: (transfer full): */
static gboolean
store_target (BmnPublishCase *self, BmnTransaction *tx, BmnTarget *changed, GError **error)
{
  g_clear_pointer (&self->staged_target, bmn_target_free);
  self->staged_target = changed;
  return bmn_targets_update (tx, changed, self->target->state, error);
}

/* A request whose answer was lost may arrive after a look that found nothing. Under the same
 * record key that does no harm, so such a key is kept even when the content changes. */
static gboolean
may_arrive_late (const BmnPublishCase *self, const BmnCapabilities *caps)
{
  if (caps->idempotency != BMN_IDEMPOTENCY_RECORD_KEY)
    return FALSE;
  for (guint i = 0; i < self->attempts->len; i++)
    {
      const BmnAttempt *attempt = self->attempts->pdata[i];
      if (attempt->kind == BMN_ATTEMPT_PUBLISH
          && (attempt->outcome == BMN_ATTEMPT_LOST || attempt->outcome == BMN_ATTEMPT_OPEN))
        return TRUE;
    }
  return FALSE;
}

gboolean
bmn_publish_case_claim (BmnPublishCase *self,
                        BmnTransaction *tx,
                        const char *fresh_key,
                        const BmnCapabilities *caps,
                        GError **error)
{
  gboolean may_be_out = self->receipts->len > 0 || bmn_publish_case_is_uncertain (self, caps)
                        || may_arrive_late (self, caps);
  BmnTarget *changed = bmn_target_copy (self->target);
  changed->state = BMN_TARGET_PUBLISHING;
  if (!changed->key || (changed->revision != self->post->revision && !may_be_out))
    {
      g_free (changed->key);
      changed->key = g_strdup (fresh_key);
      changed->revision = self->post->revision;
    }
  return store_target (self, tx, changed, error);
}

gboolean
bmn_publish_case_move (BmnPublishCase *self,
                       BmnTransaction *tx,
                       const BmnSlotTime *place,
                       GError **error)
{
  BmnTarget *changed = bmn_target_copy (self->target);
  g_free (changed->local_time);
  changed->local_time = bmn_wall_time_format (&place->wall);
  g_free (changed->zone);
  changed->zone = g_strdup (self->account->zone);
  changed->due_at = changed->next_try_at = place->instant;
  return store_target (self, tx, changed, error);
}

gboolean
bmn_publish_case_begin (BmnPublishCase *self,
                        BmnTransaction *tx,
                        int part,
                        BmnAttemptKind kind,
                        gint64 now,
                        GError **error)
{
  BmnAttempt *attempt = bmn_attempt_new (self->target->id, part, kind);
  self->staged_attempt = attempt;
  attempt->revision = self->target->revision;
  attempt->key = g_strdup (self->target->key);
  attempt->started_at = now;
  return bmn_attempts_begin (tx, attempt, error);
}

static gboolean
store_receipts (BmnPublishCase *self, BmnTransaction *tx, GPtrArray *receipts, GError **error)
{
  for (guint i = 0; i < receipts->len; i++)
    if (!bmn_receipts_put (tx, self->target->id, receipts->pdata[i], error))
      return FALSE;
  return TRUE;
}

char *
bmn_publish_join_notes (GPtrArray *receipts)
{
  g_autoptr (GString) notes = g_string_new (NULL);
  for (guint i = 0; receipts && i < receipts->len; i++)
    {
      const BmnReceipt *receipt = receipts->pdata[i];
      if (!receipt->note || strstr (notes->str, receipt->note))
        continue;
      if (notes->len > 0)
        g_string_append_c (notes, '\n');
      g_string_append (notes, receipt->note);
    }
  return notes->len > 0 ? g_string_free (g_steal_pointer (&notes), FALSE) : NULL;
}

gboolean
bmn_publish_case_finish (BmnPublishCase *self,
                         BmnTransaction *tx,
                         BmnAttemptOutcome outcome,
                         GPtrArray *receipts,
                         const GError *failure,
                         gint64 now,
                         GError **error)
{
  BmnAttempt *attempt = bmn_attempt_copy (self->attempts->pdata[self->attempts->len - 1]);
  self->staged_attempt = attempt;
  attempt->finished_at = now;
  attempt->outcome = outcome;
  attempt->error_kind = failure ? g_strdup (bmn_publish_error_nick (failure)) : NULL;
  attempt->message = failure ? g_strdup (failure->message) : bmn_publish_join_notes (receipts);
  if (!bmn_attempts_finish (tx, attempt, error))
    return FALSE;
  if (!receipts)
    return TRUE;
  if (!store_receipts (self, tx, receipts, error))
    return FALSE;
  self->staged_receipts = bmn_receipts_list (tx, self->target->id, error);
  return self->staged_receipts != NULL;
}

/* What is out belongs to the account's history, where the engine learns from it. */
static gboolean
enter_history (BmnPublishCase *self, BmnTransaction *tx, GError **error)
{
  GPtrArray *parts = bmn_publish_case_get_parts (self);
  for (guint i = 0; i < self->receipts->len; i++)
    {
      const BmnReceipt *receipt = self->receipts->pdata[i];
      if ((guint)receipt->part >= parts->len)
        continue;
      const BmnPart *part = parts->pdata[receipt->part];
      g_autoptr (BmnHistoryPost) entry = bmn_history_post_new (
          self->account->id, receipt->remote_id, part->text, receipt->published_at);
      entry->url = g_strdup (receipt->url);
      entry->language = g_strdup (self->post->language);
      entry->is_reply = receipt->part > 0;
      entry->n_media = part->media->len;
      entry->target_id = self->target->id;
      if (!bmn_history_put (tx, entry, NULL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
bmn_publish_case_settle (BmnPublishCase *self,
                         BmnTransaction *tx,
                         BmnTargetState state,
                         gint64 next_try_at,
                         const char *error_kind,
                         const char *message,
                         GError **error)
{
  BmnTarget *changed = bmn_target_copy (self->target);
  changed->state = state;
  changed->next_try_at = next_try_at;
  g_free (changed->error_kind);
  changed->error_kind = g_strdup (error_kind);
  g_free (changed->error);
  changed->error = g_strdup (message);
  if (self->receipts->len > 0)
    {
      const BmnReceipt *first = self->receipts->pdata[0];
      g_free (changed->url);
      changed->url = g_strdup (first->url);
      changed->published_at = first->published_at;
    }
  else if (state == BMN_TARGET_PUBLISHED && self->attempts->len > 0)
    /* The user saw it; nobody else said when. */
    changed->published_at = ((BmnAttempt *)self->attempts->pdata[0])->started_at;
  changed->tries = state == BMN_TARGET_PUBLISHED ? 0
                   : error_kind                  ? changed->tries + 1
                                                 : changed->tries;
  if (!store_target (self, tx, changed, error))
    return FALSE;
  return state != BMN_TARGET_PUBLISHED || enter_history (self, tx, error);
}

/* An attempt that a crash left open may have been accepted, unless it only looked. */
static gboolean
close_open_attempts (BmnPublishCase *self, BmnTransaction *tx, gint64 now, GError **error)
{
  for (guint i = 0; i < self->attempts->len; i++)
    {
      BmnAttempt *attempt = self->attempts->pdata[i];
      if (attempt->outcome != BMN_ATTEMPT_OPEN)
        continue;
      attempt->finished_at = now;
      attempt->outcome = BMN_ATTEMPT_LOST;
      attempt->message = g_strdup (_ ("Bellman stopped before the answer came."));
      if (!bmn_attempts_finish (tx, attempt, error))
        return FALSE;
    }
  return TRUE;
}

/* When work on it stopped: a time that tells how late it would go out now. */
static gint64
get_last_sign_of_life (const BmnPublishCase *self, gint64 now)
{
  gint64 at = self->target->next_try_at;
  for (guint i = 0; i < self->attempts->len; i++)
    at = MAX (at, ((BmnAttempt *)self->attempts->pdata[i])->started_at);
  return CLAMP (at, 1, now);
}

static gboolean
recover_one (BmnTransaction *tx, gint64 target_id, gint64 now, GError **error)
{
  g_autoptr (BmnPublishCase) self = bmn_publish_case_load (tx, target_id, error);
  if (!self || !close_open_attempts (self, tx, now, error))
    return FALSE;
  /* Unknown is always right here: the record itself says what is to be done next. */
  return bmn_publish_case_settle (
      self, tx, BMN_TARGET_UNKNOWN, get_last_sign_of_life (self, now), NULL,
      _ ("Bellman stopped while this was being published. It looks first what is out."), error);
}

/* What a server may hold keeps its state: its record says what is to be done next. */
static gboolean
recover_held (BmnTransaction *tx, gint64 now, GError **error)
{
  const BmnTargetFilter filter = { .at_server = TRUE };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      g_autoptr (BmnPublishCase) self
          = target->remote_schedule_id ? bmn_publish_case_load (tx, target->id, error) : NULL;
      if (target->remote_schedule_id && (!self || !close_open_attempts (self, tx, now, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
bmn_publish_recover (BmnTransaction *tx, gint64 now, GError **error)
{
  const BmnTargetFilter filter = { .states = 1 << BMN_TARGET_PUBLISHING };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!recover_one (tx, ((BmnTarget *)targets->pdata[i])->id, now, error))
      return FALSE;
  return recover_held (tx, now, error);
}
