#include "bmn-sample.h"
#include "bmn-sample-resources.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"

#include "bmn-accounts.h"
#include "bmn-attempts.h"
#include "bmn-error.h"
#include "bmn-media-library.h"
#include "bmn-posts.h"
#include "bmn-slots.h"
#include "bmn-targets.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>

/*
 * What the sample workspace shows in the calendar: five weeks that are out and four that are
 * planned, with one of everything that can happen to a post. The texts are content, as a user
 * would write it, so they are not translated.
 */

typedef enum
{
  BAKERY = 1 << 0,
  MUSEUM = 1 << 1,
} SampleAccount;

typedef struct
{
  guint accounts;
  int weekday; /* 1 Monday to 7 Sunday */
  int minute;  /* of the day, local */
  const char *text;
  const char *picture; /* (nullable) */
  const char *alt;     /* (nullable) */
  const char *tag;
} WeeklyPost;

static const WeeklyPost weekly[] = {
  { BAKERY, 1, 7 * 60 + 30, "Rye from the stone oven on %s, still warm until nine. #rye #bakery",
    "rye", "A field of rye in the evening sun", "bread" },
  { MUSEUM, 1, 9 * 60 + 30, "Object of the week of %s: an amphora that crossed three seas. #museum",
    "amphora", "A Greek amphora with a painted frieze", "objects" },
  { BAKERY, 2, 8 * 60, "How we fed our sourdough on %s: flour, water, patience. #sourdough", NULL,
    NULL, "bread" },
  { MUSEUM, 2, 12 * 60 + 15,
    "Riddle of %s: a storm, a ship, a signature. Who painted this? #painting", "painting",
    "An oil painting of a sailing ship at sea", "objects" },
  { BAKERY | MUSEUM, 3, 9 * 60 + 30,
    "Night of Lamps on %s: bread and stories until midnight. #lamps", "lamp",
    "A burning oil lamp on dark ground", "event" },
  { MUSEUM, 3, 18 * 60, "Ask the curator on %s: your questions, answered tonight. #museum", NULL,
    NULL, "talk" },
  { BAKERY, 4, 7 * 60 + 30, "Rye and walnut on %s, forty loaves, first come first served. #walnut",
    "bread", "A loaf with three cuts on a wooden board", "bread" },
  { MUSEUM, 4, 17 * 60 + 30, "Late opening on %s: the galleries are yours until nine.", "museum",
    "The front of the museum with its columns", "event" },
  { BAKERY, 5, 7 * 60 + 15, "Cinnamon buns for %s, out of the oven at ten. #buns", "buns",
    "Six cinnamon buns on a tray", "cake" },
  { MUSEUM, 6, 10 * 60 + 30, "Mosaic workshop on %s: bring patience and an apron.", "mosaic",
    "A round mosaic in blue and red", "workshop" },
  { BAKERY, 6, 8 * 60, "Market on %s from eight. Look for the blue awning. #market", NULL, NULL,
    "market" },
};

#define WEEKS_OUT 5
#define WEEKS_PLANNED 4

typedef struct
{
  GPtrArray *accounts; /* (owned) (element-type BmnAccount): bakery, museum */
  GHashTable *media;   /* (owned) (element-type utf8 BmnMedia) */
  gint64 now;
} Plan;

/*
 * Pictures: the library takes files, so each goes through one in the data folder.
 */

static gboolean
add_picture (BmnSession *session, Plan *plan, const char *name, GError **error)
{
  g_autofree char *resource
      = g_strdup_printf ("/io/github/bellman_app/Bellman/sample/%s.png", name);
  g_autofree char *file = g_strdup_printf ("sample-%s.png", name);
  g_autofree char *path = g_build_filename (bmn_session_get_folder (session), file, NULL);
  g_autoptr (GBytes) bytes
      = g_resource_lookup_data (bmn_sample_get_resource (), resource, 0, error);
  if (!bytes
      || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                               error))
    return FALSE;
  BmnMedia *media
      = bmn_media_library_add (bmn_session_get_folder (session), path, NULL, NULL, error);
  g_autoptr (GFile) copy = g_file_new_for_path (path);
  g_file_delete (copy, NULL, NULL);
  if (media)
    g_hash_table_insert (plan->media, g_strdup (name), media);
  return media != NULL;
}

static gboolean
add_pictures (BmnSession *session, Plan *plan, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (weekly); i++)
    if (weekly[i].picture && !g_hash_table_contains (plan->media, weekly[i].picture)
        && !add_picture (session, plan, weekly[i].picture, error))
      return FALSE;
  return TRUE;
}

/*
 * Posts.
 */

static BmnPost *
make_post (
    const Plan *plan, const char *text, const char *picture, const char *alt, const char *tag)
{
  BmnPost *post = bmn_post_new ();
  BmnPart *part = bmn_part_new (text);
  if (picture)
    {
      BmnMedia *media = bmn_media_copy (g_hash_table_lookup (plan->media, picture));
      g_free (media->alt);
      media->alt = g_strdup (alt);
      g_ptr_array_add (part->media, media);
    }
  g_ptr_array_add (post->parts, part);
  post->language = g_strdup ("en");
  if (tag)
    {
      const char *const tags[] = { tag, NULL };
      post->tags = g_strdupv ((GStrv)tags);
    }
  return post;
}

static gboolean
put_attempt (BmnTransaction *tx,
             const BmnTarget *target,
             BmnAttemptKind kind,
             BmnAttemptOutcome outcome,
             gint64 at,
             const char *message,
             GError **error)
{
  g_autoptr (BmnAttempt) attempt = bmn_attempt_new (target->id, 0, kind);
  attempt->revision = target->revision;
  attempt->started_at = at;
  if (!bmn_attempts_begin (tx, attempt, error))
    return FALSE;
  attempt->finished_at = at + G_USEC_PER_SEC;
  attempt->outcome = outcome;
  attempt->message = g_strdup (message);
  return bmn_attempts_finish (tx, attempt, error);
}

static gboolean
put_outcome (BmnTransaction *tx, const BmnTarget *target, GError **error)
{
  switch (target->state)
    {
    case BMN_TARGET_PUBLISHED:
      {
        g_autofree char *id = g_strdup_printf ("sample-%" G_GINT64_FORMAT, target->id);
        g_autoptr (BmnReceipt) receipt = bmn_receipt_new (0, id, NULL, target->published_at);
        return put_attempt (tx, target, BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_DONE, target->due_at, NULL,
                            error)
               && put_attempt (tx, target, BMN_ATTEMPT_READ_BACK, BMN_ATTEMPT_DONE,
                               target->published_at, NULL, error)
               && bmn_receipts_put (tx, target->id, receipt, error);
      }
    case BMN_TARGET_FAILED:
      return put_attempt (tx, target, BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_REFUSED, target->due_at,
                          target->error, error);
    case BMN_TARGET_UNKNOWN:
      return put_attempt (tx, target, BMN_ATTEMPT_PUBLISH, BMN_ATTEMPT_LOST, target->due_at,
                          target->error, error);
    default:
      return TRUE;
    }
}

static gboolean
put_target (BmnTransaction *tx,
            const BmnAccount *account,
            gint64 post_id,
            BmnTargetState state,
            const BmnWallTime *wall,
            const char *reason,
            GError **error)
{
  g_autoptr (BmnTarget) target = bmn_target_new (account->id);
  target->post_id = post_id;
  target->state = state;
  if (wall)
    {
      target->local_time = bmn_wall_time_format (wall);
      target->zone = g_strdup (account->zone);
      if (!bmn_zone_resolve (account->zone, wall, &target->due_at, NULL, error))
        return FALSE;
    }
  if (state == BMN_TARGET_SCHEDULED)
    target->next_try_at = target->due_at;
  if (state == BMN_TARGET_PUBLISHED)
    target->published_at = target->due_at + 2 * G_USEC_PER_SEC;
  if (reason)
    {
      target->error = g_strdup (reason);
      target->error_kind = g_strdup (state == BMN_TARGET_FAILED ? "rejected" : "timed-out");
      target->tries = 1;
    }
  return bmn_targets_insert (tx, target, error) && put_outcome (tx, target, error);
}

/* The wall-clock time @minute minutes into the day @days after @monday. */
static BmnWallTime
wall_at (GDateTime *monday, int days, int minute)
{
  g_autoptr (GDateTime) day = g_date_time_add_days (monday, days);
  return (BmnWallTime){ .year = g_date_time_get_year (day),
                        .month = g_date_time_get_month (day),
                        .day = g_date_time_get_day_of_month (day),
                        .hour = minute / 60,
                        .minute = minute % 60 };
}

static gboolean
put_weekly (
    BmnTransaction *tx, const Plan *plan, GDateTime *monday, int week, gsize i, GError **error)
{
  const WeeklyPost *what = &weekly[i];
  BmnWallTime wall = wall_at (monday, week * 7 + what->weekday - 1, what->minute);
  /* Nobody fills every week to the brim. */
  if ((week + (int)i) % 4 == 3 && week > 0)
    return TRUE;
  static const char *const months[]
      = { "January", "February", "March",     "April",   "May",      "June",
          "July",    "August",   "September", "October", "November", "December" };
  /* A date in each makes no two of them the same, which is what checks warn of. */
  g_autofree char *date = g_strdup_printf ("%d %s", wall.day, months[wall.month - 1]);
  g_auto (GStrv) halves = g_strsplit (what->text, "%s", 2);
  g_autofree char *text = g_strjoinv (date, halves);
  g_autoptr (BmnPost) post = make_post (plan, text, what->picture, what->alt, what->tag);
  if (!bmn_posts_insert (tx, post, plan->now, error))
    return FALSE;
  for (guint a = 0; a < plan->accounts->len; a++)
    {
      const BmnAccount *account = plan->accounts->pdata[a];
      gint64 due;
      if (!(what->accounts & (1u << a)))
        continue;
      if (!bmn_zone_resolve (account->zone, &wall, &due, NULL, error))
        return FALSE;
      BmnTargetState state = due < plan->now ? BMN_TARGET_PUBLISHED : BMN_TARGET_SCHEDULED;
      if (!put_target (tx, account, post->id, state, &wall, NULL, error))
        return FALSE;
    }
  return TRUE;
}

typedef struct
{
  guint account;
  BmnTargetState state;
  int days; /* before (below 0) or after today */
  int minute;
  const char *text;
  const char *picture;
  const char *reason;
} SpecialPost;

static const SpecialPost specials[] = {
  { 1, BMN_TARGET_FAILED, -2, 17 * 60 + 30, "Opening night in pictures. #museum", "museum",
    "The disk was full, so nothing was written. Make room and retry." },
  { 0, BMN_TARGET_HELD, -1, 15 * 60, "Tomorrow’s special: walnut loaf, baked on stone. #walnut",
    "bread", "This computer was off at the time. Publish it now, or choose another time." },
  { 0, BMN_TARGET_UNKNOWN, -4, 15 * 60, "Saturday’s loaf: spelt with a dark crust. #spelt", "bread",
    "No answer came back. Look whether it is there." },
  { 1, BMN_TARGET_DRAFT, 0, 0, "Five lamps, five stories: a thread for next month?", "lamp", NULL },
  { 0, BMN_TARGET_DRAFT, 0, 0, "Meet the baker: why Ana gets up at three.", NULL, NULL },
};

static gboolean
put_special (
    BmnTransaction *tx, const Plan *plan, GDateTime *today, const SpecialPost *what, GError **error)
{
  g_autoptr (BmnPost) post = make_post (plan, what->text, what->picture, "A sample picture", NULL);
  BmnWallTime wall = wall_at (today, what->days, what->minute);
  return bmn_posts_insert (tx, post, plan->now, error)
         && put_target (tx, plan->accounts->pdata[what->account], post->id, what->state,
                        what->state == BMN_TARGET_DRAFT ? NULL : &wall, what->reason, error);
}

static gboolean
put_museum (BmnTransaction *tx, Plan *plan, GError **error)
{
  static const int weekdays[] = { 2, 4, 6 };
  BmnAccount *museum = plan->accounts->pdata[1];
  if (!bmn_accounts_insert (tx, museum, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (weekdays); i++)
    {
      g_autoptr (BmnSlot) slot = bmn_slot_new (museum->id, weekdays[i], 12 * 60 + 15);
      if (!bmn_slots_insert (tx, slot, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_plan (BmnTransaction *tx, gpointer data, GError **error)
{
  Plan *plan = data;
  const BmnAccount *bakery = plan->accounts->pdata[0];
  BmnWallTime wall;
  if (!bmn_zone_to_wall (bakery->zone, plan->now, &wall, error) || !put_museum (tx, plan, error))
    return FALSE;
  g_autoptr (GDateTime) today = g_date_time_new_utc (wall.year, wall.month, wall.day, 0, 0, 0);
  g_autoptr (GDateTime) monday
      = g_date_time_add_days (today, 1 - g_date_time_get_day_of_week (today));
  for (int week = -WEEKS_OUT; week <= WEEKS_PLANNED; week++)
    for (gsize i = 0; i < G_N_ELEMENTS (weekly); i++)
      if (!put_weekly (tx, plan, monday, week, i, error))
        return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (specials); i++)
    if (!put_special (tx, plan, today, &specials[i], error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_sample_fill_plan (BmnSession *self, gint64 account_id, const char *folder, GError **error)
{
  Plan plan = { .now = bmn_session_now (self) };
  g_autoptr (GPtrArray) accounts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_account_free);
  g_autoptr (GHashTable) media
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)bmn_media_free);
  plan.accounts = accounts;
  plan.media = media;
  BmnAccount *bakery = bmn_session_get_account (self, account_id, error);
  if (!bakery)
    return FALSE;
  g_ptr_array_add (accounts, bakery);
  BmnAccount *museum = bmn_account_new ("website", "Tidewater Museum");
  g_ptr_array_add (accounts, museum);
  bmn_account_set_setting (museum, "dir", folder);
  g_free (museum->zone);
  museum->zone = g_strdup (bakery->zone);
  museum->created_at = plan.now;
  if (g_mkdir_with_parents (folder, 0755) != 0)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE, _ ("The folder “%s” cannot be created."),
                   folder);
      return FALSE;
    }
  return add_pictures (self, &plan, error)
         && bmn_store_write (bmn_session_get_store (self), put_plan, &plan, error);
}
