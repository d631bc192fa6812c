#include "bmn-session-drafts.h"
#include "bmn-session-accounts.h"
#include "bmn-session-posts.h"
#include "bmn-session-private.h"

#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-settings.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

/* Which drafts are on screen: post ids, each with `:` and the original's where it has one. */
#define OPEN_DRAFTS "composer.open-drafts"

/*
 * Saving.
 */

typedef struct
{
  BmnPost *post;      /* not owned */
  GPtrArray *targets; /* not owned */
  gint64 now;
  gboolean may_be_planned; /* whether targets may be past being drafts */
} Draft;

static const BmnTarget *
find_target (GPtrArray *targets, gint64 account_id)
{
  for (guint i = 0; i < targets->len; i++)
    if (((BmnTarget *)targets->pdata[i])->account_id == account_id)
      return targets->pdata[i];
  return NULL;
}

static gboolean
set_planned (GError **error)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                       _ ("This post is planned or out by now. Open it anew to change it."));
  return FALSE;
}

/* Nothing of it was ever sent, so it may go without a trace. */
static gboolean
is_untouched (const BmnTarget *target)
{
  return target->state == BMN_TARGET_DRAFT
         || (target->state == BMN_TARGET_SCHEDULED && target->tries == 0);
}

static gboolean
follow_target (BmnTransaction *tx, BmnTarget *stored, const BmnTarget *wanted, GError **error)
{
  if (!wanted)
    return is_untouched (stored) ? bmn_targets_delete (tx, stored->id, error) : set_planned (error);
  if (!stored->parts && !wanted->parts)
    return TRUE;
  g_clear_pointer (&stored->parts, g_ptr_array_unref);
  stored->parts = bmn_parts_copy (wanted->parts);
  return bmn_targets_update (tx, stored, stored->state, error);
}

static gboolean
add_target (BmnTransaction *tx, Draft *draft, const BmnTarget *wanted, GError **error)
{
  g_autoptr (BmnTarget) target = bmn_target_new (wanted->account_id);
  target->post_id = draft->post->id;
  target->parts = bmn_parts_copy (wanted->parts);
  return bmn_targets_insert (tx, target, error);
}

static gboolean
follow_targets (BmnTransaction *tx, Draft *draft, GError **error)
{
  const BmnTargetFilter filter = { .post_id = draft->post->id };
  g_autoptr (GPtrArray) stored = bmn_targets_list (tx, &filter, error);
  if (!stored)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    {
      BmnTarget *target = stored->pdata[i];
      if (target->state != BMN_TARGET_DRAFT && !draft->may_be_planned)
        return set_planned (error);
      if (!follow_target (tx, target, find_target (draft->targets, target->account_id), error))
        return FALSE;
    }
  for (guint i = 0; i < draft->targets->len; i++)
    {
      const BmnTarget *wanted = draft->targets->pdata[i];
      if (!find_target (stored, wanted->account_id) && !add_target (tx, draft, wanted, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
save_draft (BmnTransaction *tx, gpointer data, GError **error)
{
  Draft *draft = data;
  gboolean saved = draft->post->id == 0 ? bmn_posts_insert (tx, draft->post, draft->now, error)
                                        : bmn_posts_update (tx, draft->post, draft->now, error);
  return saved && follow_targets (tx, draft, error);
}

gboolean
bmn_session_save_draft (BmnSession *self, BmnPost *post, GPtrArray *targets, GError **error)
{
  Draft draft = { .post = post, .targets = targets, .now = bmn_session_now (self) };
  gint64 id = post->id;
  if (bmn_store_write (bmn_session_get_store (self), save_draft, &draft, error))
    return TRUE;
  post->id = id;
  return FALSE;
}

/*
 * Copying.
 */

typedef struct
{
  gint64 id;
  gint64 now;
  gint64 copy_id;
} Duplication;

static gboolean
duplicate_post (BmnTransaction *tx, gpointer data, GError **error)
{
  Duplication *duplication = data;
  const BmnTargetFilter filter = { .post_id = duplication->id };
  g_autoptr (BmnPost) post = bmn_posts_get (tx, duplication->id, error);
  g_autoptr (GPtrArray) targets = post ? bmn_targets_list (tx, &filter, error) : NULL;
  if (!targets)
    return FALSE;
  post->id = post->series_id = 0;
  post->revision = 1;
  g_clear_pointer (&post->recurrence, g_free);
  Draft draft = { .post = post, .targets = targets, .now = duplication->now };
  if (!save_draft (tx, &draft, error))
    return FALSE;
  duplication->copy_id = post->id;
  return TRUE;
}

gboolean
bmn_session_duplicate_post (BmnSession *self, gint64 id, gint64 *copy_id, GError **error)
{
  Duplication duplication = { .id = id, .now = bmn_session_now (self) };
  if (!bmn_store_write (bmn_session_get_store (self), duplicate_post, &duplication, error))
    return FALSE;
  *copy_id = duplication.copy_id;
  return TRUE;
}

/*
 * Discarding.
 */

static gboolean
discard_draft (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 id = *(gint64 *)data;
  const BmnTargetFilter filter = { .post_id = id };
  g_autoptr (GPtrArray) stored = bmn_targets_list (tx, &filter, error);
  if (!stored)
    return FALSE;
  for (guint i = 0; i < stored->len; i++)
    if (((BmnTarget *)stored->pdata[i])->state != BMN_TARGET_DRAFT)
      return TRUE;
  g_autoptr (GError) failure = NULL;
  if (bmn_posts_delete (tx, id, &failure)
      || g_error_matches (failure, BMN_ERROR, BMN_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
bmn_session_discard_draft (BmnSession *self, gint64 id, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), discard_draft, &id, error);
}

/*
 * Planning.
 */

static gboolean
check_targets (BmnSession *self, const BmnPost *post, GPtrArray *targets, GError **error)
{
  if (targets->len == 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("Choose an account that the post goes to."));
      return FALSE;
    }
  if (!bmn_post_validate (post, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!bmn_session_check_content (self, post, targets->pdata[i], error))
      return FALSE;
  return TRUE;
}

/* The original keeps going out as it was until all of the copy is known to be fine. */
static gboolean
replace_original (BmnSession *self,
                  const BmnPost *copy,
                  GPtrArray *targets,
                  gint64 original,
                  const BmnWhen *when,
                  GStrv *warnings,
                  GError **error)
{
  g_autoptr (BmnPost) post = bmn_post_copy (copy);
  post->id = original;
  Draft draft
      = { .post = post, .targets = targets, .now = bmn_session_now (self), .may_be_planned = TRUE };
  return bmn_store_write (bmn_session_get_store (self), save_draft, &draft, error)
         && bmn_session_update_post (self, post, when, warnings, error)
         && bmn_session_discard_draft (self, copy->id, error);
}

gboolean
bmn_session_plan_draft (BmnSession *self,
                        BmnPost *post,
                        GPtrArray *targets,
                        gint64 original,
                        const BmnWhen *when,
                        GStrv *warnings,
                        GError **error)
{
  if (!bmn_session_save_draft (self, post, targets, error)
      || !check_targets (self, post, targets, error))
    return FALSE;
  if (original != 0)
    return replace_original (self, post, targets, original, when, warnings, error);
  return bmn_session_update_post (self, post, when, warnings, error);
}

/*
 * What is on screen.
 */

static gboolean
store_open_drafts (BmnTransaction *tx, gpointer data, GError **error)
{
  const char *text = data;
  return bmn_settings_set (tx, OPEN_DRAFTS, *text ? text : NULL, error);
}

gboolean
bmn_session_set_open_drafts (BmnSession *self, GArray *drafts, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < drafts->len; i++)
    {
      const BmnOpenDraft *draft = &g_array_index (drafts, BmnOpenDraft, i);
      g_string_append_printf (text, "%s%" PRId64 ":%" PRId64, i > 0 ? " " : "", draft->post_id,
                              draft->original);
    }
  return bmn_store_write (bmn_session_get_store (self), store_open_drafts, text->str, error);
}

static gboolean
is_there (BmnTransaction *tx, gint64 id)
{
  g_autoptr (BmnPost) post = bmn_posts_get (tx, id, NULL);
  return post != NULL;
}

static gboolean
read_open_drafts (BmnTransaction *tx, gpointer data, GError **error)
{
  GArray *drafts = data;
  g_autofree char *text = NULL;
  if (!bmn_settings_get (tx, OPEN_DRAFTS, &text, error))
    return FALSE;
  g_auto (GStrv) words = g_strsplit (text ? text : "", " ", -1);
  for (guint i = 0; words[i]; i++)
    {
      char *end = NULL;
      BmnOpenDraft draft = { .post_id = g_ascii_strtoll (words[i], &end, 10) };
      if (*end == ':')
        draft.original = g_ascii_strtoll (end + 1, NULL, 10);
      if (draft.original != 0 && !is_there (tx, draft.original))
        draft.original = 0;
      if (draft.post_id > 0 && is_there (tx, draft.post_id))
        g_array_append_val (drafts, draft);
    }
  return TRUE;
}

GArray *
bmn_session_list_open_drafts (BmnSession *self, GError **error)
{
  g_autoptr (GArray) drafts = g_array_new (FALSE, FALSE, sizeof (BmnOpenDraft));
  if (!bmn_store_read (bmn_session_get_store (self), read_open_drafts, drafts, error))
    return NULL;
  return g_steal_pointer (&drafts);
}

/*
 * Where it can go.
 */

BmnDestination *
bmn_destination_copy (const BmnDestination *self)
{
  BmnDestination *copy = g_memdup2 (self, sizeof *self);
  copy->account = bmn_account_copy (self->account);
  copy->platform_name = g_strdup (self->platform_name);
  copy->limits = bmn_limits_copy (self->limits);
  return copy;
}

void
bmn_destination_free (BmnDestination *self)
{
  g_clear_pointer (&self->account, bmn_account_free);
  g_clear_pointer (&self->limits, bmn_limits_free);
  g_free (self->platform_name);
  g_free (self);
}

BmnTextDialect
bmn_destination_get_dialect (const BmnDestination *self)
{
  return bmn_text_dialect_of_limits (self->limits);
}

GPtrArray *
bmn_session_list_destinations (BmnSession *self, GError **error)
{
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (self, error);
  if (!accounts)
    return NULL;
  g_autoptr (GPtrArray) destinations
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_destination_free);
  for (guint i = 0; i < accounts->len; i++)
    {
      BmnDestination *destination = g_new0 (BmnDestination, 1);
      g_ptr_array_add (destinations, destination);
      destination->account = bmn_account_copy (accounts->pdata[i]);
      destination->platform_name
          = g_strdup (bmn_session_get_platform_name (self, destination->account->platform));
      if (!bmn_session_describe_account (self, destination->account, &destination->caps,
                                         &destination->limits, error))
        return NULL;
    }
  return g_steal_pointer (&destinations);
}
