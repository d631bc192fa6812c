#include "bmn-plan-private.h"
#include "bmn-session-agenda.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-preflight.h"
#include "bmn-session-accounts.h"
#include "bmn-targets.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>

static void
clear_move (gpointer data)
{
  BmnTargetMove *move = data;
  g_clear_pointer (&move->zone, g_free);
}

GArray *
bmn_target_moves_new (void)
{
  GArray *moves = g_array_new (FALSE, TRUE, sizeof (BmnTargetMove));
  g_array_set_clear_func (moves, clear_move);
  return moves;
}

typedef struct
{
  GArray *moves; /* not owned */
  gint64 now;
  char *local_zone;    /* (owned) */
  GPtrArray *warnings; /* (owned) (element-type utf8) */
  GPtrArray *targets;  /* (owned) (nullable) (element-type BmnTarget) */
  GPtrArray *posts;    /* (owned) (nullable) (element-type BmnPost): one for each target */
} Moving;

/* What the user read on one clock, as the target's own clock shows it. A time that the same
 * clock jumps over is left to the plan, which warns of it. */
static gboolean
make_when (const Moving *moving,
           const BmnTargetMove *move,
           const char *own_zone,
           BmnWhen *when,
           GError **error)
{
  const char *zone = move->zone ? move->zone : moving->local_zone;
  *when = (BmnWhen){ .kind = move->to_draft ? BMN_WHEN_DRAFT : BMN_WHEN_AT,
                     .wall = move->wall,
                     .zone = own_zone };
  if (move->to_draft || g_str_equal (zone, own_zone))
    return TRUE;
  gint64 instant;
  return bmn_zone_resolve (zone, &move->wall, &instant, NULL, error)
         && bmn_zone_to_wall (own_zone, instant, &when->wall, error);
}

static gboolean
check_moved (BmnTransaction *tx,
             Moving *moving,
             const BmnPost *post,
             const BmnTarget *target,
             GError **error)
{
  if (target->state != BMN_TARGET_SCHEDULED)
    return TRUE;
  g_autoptr (GPtrArray) findings = bmn_preflight_plan (tx, post, target, moving->now, error);
  for (guint i = 0; findings && i < findings->len; i++)
    g_ptr_array_add (moving->warnings,
                     g_strdup (((BmnPreflightFinding *)findings->pdata[i])->message));
  return findings != NULL;
}

static gboolean
move_target (BmnTransaction *tx,
             Moving *moving,
             const BmnTargetMove *move,
             const BmnPost *post,
             GError **error)
{
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, move->target_id, error);
  if (!target || !bmn_session_check_editable (tx, target, error))
    return FALSE;
  if (target->state == BMN_TARGET_PUBLISHED)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                           _ ("This post is out already, so it cannot be moved. Duplicate it to "
                              "publish it again."));
      return FALSE;
    }
  BmnTargetState before = target->state;
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, target->account_id, error);
  BmnWhen when;
  g_autofree char *own_zone
      = account ? g_strdup (target->zone ? target->zone : account->zone) : NULL;
  if (!account || !make_when (moving, move, own_zone, &when, error)
      || !bmn_plan_target (tx, target, account, &when, moving->now, moving->warnings, error))
    return FALSE;
  target->tries = 0;
  g_clear_pointer (&target->error, g_free);
  g_clear_pointer (&target->error_kind, g_free);
  return check_moved (tx, moving, post, target, error)
         && bmn_targets_update (tx, target, before, error);
}

static gboolean
move_targets (BmnTransaction *tx, gpointer data, GError **error)
{
  Moving *moving = data;
  for (guint i = 0; i < moving->moves->len; i++)
    if (!move_target (tx, moving, &g_array_index (moving->moves, BmnTargetMove, i),
                      moving->posts->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
read_moved (BmnTransaction *tx, gpointer data, GError **error)
{
  Moving *moving = data;
  for (guint i = 0; i < moving->moves->len; i++)
    {
      BmnTarget *target
          = bmn_targets_get (tx, g_array_index (moving->moves, BmnTargetMove, i).target_id, error);
      if (!target)
        return FALSE;
      g_ptr_array_add (moving->targets, target);
      BmnPost *post = bmn_posts_get (tx, target->post_id, error);
      if (!post)
        return FALSE;
      g_ptr_array_add (moving->posts, post);
    }
  return TRUE;
}

/* What was no plan before is asked of its platform, as if it were planned anew. */
static gboolean
check_content (BmnSession *self, const BmnTarget *target, const BmnPost *post, GError **error)
{
  if (target->state == BMN_TARGET_SCHEDULED)
    return TRUE;
  g_autoptr (BmnAccount) account = bmn_session_get_account (self, target->account_id, error);
  g_autoptr (BmnPlatform) platform
      = account ? bmn_session_make_platform (self, account, error) : NULL;
  return platform
         && bmn_platform_validate (platform, post, target->parts ? target->parts : post->parts,
                                   error);
}

static GStrv
take_strings (GPtrArray *strings)
{
  g_ptr_array_add (strings, NULL);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_strv_builder_addv (builder, (const char **)strings->pdata);
  return g_strv_builder_end (builder);
}

gboolean
bmn_session_move_targets (BmnSession *self, GArray *moves, GStrv *warnings, GError **error)
{
  g_autofree char *zone = bmn_zone_local_name ();
  g_autoptr (GPtrArray) notes = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) targets = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_target_free);
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_post_free);
  Moving moving = { .moves = moves,
                    .now = bmn_session_now (self),
                    .local_zone = zone,
                    .warnings = notes,
                    .targets = targets,
                    .posts = posts };
  if (!bmn_store_read (bmn_session_get_store (self), read_moved, &moving, error))
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!g_array_index (moves, BmnTargetMove, i).to_draft
        && !check_content (self, targets->pdata[i], posts->pdata[i], error))
      return FALSE;
  if (!bmn_store_write (bmn_session_get_store (self), move_targets, &moving, error))
    return FALSE;
  *warnings = take_strings (notes);
  return TRUE;
}
