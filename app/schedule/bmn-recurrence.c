#include "bmn-error.h"
#include "bmn-recurrence-private.h"
#include "bmn-zone-private.h"

#include <glib/gi18n-lib.h>
#include <libical/ical.h>

G_DEFINE_BOXED_TYPE (BmnRecurrence, bmn_recurrence, bmn_recurrence_ref, bmn_recurrence_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (icalrecur_iterator, icalrecur_iterator_free)

/* libical's only state that threads share is this switch, which may be set to abort the
 * program on bad input; its error number is kept per thread. */
static void
init_libical (void)
{
  static gsize done = 0;
  if (g_once_init_enter (&done))
    {
      icalerror_set_errors_are_fatal (FALSE);
      g_once_init_leave (&done, TRUE);
    }
}

static struct icalrecurrencetype
get_libical_rule (const BmnRecurrence *recurrence)
{
  init_libical ();
  return icalrecurrencetype_from_string (recurrence->endless);
}

BmnRecurrence *
bmn_recurrence_parse (const char *rule, GError **error)
{
  g_autoptr (BmnRecurrence) recurrence = g_new0 (BmnRecurrence, 1);
  g_atomic_ref_count_init (&recurrence->refs);
  recurrence->interval = 1;
  recurrence->days = g_array_new (FALSE, FALSE, sizeof (BmnRuleDay));
  if (!bmn_recurrence_read (recurrence, rule, error))
    return NULL;
  /* It keeps no more values of a part than there can be different ones. */
  if (get_libical_rule (recurrence).freq == ICAL_NO_RECURRENCE)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("The rule for repeating names too many days. Name each only once."));
      return NULL;
    }
  return g_steal_pointer (&recurrence);
}

BmnRecurrence *
bmn_recurrence_ref (BmnRecurrence *recurrence)
{
  g_atomic_ref_count_inc (&recurrence->refs);
  return recurrence;
}

void
bmn_recurrence_unref (BmnRecurrence *recurrence)
{
  if (!g_atomic_ref_count_dec (&recurrence->refs))
    return;
  for (int i = 0; i < BMN_RULE_N_PARTS; i++)
    g_clear_pointer (&recurrence->numbers[i], g_array_unref);
  g_array_unref (recurrence->days);
  g_free (recurrence->endless);
  g_free (recurrence->rule);
  g_free (recurrence);
}

const char *
bmn_recurrence_get_rule (BmnRecurrence *recurrence)
{
  return recurrence->rule;
}

/* Returns: (nullable): %NULL where libical sees that there is no date, or too late a one */
static icalrecur_iterator *
start_iterator (const BmnRecurrence *recurrence, const BmnWallTime *first)
{
  struct icalrecurrencetype rule = get_libical_rule (recurrence);
  struct icaltimetype start = icaltime_null_time ();
  start.year = first->year;
  start.month = first->month;
  start.day = first->day;
  start.hour = first->hour;
  start.minute = first->minute;
  start.second = first->second;
  rule.until = start;
  rule.until.year += BMN_RECURRENCE_HORIZON_YEARS;
  return icalrecur_iterator_new (rule, start);
}

/* Returns: %FALSE where the rule makes no more dates */
static gboolean
take_date (icalrecur_iterator *iterator, BmnWallTime *wall)
{
  struct icaltimetype time = icalrecur_iterator_next (iterator);
  if (icaltime_is_null_time (time))
    return FALSE;
  *wall = (BmnWallTime){
    .year = time.year,
    .month = time.month,
    .day = time.day,
    .hour = time.hour,
    .minute = time.minute,
    .second = time.second,
  };
  return TRUE;
}

/* Whether UNTIL lets @wall be. Returns: %FALSE with an error for an unknown zone */
static gboolean
check_until (const BmnRecurrence *recurrence,
             const char *zone,
             const BmnWallTime *wall,
             gboolean *within,
             GError **error)
{
  if (recurrence->until_kind != BMN_UNTIL_UTC)
    {
      *within = recurrence->until_kind == BMN_UNTIL_NONE
                || bmn_wall_time_compare (wall, &recurrence->until) <= 0;
      return TRUE;
    }
  gint64 instant, end;
  if (!bmn_zone_resolve (zone, wall, &instant, NULL, error)
      || !bmn_zone_resolve ("UTC", &recurrence->until, &end, NULL, error))
    return FALSE;
  *within = instant <= end;
  return TRUE;
}

/* Finds the first date after @after, whatever UNTIL says. */
static gboolean
find_next (const BmnRecurrence *recurrence,
           const BmnWallTime *first,
           const BmnWallTime *after,
           BmnWallTime *next,
           GError **error)
{
  g_autoptr (icalrecur_iterator) iterator = start_iterator (recurrence, first);
  gboolean has_dates = FALSE;
  while (iterator && take_date (iterator, next))
    {
      has_dates = TRUE;
      if (!after || bmn_wall_time_compare (next, after) > 0)
        return TRUE;
    }
  if (!has_dates)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("The rule for repeating never comes to a date. Change the rule."));
  return FALSE;
}

gboolean
bmn_recurrence_next (BmnRecurrence *recurrence,
                     const char *zone,
                     const BmnWallTime *first,
                     const BmnWallTime *after,
                     BmnWallTime *next,
                     GError **error)
{
  BmnWallTime found;
  gboolean within;
  if (!bmn_zone_check_wall (first, error) || !find_next (recurrence, first, after, &found, error)
      || !check_until (recurrence, zone, &found, &within, error) || !within)
    return FALSE;
  *next = found;
  return TRUE;
}
