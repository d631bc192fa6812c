#include "bmn-publish-due-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-targets.h"

/* @value_size: of what the table maps its ids to, 0 for a set */
static GHashTable *
copy_table (GHashTable *table, gsize value_size)
{
  GHashTable *copy = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  GHashTableIter iter;
  gpointer id, value;
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, &id, &value))
    g_hash_table_insert (copy, g_memdup2 (id, sizeof (gint64)),
                         value_size ? g_memdup2 (value, value_size) : NULL);
  return copy;
}

BmnPublishDue *
bmn_publish_due_new (gint64 now, gint64 horizon, GHashTable *watched, GHashTable *resting)
{
  BmnPublishDue *self = g_new0 (BmnPublishDue, 1);
  self->now = now;
  self->horizon = horizon;
  self->watched = copy_table (watched, 0);
  self->resting = copy_table (resting, sizeof (BmnPublishGap));
  return self;
}

void
bmn_publish_due_free (BmnPublishDue *self)
{
  g_hash_table_unref (self->watched);
  g_hash_table_unref (self->resting);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->pending, g_array_unref);
  g_free (self);
}

const BmnAccount *
bmn_publish_due_get_account (const BmnPublishDue *self, gint64 id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    if (((BmnAccount *)self->accounts->pdata[i])->id == id)
      return self->accounts->pdata[i];
  return NULL;
}

gboolean
bmn_publish_is_resting (GHashTable *resting, const BmnAccount *account, gint64 now)
{
  const BmnPublishGap *rest = g_hash_table_lookup (resting, &account->id);
  return rest && now < rest->until && rest->min_gap == account->min_gap;
}

static gboolean
list_pending (BmnPublishDue *self, BmnTransaction *tx, GError **error)
{
  const BmnTargetFilter filter = {
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_UNKNOWN | 1 << BMN_TARGET_PUBLISHING,
    .try_until = self->now + self->horizon,
  };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  self->pending = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      const BmnAccount *account = bmn_publish_due_get_account (self, target->account_id);
      gboolean waits = target->next_try_at != 0 && account && !account->paused;
      if (waits || target->state == BMN_TARGET_PUBLISHING)
        g_array_append_val (self->pending, target->id);
    }
  return TRUE;
}

static gboolean
count_unsettled (BmnPublishDue *self, BmnTransaction *tx, GError **error)
{
  GHashTableIter iter;
  gpointer id;
  g_hash_table_iter_init (&iter, self->watched);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autoptr (GError) gone = NULL;
      g_autoptr (BmnTarget) target = bmn_targets_get (tx, *(gint64 *)id, &gone);
      if (!target && !g_error_matches (gone, BMN_ERROR, BMN_ERROR_NOT_FOUND))
        {
          g_propagate_error (error, g_steal_pointer (&gone));
          return FALSE;
        }
      if (target && target->state != BMN_TARGET_PUBLISHED && target->state != BMN_TARGET_CANCELLED)
        self->n_unsettled++;
    }
  return TRUE;
}

/* One account after the other, so that a long queue of one, paused maybe, hides no other. */
static gboolean
find_due_on (BmnPublishDue *self, BmnTransaction *tx, const BmnAccount *account, GError **error)
{
  const guint looked_up = 1 << BMN_TARGET_UNKNOWN;
  const BmnTargetFilter filter = {
    .account_id = account->id,
    .states = bmn_publish_is_resting (self->resting, account, self->now)
                  ? looked_up
                  : looked_up | 1 << BMN_TARGET_SCHEDULED,
    .try_until = self->now,
    .limit = 1,
  };
  if (account->paused)
    return TRUE;
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (targets && targets->len > 0)
    g_ptr_array_add (self->due, bmn_target_copy (targets->pdata[0]));
  return targets != NULL;
}

/* What waits behind a gap is due already, so its next try wakes nobody. */
static void
wake_after_rests (BmnPublishDue *self)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const BmnAccount *account = self->accounts->pdata[i];
      const BmnPublishGap *rest = g_hash_table_lookup (self->resting, &account->id);
      if (rest && bmn_publish_is_resting (self->resting, account, self->now)
          && (self->next_at == 0 || rest->until < self->next_at))
        self->next_at = rest->until;
    }
}

gboolean
bmn_publish_due_find (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPublishDue *self = data;
  self->due = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_target_free);
  self->accounts = bmn_accounts_list (tx, error);
  if (!self->accounts)
    return FALSE;
  for (guint i = 0; i < self->accounts->len; i++)
    if (!find_due_on (self, tx, self->accounts->pdata[i], error))
      return FALSE;
  if (!bmn_targets_next_try_at (tx, self->now, &self->next_at, error))
    return FALSE;
  wake_after_rests (self);
  return self->horizon < 0 || (list_pending (self, tx, error) && count_unsettled (self, tx, error));
}
