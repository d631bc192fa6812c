#include "bmn-series-private.h"

#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-recurrence.h"
#include "bmn-targets.h"
#include "bmn-zone.h"

/* Dates further ahead than this are not looked for: a rule that has none is at its end. */
#define MAX_DATES_SKIPPED 5000

/* All targets of the pattern and of its repetitions on the pattern's account. */
static gboolean
list_series_targets (BmnTransaction *tx,
                     GPtrArray *repetitions,
                     const BmnTarget *pattern,
                     BmnTarget **latest,
                     GError **error)
{
  g_autoptr (BmnTarget) found = bmn_target_copy (pattern);
  for (guint i = 0; i < repetitions->len; i++)
    {
      const BmnPost *repetition = repetitions->pdata[i];
      const BmnTargetFilter filter
          = { .post_id = repetition->id, .account_id = pattern->account_id };
      g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
      if (!targets)
        return FALSE;
      for (guint j = 0; j < targets->len; j++)
        {
          const BmnTarget *target = targets->pdata[j];
          if (target->due_at <= found->due_at)
            continue;
          bmn_target_free (found);
          found = bmn_target_copy (target);
        }
    }
  *latest = g_steal_pointer (&found);
  return TRUE;
}

/* The first date of the rule after the latest planned one that still lies ahead. */
static gboolean
find_next_date (BmnRecurrence *rule,
                const BmnTarget *pattern,
                const BmnTarget *latest,
                gint64 now,
                BmnWallTime *wall,
                gint64 *instant,
                GError **error)
{
  BmnWallTime first;
  if (!bmn_wall_time_parse (pattern->local_time, &first, error)
      || !bmn_wall_time_parse (latest->local_time, wall, error))
    return FALSE;
  for (guint i = 0; i < MAX_DATES_SKIPPED; i++)
    {
      BmnWallTime after = *wall;
      if (!bmn_recurrence_next (rule, pattern->zone, &first, &after, wall, error)
          || !bmn_zone_resolve (pattern->zone, wall, instant, NULL, error))
        return FALSE;
      if (*instant > now)
        return TRUE;
    }
  return FALSE;
}

static gboolean
add_date (BmnTransaction *tx,
          const BmnPost *pattern_post,
          const BmnTarget *pattern,
          const BmnWallTime *wall,
          gint64 instant,
          gint64 now,
          GPtrArray *repetitions,
          GError **error)
{
  g_autoptr (BmnPost) post = bmn_post_copy (pattern_post);
  post->id = 0;
  post->series_id = pattern_post->id;
  post->revision = 1;
  g_clear_pointer (&post->recurrence, g_free);
  if (!bmn_posts_insert (tx, post, now, error))
    return FALSE;
  g_autoptr (BmnTarget) target = bmn_target_new (pattern->account_id);
  target->post_id = post->id;
  target->state = BMN_TARGET_SCHEDULED;
  target->hand_over = pattern->hand_over;
  target->parts = bmn_parts_copy (pattern->parts);
  target->local_time = bmn_wall_time_format (wall);
  target->zone = g_strdup (pattern->zone);
  target->due_at = target->next_try_at = instant;
  g_ptr_array_add (repetitions, g_steal_pointer (&post));
  return bmn_targets_insert (tx, target, error);
}

/* A target still waits while it may yet go out by itself. */
static gboolean
still_waits (const BmnTarget *target)
{
  return target->state == BMN_TARGET_SCHEDULED || target->state == BMN_TARGET_PUBLISHING;
}

/* @skipped: a repetition whose date does not count as planned, or 0 */
static gboolean
extend_on_account (BmnTransaction *tx,
                   const BmnPost *pattern_post,
                   BmnRecurrence *rule,
                   const BmnTarget *pattern,
                   GPtrArray *repetitions,
                   gint64 skipped,
                   gint64 now,
                   GError **error)
{
  if (!pattern->local_time || !pattern->zone || pattern->state == BMN_TARGET_DRAFT
      || pattern->state == BMN_TARGET_CANCELLED)
    return TRUE;
  g_autoptr (BmnTarget) latest = NULL;
  if (!list_series_targets (tx, repetitions, pattern, &latest, error))
    return FALSE;
  /* Taking back the latest date ends the series: the user said no to what comes. */
  gboolean is_planned = still_waits (latest) && latest->post_id != skipped;
  if (is_planned || latest->state == BMN_TARGET_CANCELLED)
    return TRUE;
  BmnWallTime wall;
  gint64 instant;
  g_autoptr (GError) problem = NULL;
  if (!find_next_date (rule, pattern, latest, now, &wall, &instant, &problem))
    {
      if (problem)
        g_warning ("Post %" G_GINT64_FORMAT " is not repeated: %s", pattern_post->id,
                   problem->message);
      return TRUE;
    }
  return add_date (tx, pattern_post, pattern, &wall, instant, now, repetitions, error);
}

static gboolean
extend_one (BmnTransaction *tx, const BmnPost *pattern, gint64 skipped, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) repetitions = bmn_posts_list_series (tx, pattern->id, error);
  if (!repetitions)
    return FALSE;
  g_autoptr (GError) bad = NULL;
  g_autoptr (BmnRecurrence) rule = bmn_recurrence_parse (pattern->recurrence, &bad);
  if (!rule)
    {
      g_warning ("Post %" G_GINT64_FORMAT " is not repeated: %s", pattern->id, bad->message);
      return TRUE;
    }
  const BmnTargetFilter filter = { .post_id = pattern->id };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    if (!extend_on_account (tx, pattern, rule, targets->pdata[i], repetitions, skipped, now, error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_series_extend (BmnTransaction *tx, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) patterns = bmn_posts_list_recurring (tx, error);
  if (!patterns)
    return FALSE;
  for (guint i = 0; i < patterns->len; i++)
    if (!extend_one (tx, patterns->pdata[i], 0, now, error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_series_skip (BmnTransaction *tx, const BmnPost *repetition, gint64 now, GError **error)
{
  if (repetition->series_id == 0)
    return TRUE;
  g_autoptr (BmnPost) pattern = bmn_posts_get (tx, repetition->series_id, error);
  if (!pattern)
    return FALSE;
  return !pattern->recurrence || extend_one (tx, pattern, repetition->id, now, error);
}

/* Sets @waits to whether nothing of the repetition went out or was decided by the user. */
static gboolean
check_waits (BmnTransaction *tx, gint64 post_id, gboolean *waits, GError **error)
{
  const BmnTargetFilter filter = { .post_id = post_id };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  *waits = targets->len > 0;
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      g_autoptr (GPtrArray) receipts = bmn_receipts_list (tx, target->id, error);
      if (!receipts)
        return FALSE;
      *waits = *waits && target->state == BMN_TARGET_SCHEDULED && receipts->len == 0;
    }
  return TRUE;
}

static gboolean
take_over_content (BmnTransaction *tx,
                   const BmnPost *pattern,
                   const BmnPost *repetition,
                   gint64 now,
                   GError **error)
{
  g_autoptr (BmnPost) changed = bmn_post_copy (pattern);
  changed->id = repetition->id;
  changed->series_id = pattern->id;
  g_clear_pointer (&changed->recurrence, g_free);
  return bmn_posts_update (tx, changed, now, error);
}

static gboolean
cancel_all (BmnTransaction *tx, GPtrArray *targets, GError **error)
{
  for (guint i = 0; i < targets->len; i++)
    {
      BmnTarget *target = targets->pdata[i];
      BmnTargetState before = target->state;
      target->state = BMN_TARGET_CANCELLED;
      target->next_try_at = 0;
      if (!bmn_targets_update (tx, target, before, error))
        return FALSE;
    }
  return TRUE;
}

/* A date that is no longer one. What a server may hold cannot just vanish here: it leaves the
 * series and is taken back there first. */
static gboolean
drop_repetition (BmnTransaction *tx, const BmnPost *repetition, gint64 now, GError **error)
{
  const BmnTargetFilter filter = { .post_id = repetition->id };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  gboolean held = FALSE;
  for (guint i = 0; i < targets->len; i++)
    held = held || ((BmnTarget *)targets->pdata[i])->remote_schedule_id;
  if (!held)
    return bmn_posts_delete (tx, repetition->id, error);
  g_autoptr (BmnPost) alone = bmn_post_copy (repetition);
  alone->series_id = 0;
  return cancel_all (tx, targets, error) && bmn_posts_update (tx, alone, now, error);
}

gboolean
bmn_series_follow (
    BmnTransaction *tx, const BmnPost *pattern, gboolean new_dates, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) repetitions = bmn_posts_list_series (tx, pattern->id, error);
  if (!repetitions)
    return FALSE;
  for (guint i = 0; i < repetitions->len; i++)
    {
      const BmnPost *repetition = repetitions->pdata[i];
      gboolean waits;
      if (!check_waits (tx, repetition->id, &waits, error))
        return FALSE;
      if (!waits)
        continue;
      if (!(new_dates ? drop_repetition (tx, repetition, now, error)
                      : take_over_content (tx, pattern, repetition, now, error)))
        return FALSE;
    }
  return TRUE;
}

/* When the target's wall clock shows its time by the zones of today; 0 where it has no such time,
 * or one that must stay as it is. */
static gint64
find_due_by_wall_clock (const BmnTarget *target, gint64 now)
{
  BmnWallTime wall;
  gint64 instant;
  if (!target->local_time || !target->zone || target->tries > 0
      || !bmn_wall_time_parse (target->local_time, &wall, NULL)
      || !bmn_zone_resolve (target->zone, &wall, &instant, NULL, NULL))
    return 0;
  /* What was let go on after its time has a due time of its own by now. Due times may carry a
   * fraction of a second that no wall clock shows. */
  gboolean stays = instant <= now || ABS (instant - target->due_at) < 60 * G_USEC_PER_SEC;
  return stays ? 0 : instant;
}

static gboolean
move_due (BmnTransaction *tx, gint64 target_id, gint64 due_at, GError **error)
{
  g_autoptr (BmnTarget) target = bmn_targets_get (tx, target_id, error);
  if (!target)
    return FALSE;
  target->due_at = target->next_try_at = due_at;
  return bmn_targets_update (tx, target, BMN_TARGET_SCHEDULED, error);
}

gboolean
bmn_series_replan (BmnTransaction *tx, gint64 now, GError **error)
{
  const BmnTargetFilter filter
      = { .states = 1 << BMN_TARGET_SCHEDULED, .wall_time = TRUE, .bare = TRUE };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      gint64 due_at = find_due_by_wall_clock (target, now);
      if (due_at != 0 && !move_due (tx, target->id, due_at, error))
        return FALSE;
    }
  return TRUE;
}
