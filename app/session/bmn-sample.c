#include "bmn-sample.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-history.h"
#include "bmn-slots.h"
#include "bmn-zone.h"

#include <errno.h>

#include <glib/gi18n-lib.h>

/*
 * The sample workspace: a bakery whose posts have a pattern that the suggestions can find.
 * Bread in the morning and cake on Fridays do well, opening hours do not. The texts are
 * content, as a user would write it, so they are not translated.
 */

typedef struct
{
  const char *text;
  int weekday; /* 1 Monday to 7 Sunday */
  int hour;    /* local */
  int likes;   /* about so many */
  int n_media;
} SamplePost;

static const SamplePost week[] = {
  { "Rye from the stone oven, still warm until nine. #rye #bakery", 1, 7, 34, 1 },
  { "We are closed this afternoon for the deep clean. #openinghours", 1, 12, 4, 0 },
  { "How we feed our sourdough: flour, water, patience. A short thread. #sourdough #howto", 2, 8,
    58, 1 },
  { "Lunch today: lentil soup with a slice of spelt. #lunch", 2, 11, 12, 0 },
  { "The new baskets for proving have arrived from the Black Forest. #sourdough", 3, 17, 21, 1 },
  { "Rye and walnut, forty loaves, first come first served. #rye #walnut", 4, 7, 41, 1 },
  { "Order your weekend bread by Friday noon. #openinghours", 4, 16, 6, 0 },
  { "Friday is cake day: plum with streusel. #cake #friday", 5, 14, 63, 1 },
  { "Which cake do you want to see next Friday? #cake", 5, 18, 39, 0 },
  { "Saturday market from eight. Look for the blue awning. #market #bakery", 6, 8, 18, 1 },
  { "Cinnamon buns, out of the oven at ten. #buns #bakery", 7, 9, 47, 1 },
};

#define SAMPLE_WEEKS 52

typedef struct
{
  BmnAccount *account;
  gint64 now;
} Sample;

/* A small generator of its own, so that the sample is the same with every release of GLib. */
static guint32
next_random (guint32 *state)
{
  *state = *state * 1664525u + 1013904223u;
  return *state >> 16;
}

static gboolean
put_post (BmnTransaction *tx,
          const Sample *sample,
          const SamplePost *what,
          gint64 at,
          guint32 *random,
          GError **error)
{
  g_autofree char *id = g_strdup_printf ("sample-%" G_GINT64_FORMAT, at / G_USEC_PER_SEC);
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (sample->account->id, id, what->text, at);
  /* Half to one and a half times what is usual for this kind of post. */
  post->likes = what->likes / 2 + next_random (random) % (what->likes + 1);
  post->reposts = post->likes / 6;
  post->replies = post->likes / 9;
  post->language = g_strdup ("en");
  post->n_media = what->n_media;
  post->counted_at = at + 7 * G_TIME_SPAN_DAY;
  return bmn_history_put (tx, post, NULL, error);
}

/* Midnight UTC of the Monday before the week that @now is in. */
static gint64
last_monday (gint64 now)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (now / G_USEC_PER_SEC);
  g_autoptr (GDateTime) midnight
      = g_date_time_new_utc (g_date_time_get_year (time), g_date_time_get_month (time),
                             g_date_time_get_day_of_month (time), 0, 0, 0);
  return (g_date_time_to_unix (midnight)
          - (gint64)(g_date_time_get_day_of_week (time) - 1 + 7) * 24 * 3600)
         * G_USEC_PER_SEC;
}

/* Turns what a clock in @zone shows, given as if it were UTC, into the instant. */
static gboolean
read_on_wall (const char *zone, gint64 *at, GError **error)
{
  BmnWallTime wall;
  return bmn_zone_to_wall ("UTC", *at, &wall, error)
         && bmn_zone_resolve (zone, &wall, at, NULL, error);
}

static gboolean
put_history (BmnTransaction *tx, const Sample *sample, GError **error)
{
  guint32 random = 2026;
  gint64 monday = last_monday (sample->now) - (gint64)(SAMPLE_WEEKS - 1) * 7 * G_TIME_SPAN_DAY;
  for (int i = 0; i < SAMPLE_WEEKS; i++, monday += 7 * G_TIME_SPAN_DAY)
    for (gsize j = 0; j < G_N_ELEMENTS (week); j++)
      {
        gint64 at = monday + (week[j].weekday - 1) * G_TIME_SPAN_DAY
                    + week[j].hour * G_TIME_SPAN_HOUR
                    + next_random (&random) % 40 * G_TIME_SPAN_MINUTE;
        if (!read_on_wall (sample->account->zone, &at, error))
          return FALSE;
        /* People skip a post now and then. */
        if (next_random (&random) % 10 == 0)
          continue;
        if (!put_post (tx, sample, &week[j], at, &random, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
put_slots (BmnTransaction *tx, const Sample *sample, GError **error)
{
  static const int minutes[] = { 7 * 60 + 30, 14 * 60 };
  for (int weekday = 1; weekday <= 6; weekday++)
    for (gsize i = 0; i < G_N_ELEMENTS (minutes); i++)
      {
        g_autoptr (BmnSlot) slot = bmn_slot_new (sample->account->id, weekday, minutes[i]);
        if (!bmn_slots_insert (tx, slot, error))
          return FALSE;
      }
  return TRUE;
}

static gboolean
fill (BmnTransaction *tx, gpointer data, GError **error)
{
  Sample *sample = data;
  g_autoptr (GPtrArray) accounts = bmn_accounts_list (tx, error);
  if (!accounts)
    return FALSE;
  if (accounts->len > 0)
    {
      g_set_error_literal (
          error, BMN_ERROR, BMN_ERROR_CONFLICT,
          _ ("This data folder has accounts already. The sample workspace needs an empty one: "
             "name it with --data."));
      return FALSE;
    }
  return bmn_accounts_insert (tx, sample->account, error) && put_slots (tx, sample, error)
         && put_history (tx, sample, error);
}

gint64
bmn_sample_fill (BmnSession *self, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
                   _ ("The folder “%s” cannot be created: %s."), folder, g_strerror (errno));
      return 0;
    }
  g_autoptr (BmnAccount) account = bmn_account_new ("website", "Corner Bakery");
  bmn_account_set_setting (account, "dir", folder);
  g_free (account->zone);
  account->zone = bmn_zone_local_name ();
  account->created_at = bmn_session_now (self);
  Sample sample = { .account = account, .now = account->created_at };
  return bmn_store_write (bmn_session_get_store (self), fill, &sample, error) ? account->id : 0;
}
