#include "bmn-plan-private.h"

#include "bmn-error.h"
#include "bmn-slot-finder.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>

static void
set_time (BmnTarget *target, const BmnWallTime *wall, const char *zone, gint64 instant)
{
  g_free (target->local_time);
  target->local_time = bmn_wall_time_format (wall);
  g_free (target->zone);
  target->zone = g_strdup (zone);
  target->due_at = target->next_try_at = instant;
  target->state = BMN_TARGET_SCHEDULED;
}

static void
clear_time (BmnTarget *target)
{
  g_clear_pointer (&target->local_time, g_free);
  g_clear_pointer (&target->zone, g_free);
  target->due_at = target->next_try_at = 0;
  target->state = BMN_TARGET_DRAFT;
}

static gboolean
plan_at_wall (BmnTarget *target,
              const BmnAccount *account,
              const BmnWhen *when,
              gint64 now,
              GPtrArray *warnings,
              GError **error)
{
  const char *zone = when->zone ? when->zone : account->zone;
  gint64 instant;
  g_autofree char *note = NULL;
  if (!bmn_when_resolve (zone, &when->wall, &instant, &note, error))
    return FALSE;
  if (instant < now)
    {
      g_autofree char *time = bmn_wall_time_format (&when->wall);
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   /* Translators: %s is a date and time, then a time zone. */
                   _ ("%s in %s has passed already. Choose a later time."), time, zone);
      return FALSE;
    }
  if (note)
    g_ptr_array_add (warnings, g_steal_pointer (&note));
  set_time (target, &when->wall, zone, instant);
  return TRUE;
}

static gboolean
plan_at_instant (BmnTarget *target, const BmnAccount *account, gint64 instant, GError **error)
{
  BmnWallTime wall;
  if (!bmn_zone_to_wall (account->zone, instant, &wall, error))
    return FALSE;
  set_time (target, &wall, account->zone, instant);
  return TRUE;
}

gboolean
bmn_plan_target (BmnTransaction *tx,
                 BmnTarget *target,
                 const BmnAccount *account,
                 const BmnWhen *when,
                 gint64 now,
                 GPtrArray *warnings,
                 GError **error)
{
  BmnSlotTime place;
  switch (when->kind)
    {
    case BMN_WHEN_DRAFT:
      clear_time (target);
      return TRUE;
    case BMN_WHEN_AT:
      return plan_at_wall (target, account, when, now, warnings, error);
    case BMN_WHEN_IN:
      return plan_at_instant (target, account, now + when->delay * G_USEC_PER_SEC, error);
    case BMN_WHEN_NOW:
      return plan_at_instant (target, account, now, error);
    case BMN_WHEN_NEXT_SLOT:
      if (!bmn_slot_finder_next (tx, account, now, target->id, &place, error))
        return FALSE;
      set_time (target, &place.wall, account->zone, place.instant);
      return TRUE;
    }
  g_return_val_if_reached (FALSE);
}
