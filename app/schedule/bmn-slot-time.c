#include "bmn-slot-time.h"
#include "bmn-error.h"
#include "bmn-zone-private.h"

#include <glib/gi18n-lib.h>

#define DAY (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)
#define MINUTE (60 * G_USEC_PER_SEC)

/* How many days are looked at together in search of the next place. */
#define STRIDE_DAYS 7

/* A gap may move a slot into the next day, or over the day that Samoa left out in 2011. */
#define GAP_DAYS 2

/* What is the same for every day looked at. */
typedef struct
{
  GPtrArray *slots; /* (unowned) (element-type BmnSlot) */
  GTimeZone *zone;  /* (owned) */
  GArray *taken;    /* (owned) (element-type gint64): sorted */
  gint64 min_gap;   /* µs */
} BmnSlotSearch;

static int
compare_instants (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *)a;
  gint64 right = *(const gint64 *)b;
  return (left > right) - (left < right);
}

static gboolean
check_slots (GPtrArray *slots, GError **error)
{
  for (guint i = 0; i < slots->len; i++)
    {
      const BmnSlot *slot = g_ptr_array_index (slots, i);
      if (slot->weekday >= 1 && slot->weekday <= 7 && slot->minute >= 0 && slot->minute < 24 * 60)
        continue;
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("A queue place is not at a weekday and a time of the day. Remove "
                              "it and add it again."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
bmn_slot_search_init (BmnSlotSearch *search,
                      GPtrArray *slots,
                      const char *zone,
                      gint64 from,
                      GArray *taken,
                      gint64 min_gap,
                      GError **error)
{
  BmnWallTime wall;
  if (!check_slots (slots, error))
    return FALSE;
  search->zone = bmn_zone_load (zone, error);
  if (!search->zone || !bmn_zone_to_wall_in (search->zone, from, &wall, error))
    return FALSE;
  search->slots = slots;
  search->min_gap = MAX (min_gap, 0) * G_USEC_PER_SEC;
  search->taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (taken)
    g_array_append_vals (search->taken, taken->data, taken->len);
  g_array_sort (search->taken, compare_instants);
  return TRUE;
}

static void
bmn_slot_search_clear (BmnSlotSearch *search)
{
  g_clear_pointer (&search->zone, g_time_zone_unref);
  g_clear_pointer (&search->taken, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BmnSlotSearch, bmn_slot_search_clear)

static gboolean
is_near (const BmnSlotSearch *search, gint64 instant, gint64 taken)
{
  return ABS (instant - taken) < search->min_gap || instant / MINUTE == taken / MINUTE;
}

/* The nearest taken instants on both sides decide. */
static gboolean
is_free (const BmnSlotSearch *search, gint64 instant)
{
  guint low = 0;
  guint high = search->taken->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (g_array_index (search->taken, gint64, middle) < instant)
        low = middle + 1;
      else
        high = middle;
    }
  gboolean near_next = low < search->taken->len
                       && is_near (search, instant, g_array_index (search->taken, gint64, low));
  gboolean near_last
      = low > 0 && is_near (search, instant, g_array_index (search->taken, gint64, low - 1));
  return !near_next && !near_last;
}

/* Adds the places of one date that are free and in [@from, @until). */
static gboolean
add_day (const BmnSlotSearch *search,
         const GDate *date,
         gint64 from,
         gint64 until,
         GArray *places,
         GError **error)
{
  for (guint i = 0; i < search->slots->len; i++)
    {
      const BmnSlot *slot = g_ptr_array_index (search->slots, i);
      if (slot->weekday != (int)g_date_get_weekday (date))
        continue;
      BmnSlotTime place;
      BmnZoneHint hint;
      place.wall = (BmnWallTime){
        .year = g_date_get_year (date),
        .month = g_date_get_month (date),
        .day = g_date_get_day (date),
        .hour = slot->minute / 60,
        .minute = slot->minute % 60,
      };
      if (!bmn_zone_check_wall (&place.wall, NULL))
        continue;
      place.instant = bmn_zone_resolve_in (search->zone, &place.wall, &hint);
      if (place.instant < from || place.instant >= until || !is_free (search, place.instant))
        continue;
      /* In a gap the clock shows another time than the slot's. */
      if (!bmn_zone_to_wall_in (search->zone, place.instant, &place.wall, error))
        return FALSE;
      g_array_append_val (places, place);
    }
  return TRUE;
}

static void
remove_duplicates (GArray *places)
{
  for (guint i = places->len; i > 1; i--)
    if (g_array_index (places, BmnSlotTime, i - 1).instant
        == g_array_index (places, BmnSlotTime, i - 2).instant)
      g_array_remove_index (places, i - 1);
}

static GArray *
list_free (const BmnSlotSearch *search, gint64 from, gint64 until, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (BmnSlotTime));
  BmnWallTime first;
  if (!bmn_zone_to_wall_in (search->zone, from, &first, error))
    return NULL;
  GDate date;
  g_date_clear (&date, 1);
  g_date_set_dmy (&date, first.day, first.month, first.year);
  g_date_subtract_days (&date, GAP_DAYS);
  gint64 n_days = (MAX (until - from, 0) + DAY - 1) / DAY + 2 * GAP_DAYS;
  for (gint64 i = 0; i <= n_days; i++, g_date_add_days (&date, 1))
    if (!add_day (search, &date, from, until, places, error))
      return NULL;
  /* The instant comes first in a BmnSlotTime. */
  g_array_sort (places, compare_instants);
  remove_duplicates (places);
  return g_steal_pointer (&places);
}

GArray *
bmn_slots_list_free (GPtrArray *slots,
                     const char *zone,
                     gint64 from,
                     gint64 until,
                     GArray *taken,
                     gint64 min_gap,
                     GError **error)
{
  g_auto (BmnSlotSearch) search = { 0 };
  if (!bmn_slot_search_init (&search, slots, zone, from, taken, min_gap, error))
    return NULL;
  return list_free (&search, from, MIN (until, from + BMN_SLOTS_HORIZON_DAYS * DAY), error);
}

gboolean
bmn_slots_next_free (GPtrArray *slots,
                     const char *zone,
                     gint64 after,
                     GArray *taken,
                     gint64 min_gap,
                     BmnSlotTime *place,
                     GError **error)
{
  g_auto (BmnSlotSearch) search = { 0 };
  if (!bmn_slot_search_init (&search, slots, zone, after, taken, min_gap, error))
    return FALSE;
  if (slots->len == 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                           _ ("This account's queue has no places. Add times to its week "
                              "first."));
      return FALSE;
    }
  gint64 end = after + 1 + BMN_SLOTS_HORIZON_DAYS * DAY;
  for (gint64 from = after + 1; from < end; from += STRIDE_DAYS * DAY)
    {
      g_autoptr (GArray) places
          = list_free (&search, from, MIN (from + STRIDE_DAYS * DAY, end), error);
      if (!places)
        return FALSE;
      if (places->len > 0)
        {
          *place = g_array_index (places, BmnSlotTime, 0);
          return TRUE;
        }
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                       _ ("This account's queue is full for a year. Add more times to its "
                          "week."));
  return FALSE;
}
