#include "bmn-preflight-watch-private.h"
#include "bmn-hand-over-step-private.h"
#include "bmn-publish-error-private.h"

#include "bmn-accounts.h"
#include "bmn-alarm.h"
#include "bmn-error.h"
#include "bmn-posts.h"
#include "bmn-preflight.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>

struct _BmnPreflightWatch
{
  GObject parent_instance;

  BmnStore *store; /* (owned) */
  BmnClock *clock; /* (owned) */
  BmnPlatformFunc platforms;
  gpointer platforms_data;

  BmnAlarm *alarm;           /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  GHashTable *checked;       /* (owned) target id → when it was checked last, µs */
  gboolean looking;
  gboolean look_again;
};

G_DEFINE_FINAL_TYPE (BmnPreflightWatch, bmn_preflight_watch, G_TYPE_OBJECT)

/* The name that a target's warning bears while it is still going to be tried. */
#define PREFLIGHT_KIND "preflight"

/* Planned posts looked at in one go; the rest follows when these are through. */
#define MAX_PLANNED 500

/* From this many seconds before a post is due, a server that cannot be reached is worth telling. */
#define SOON 3600LL

/* After trouble with the store: look again after this many seconds. */
#define TROUBLE_RETRY_SECONDS 60

/* One planned target with what is needed to check it. */
typedef struct
{
  BmnTarget *target;   /* (owned) */
  BmnPost *post;       /* (owned) */
  BmnAccount *account; /* (owned) */
  GString *findings;   /* (owned) messages, a line each */
} Planned;

static void
planned_free (Planned *planned)
{
  g_clear_pointer (&planned->target, bmn_target_free);
  g_clear_pointer (&planned->post, bmn_post_free);
  g_clear_pointer (&planned->account, bmn_account_free);
  g_string_free (planned->findings, TRUE);
  g_free (planned);
}

/* One round: the targets of one account that are to be checked, in turn by account. */
typedef struct
{
  BmnPreflightWatch *watch; /* (owned) */
  gint64 now;
  gint64 next_at;        /* when the next check is due, 0 for none */
  GHashTable *checked;   /* (owned) a copy, for the store's thread */
  GPtrArray *planned;    /* (owned) (element-type Planned) */
  BmnPlatform *platform; /* (owned) (nullable) of the account being asked */
  guint i_asked;         /* first of @planned whose account was not asked yet */
} Round;

static void look (BmnPreflightWatch *self);
static void ask_next_account (Round *round);

static void
round_free (Round *round)
{
  g_clear_object (&round->watch);
  g_clear_object (&round->platform);
  g_clear_pointer (&round->checked, g_hash_table_unref);
  g_clear_pointer (&round->planned, g_ptr_array_unref);
  g_free (round);
}

static GHashTable *
times_new (void)
{
  return g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
}

static void
times_set (GHashTable *times, gint64 id, gint64 at)
{
  g_hash_table_replace (times, g_memdup2 (&id, sizeof id), g_memdup2 (&at, sizeof at));
}

static gint64
times_get (GHashTable *times, gint64 id)
{
  gint64 *at = g_hash_table_lookup (times, &id);
  return at ? *at : 0;
}

static void
note (Planned *planned, const char *message)
{
  if (strstr (planned->findings->str, message))
    return;
  if (planned->findings->len > 0)
    g_string_append_c (planned->findings, '\n');
  g_string_append (planned->findings, message);
}

static void
note_all (Planned *planned, GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    note (planned, ((BmnPreflightFinding *)findings->pdata[i])->message);
}

/*
 * What is to be checked.
 */

static Planned *
load_planned (BmnTransaction *tx, const BmnTarget *target, gint64 now, GError **error)
{
  Planned *planned = g_new0 (Planned, 1);
  planned->findings = g_string_new (NULL);
  planned->target = bmn_target_copy (target);
  planned->post = bmn_posts_get (tx, target->post_id, error);
  planned->account = planned->post ? bmn_accounts_get (tx, target->account_id, error) : NULL;
  g_autoptr (GPtrArray) findings
      = planned->account ? bmn_preflight_plan (tx, planned->post, target, now, error) : NULL;
  if (!findings)
    {
      planned_free (planned);
      return NULL;
    }
  note_all (planned, findings);
  return planned;
}

static void
wake_at (Round *round, gint64 at)
{
  if (at > round->now && (round->next_at == 0 || at < round->next_at))
    round->next_at = at;
}

/* What is due later than the first check of it needs only be woken up for. */
static gboolean
find_first_later (Round *round, BmnTransaction *tx, gint64 from, GError **error)
{
  const BmnTargetFilter filter
      = { .states = 1 << BMN_TARGET_SCHEDULED, .due_from = from, .limit = 1 };
  g_autoptr (GPtrArray) later = bmn_targets_list (tx, &filter, error);
  if (later && later->len > 0)
    wake_at (round, ((BmnTarget *)later->pdata[0])->due_at - BMN_PREFLIGHT_FIRST * G_USEC_PER_SEC);
  return later != NULL;
}

static gboolean
look_in_store (BmnTransaction *tx, gpointer data, GError **error)
{
  Round *round = data;
  gint64 end = round->now + BMN_PREFLIGHT_FIRST * G_USEC_PER_SEC + 1;
  const BmnTargetFilter filter = { .states = 1 << BMN_TARGET_SCHEDULED,
                                   .due_from = round->now,
                                   .due_until = end,
                                   .limit = MAX_PLANNED };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  if (!targets)
    return FALSE;
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      gint64 last_at = times_get (round->checked, target->id);
      gint64 at = bmn_preflight_next_at (target->due_at, last_at, round->now);
      wake_at (round, at);
      if (at == 0 || at > round->now)
        continue;
      Planned *planned = load_planned (tx, target, round->now, error);
      if (!planned)
        return FALSE;
      g_ptr_array_add (round->planned, planned);
      /* The check after the one that is made now. */
      wake_at (round, bmn_preflight_next_at (target->due_at, round->now, round->now));
    }
  return find_first_later (round, tx, end, error);
}

/*
 * Writing down what was found.
 */

static gboolean
write_findings (BmnTransaction *tx, gpointer data, GError **error)
{
  Round *round = data;
  for (guint i = 0; i < round->planned->len; i++)
    {
      const Planned *planned = round->planned->pdata[i];
      g_autoptr (BmnTarget) target = bmn_targets_get (tx, planned->target->id, NULL);
      const char *message = planned->findings->len > 0 ? planned->findings->str : NULL;
      if (!target || target->state != BMN_TARGET_SCHEDULED || target->tries > 0
          || g_strcmp0 (target->error, message) == 0
          /* Why it goes out from here stays said while there is nothing else to say. */
          || (!message && g_strcmp0 (target->error_kind, BMN_HAND_OVER_KIND) == 0))
        continue;
      g_free (target->error);
      target->error = g_strdup (message);
      g_free (target->error_kind);
      target->error_kind = message ? g_strdup (PREFLIGHT_KIND) : NULL;
      if (!bmn_targets_update (tx, target, BMN_TARGET_SCHEDULED, error))
        return FALSE;
    }
  return TRUE;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (BmnPreflightWatch) self = g_object_ref (round->watch);
  g_autoptr (GError) error = NULL;
  /* A warning that cannot be written is made again with the next round. */
  if (bmn_store_write_finish (self->store, result, &error))
    for (guint i = 0; i < round->planned->len; i++)
      times_set (self->checked, ((Planned *)round->planned->pdata[i])->target->id, round->now);
  round_free (round);
  self->looking = FALSE;
  if (self->look_again)
    look (self);
}

/*
 * Asking the accounts.
 */

/* What is likely to be over by the time a post is due, that long before. */
static gboolean
is_passing (const GError *failure)
{
  BmnPlatformError code = bmn_publish_error_code (failure);
  return code != BMN_PLATFORM_ERROR_AUTH_EXPIRED && code != BMN_PLATFORM_ERROR_REJECTED;
}

static gboolean
is_soon (const Round *round, const Planned *planned)
{
  return planned->target->due_at - round->now <= SOON * G_USEC_PER_SEC;
}

/* A session that ends before the post is due, or an account that cannot publish now. */
static void
note_health (Round *round, gint64 account_id, const BmnAccountHealth *health, const GError *failure)
{
  for (guint i = 0; i < round->planned->len; i++)
    {
      Planned *planned = round->planned->pdata[i];
      if (planned->account->id != account_id)
        continue;
      if (failure && (!is_passing (failure) || is_soon (round, planned)))
        note (planned, failure->message);
      else if (failure)
        continue;
      else if (health->session_ends_at != 0 && health->session_ends_at < planned->target->due_at)
        note (planned,
              _ ("The account's session ends before this post is due. Sign in again before that."));
    }
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountHealth) health = bmn_platform_check_finish (round->platform, result, &error);
  gint64 account_id = bmn_platform_get_account (round->platform)->id;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      round->watch->looking = FALSE;
      round_free (round);
      return;
    }
  note_health (round, account_id, health, error);
  ask_next_account (round);
}

static gboolean
was_asked (Round *round, gint64 account_id)
{
  for (guint i = 0; i + 1 < round->i_asked; i++)
    if (((Planned *)round->planned->pdata[i])->account->id == account_id)
      return TRUE;
  return FALSE;
}

static void
note_content (Round *round, gint64 account_id)
{
  for (guint i = 0; i < round->planned->len; i++)
    {
      Planned *planned = round->planned->pdata[i];
      if (planned->account->id != account_id)
        continue;
      g_autoptr (GPtrArray) findings
          = bmn_preflight_content (round->platform, planned->post, planned->target);
      note_all (planned, findings);
    }
}

static void
ask_next_account (Round *round)
{
  BmnPreflightWatch *self = round->watch;
  while (round->i_asked < round->planned->len)
    {
      const BmnAccount *account = ((Planned *)round->planned->pdata[round->i_asked++])->account;
      if (was_asked (round, account->id))
        continue;
      g_autoptr (GError) error = NULL;
      g_clear_object (&round->platform);
      round->platform = self->platforms (account, self->platforms_data, &error);
      if (!round->platform)
        {
          note_health (round, account->id, NULL, error);
          continue;
        }
      note_content (round, account->id);
      bmn_platform_check_async (round->platform, self->cancellable, on_checked, round);
      return;
    }
  bmn_store_write_async (self->store, write_findings, round, NULL, NULL, on_written, round);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  Round *round = data;
  BmnPreflightWatch *self = round->watch;
  g_autoptr (GError) error = NULL;
  gboolean ok = bmn_store_read_finish (self->store, result, &error);
  if (self->alarm)
    bmn_alarm_set (self->alarm,
                   ok ? round->next_at : round->now + TROUBLE_RETRY_SECONDS * G_USEC_PER_SEC);
  if (ok && self->alarm && round->planned->len > 0)
    {
      ask_next_account (round);
      return;
    }
  self->looking = FALSE;
  gboolean again = self->look_again;
  g_object_ref (self);
  round_free (round);
  if (again)
    look (self);
  g_object_unref (self);
}

static void
look (BmnPreflightWatch *self)
{
  if (!self->alarm)
    return;
  self->look_again = self->looking;
  if (self->looking)
    return;
  self->looking = TRUE;
  Round *round = g_new0 (Round, 1);
  round->watch = g_object_ref (self);
  round->now = bmn_clock_now (self->clock);
  round->planned = g_ptr_array_new_with_free_func ((GDestroyNotify)planned_free);
  round->checked = times_new ();
  GHashTableIter iter;
  gpointer id, at;
  g_hash_table_iter_init (&iter, self->checked);
  while (g_hash_table_iter_next (&iter, &id, &at))
    times_set (round->checked, *(gint64 *)id, *(gint64 *)at);
  bmn_store_read_async (self->store, look_in_store, round, NULL, NULL, on_looked, round);
}

void
bmn_preflight_watch_start (BmnPreflightWatch *self)
{
  self->alarm = bmn_alarm_new (self->clock);
  g_signal_connect_swapped (self->alarm, "fired", G_CALLBACK (look), self);
  g_signal_connect_swapped (self->alarm, "clock-changed", G_CALLBACK (look), self);
  g_signal_connect_object (self->store, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  look (self);
}

static void
bmn_preflight_watch_dispose (GObject *object)
{
  BmnPreflightWatch *self = BMN_PREFLIGHT_WATCH (object);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->alarm);
  G_OBJECT_CLASS (bmn_preflight_watch_parent_class)->dispose (object);
}

static void
bmn_preflight_watch_finalize (GObject *object)
{
  BmnPreflightWatch *self = BMN_PREFLIGHT_WATCH (object);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->checked, g_hash_table_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (bmn_preflight_watch_parent_class)->finalize (object);
}

static void
bmn_preflight_watch_class_init (BmnPreflightWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->dispose = bmn_preflight_watch_dispose;
  object_class->finalize = bmn_preflight_watch_finalize;
}

static void
bmn_preflight_watch_init (BmnPreflightWatch *self)
{
  self->cancellable = g_cancellable_new ();
  self->checked = times_new ();
}

BmnPreflightWatch *
bmn_preflight_watch_new (BmnStore *store, BmnClock *clock, BmnPlatformFunc platforms, gpointer data)
{
  BmnPreflightWatch *self = g_object_new (BMN_TYPE_PREFLIGHT_WATCH, NULL);
  self->store = g_object_ref (store);
  self->clock = g_object_ref (clock);
  self->platforms = platforms;
  self->platforms_data = data;
  return self;
}
