#include "bmn-sync.h"
#include "bmn-sync-plan.h"
#include "bmn-sync-tags-private.h"

#include "bmn-failpoint.h"
#include "bmn-file-lock.h"
#include "bmn-followers.h"
#include "bmn-history.h"

#include <glib/gi18n-lib.h>

/* Pages and batches are small, so that little is asked again after a stop; a platform may give
 * fewer at a time. */
#define PAGE 100
#define BATCH 25

/* How far back counts are read when somebody asks. */
#define ASKED_FOR (30 * G_TIME_SPAN_DAY)

/* Clocks of servers differ from ours, and what was just published may not be listed yet. */
#define FRESH G_TIME_SPAN_HOUR

/*
 * One reading of an account: a chain of calls of the platform and transactions, each of which
 * ends in next_step(), which looks what is left to do.
 */
typedef struct
{
  BmnStore *store;
  BmnClock *clock;
  BmnPlatform *platform;
  gint64 account_id;
  BmnSyncMode mode;
  BmnSyncProgressFunc progress;
  gpointer progress_data;

  gint64 started_at;
  BmnFileLock *lock;     /* (nullable) */
  BmnSyncState *state;   /* (nullable) */
  BmnSyncReport *report; /* (nullable) */
  gboolean wants_followers;
  gboolean wants_tags;
  gboolean wants_list;
  gboolean wants_counts;

  BmnReaderPage *page; /* (nullable): being stored */
  GPtrArray *asked;    /* (nullable) (element-type BmnHistoryPost): whose counts are asked */
  GPtrArray *told;     /* (nullable) (element-type BmnHistoryPost): with their counts */
  gint64 told_at;
  gint64 followers;
  GError *failure; /* (nullable): ends the reading once it is on record */
} Run;

static void next_step (GTask *task);

static void
run_free (Run *run)
{
  g_clear_object (&run->store);
  g_clear_object (&run->clock);
  g_clear_object (&run->platform);
  g_clear_object (&run->lock);
  g_clear_pointer (&run->state, bmn_sync_state_free);
  g_clear_pointer (&run->report, bmn_sync_report_free);
  g_clear_pointer (&run->page, bmn_reader_page_free);
  g_clear_pointer (&run->asked, g_ptr_array_unref);
  g_clear_pointer (&run->told, g_ptr_array_unref);
  g_clear_error (&run->failure);
  g_free (run);
}

static BmnPlatformReader *
reader_of (const Run *run)
{
  return BMN_PLATFORM_READER (run->platform);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_clear_pointer (&run->page, bmn_reader_page_free);
  g_clear_pointer (&run->asked, g_ptr_array_unref);
  g_clear_pointer (&run->told, g_ptr_array_unref);
  bmn_failpoint ("sync-stored");
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (run->progress)
    run->progress (run->report, run->progress_data);
  next_step (task);
}

/* What is in memory may be half changed where a transaction failed: nothing goes on then. */
static void
write_step (GTask *task, BmnStoreFunc func)
{
  Run *run = g_task_get_task_data (task);
  /* Who cancelled may have closed the store by now. */
  if (g_task_return_error_if_cancelled (task))
    return;
  bmn_store_write_async (run->store, func, run, NULL, NULL, on_written, g_object_ref (task));
}

/* A failure goes on record, so that it is not tried again too early. */
static gboolean
store_failure (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  bmn_sync_plan_note_error (run->state, run->failure, bmn_clock_now (run->clock),
                            g_random_double ());
  return bmn_sync_states_put (tx, run->state, error);
}

/* @failure: (transfer full): */
static void
fail (GTask *task, GError *failure)
{
  Run *run = g_task_get_task_data (task);
  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, failure);
      return;
    }
  run->failure = failure;
  write_step (task, store_failure);
}

static gboolean
is_not_offered (const GError *error)
{
  return g_error_matches (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/*
 * Followers.
 */

static gboolean
store_followers (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  const BmnAccount *account = bmn_platform_get_account (run->platform);
  BmnFollowerCount count = { .followers = run->followers, .counted_at = run->told_at };
  run->state->followers_at = run->told_at;
  if (!bmn_sync_states_put (tx, run->state, error))
    return FALSE;
  if (run->followers == BMN_COUNT_UNKNOWN)
    return TRUE;
  g_autoptr (GTimeZone) known = g_time_zone_new_identifier (account->zone);
  g_autoptr (GTimeZone) zone = known ? g_steal_pointer (&known) : g_time_zone_new_utc ();
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (run->told_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  g_autofree char *day = g_date_time_format (local, "%F");
  g_strlcpy (count.day, day, sizeof count.day);
  return bmn_followers_put (tx, run->account_id, &count, error);
}

static void
on_followers (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  run->followers = BMN_COUNT_UNKNOWN;
  if (!bmn_platform_reader_read_followers_finish (BMN_PLATFORM_READER (source), result,
                                                  &run->followers, &error)
      && !is_not_offered (error))
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  run->report->followers = run->followers;
  run->told_at = bmn_clock_now (run->clock);
  write_step (task, store_followers);
}

/*
 * Hashtags from outside.
 */

static void
on_tags (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_sync_tags_finish (result, &error))
    next_step (task);
  else
    fail (task, error);
}

/*
 * The list of posts.
 */

static void
begin_list (Run *run)
{
  g_clear_pointer (&run->state->place, g_free);
  run->state->begun_at = bmn_clock_now (run->clock);
  run->state->oldest = G_MAXINT64;
}

/* What was there when it was last listed and is not in this list is gone, or at least to be
 * asked for, where the platform tells of single posts. */
static gboolean
end_list (Run *run, BmnTransaction *tx, gboolean complete, GError **error)
{
  BmnSyncState *state = run->state;
  g_clear_pointer (&state->place, g_free);
  state->ended_at = run->told_at;
  if (complete)
    state->completed_at = run->told_at;
  return bmn_history_take_unseen (tx, run->account_id, complete ? 0 : state->oldest,
                                  state->begun_at - FRESH, state->begun_at,
                                  state->no_counts_until > run->told_at, run->told_at, error);
}

/* Whether the list has come to what is known from an earlier one. */
static gboolean
reaches_known (const Run *run, guint n_added)
{
  const BmnSyncState *state = run->state;
  gint64 horizon = run->mode == BMN_SYNC_ASKED ? run->started_at - ASKED_FOR : G_MAXINT64;
  return run->page->items->len > 0 && n_added == 0 && state->oldest <= horizon
         && state->completed_at > state->begun_at - BMN_SYNC_COMPLETE_EVERY;
}

static gboolean
store_post (Run *run, BmnTransaction *tx, BmnHistoryPost *post, gboolean *added, GError **error)
{
  post->account_id = run->account_id;
  post->seen_at = post->counted_at = run->told_at;
  return bmn_history_put (tx, post, added, error);
}

static gboolean
store_page (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  BmnSyncState *state = run->state;
  guint n_added = 0;
  for (guint i = 0; i < run->page->items->len; i++)
    {
      BmnHistoryPost *post = run->page->items->pdata[i];
      gboolean added;
      if (!store_post (run, tx, post, &added, error))
        return FALSE;
      n_added += added;
      state->oldest = MIN (state->oldest, post->published_at);
    }
  run->report->n_listed += run->page->items->len;
  run->report->n_added += n_added;
  gboolean complete = !run->page->next || g_strcmp0 (run->page->next, state->place) == 0;
  if (complete || reaches_known (run, n_added))
    {
      /* One that was begun by an earlier run does not have the newest posts. */
      run->wants_list = state->begun_at < run->started_at;
      if (!end_list (run, tx, complete, error))
        return FALSE;
      if (run->wants_list)
        begin_list (run);
    }
  else
    {
      g_free (state->place);
      state->place = g_strdup (run->page->next);
    }
  return bmn_sync_states_put (tx, state, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  run->page = bmn_platform_reader_list_own_finish (BMN_PLATFORM_READER (source), result, &error);
  bmn_failpoint ("sync-read");
  if (run->page)
    {
      run->told_at = bmn_clock_now (run->clock);
      write_step (task, store_page);
    }
  else if (run->state->place && is_not_offered (error))
    {
      /* The server does not know this place any more. */
      begin_list (run);
      next_step (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

/*
 * Counts.
 */

static gboolean
store_counts (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  g_autoptr (GHashTable) there = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < run->told->len; i++)
    {
      BmnHistoryPost *post = run->told->pdata[i];
      g_hash_table_add (there, post->remote_id);
      if (!store_post (run, tx, post, NULL, error))
        return FALSE;
    }
  for (guint i = 0; i < run->asked->len; i++)
    {
      const BmnHistoryPost *post = run->asked->pdata[i];
      gboolean gone = !g_hash_table_contains (there, post->remote_id);
      if (gone && !bmn_history_set_gone (tx, post->id, run->told_at, error))
        return FALSE;
      if (!bmn_history_set_looked_at (tx, post->id, run->told_at, error))
        return FALSE;
      run->report->n_gone += gone;
    }
  run->report->n_counted += run->told->len;
  return TRUE;
}

static gboolean
store_lack (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  run->state->no_counts_until = bmn_clock_now (run->clock) + BMN_SYNC_COUNTS_AGAIN_AFTER;
  return bmn_sync_states_put (tx, run->state, error);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  run->told = bmn_platform_reader_read_counts_finish (BMN_PLATFORM_READER (source), result, &error);
  bmn_failpoint ("sync-read");
  if (run->told)
    {
      run->told_at = bmn_clock_now (run->clock);
      write_step (task, store_counts);
    }
  else if (is_not_offered (error))
    {
      run->wants_counts = FALSE;
      g_free (run->report->lack);
      run->report->lack = g_strdup (error->message);
      write_step (task, store_lack);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static gboolean
find_uncounted (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  run->asked
      = bmn_history_list_to_count (tx, run->account_id, bmn_clock_now (run->clock), BATCH, error);
  return run->asked != NULL;
}

static void
on_found_uncounted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_store_read_finish (BMN_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (run->asked->len == 0)
    {
      run->wants_counts = FALSE;
      next_step (task);
      return;
    }
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < run->asked->len; i++)
    g_ptr_array_add (ids, ((BmnHistoryPost *)run->asked->pdata[i])->remote_id);
  g_ptr_array_add (ids, NULL);
  bmn_platform_reader_read_counts_async (reader_of (run), (const char *const *)ids->pdata,
                                         g_task_get_cancellable (task), on_counted,
                                         g_object_ref (task));
}

/*
 * The chain.
 */

static gboolean
store_success (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  bmn_sync_plan_note_success (run->state);
  return bmn_sync_states_put (tx, run->state, error);
}

static void
on_success_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_pointer (task, g_steal_pointer (&run->report),
                           (GDestroyNotify)bmn_sync_report_free);
  else
    g_task_return_error (task, error);
}

static void
next_step (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  if (run->failure)
    g_task_return_error (task, g_steal_pointer (&run->failure));
  else if (g_task_return_error_if_cancelled (task))
    return;
  else if (run->wants_followers)
    {
      run->wants_followers = FALSE;
      bmn_platform_reader_read_followers_async (reader_of (run), cancellable, on_followers,
                                                g_object_ref (task));
    }
  else if (run->wants_tags)
    {
      run->wants_tags = FALSE;
      bmn_sync_tags_async (run->store, run->clock, reader_of (run), cancellable, on_tags,
                           g_object_ref (task));
    }
  else if (run->wants_list)
    bmn_platform_reader_list_own_async (reader_of (run), run->state->place, PAGE, cancellable,
                                        on_listed, g_object_ref (task));
  else if (run->wants_counts)
    bmn_store_read_async (run->store, find_uncounted, run, NULL, NULL, on_found_uncounted,
                          g_object_ref (task));
  else
    bmn_store_write_async (run->store, store_success, run, NULL, NULL, on_success_stored,
                           g_object_ref (task));
}

static gboolean
plan (BmnTransaction *tx, gpointer data, GError **error)
{
  Run *run = data;
  gint64 now = run->started_at;
  gboolean asked = run->mode == BMN_SYNC_ASKED;
  g_clear_pointer (&run->state, bmn_sync_state_free);
  run->state = bmn_sync_states_get (tx, run->account_id, error);
  if (!run->state)
    return FALSE;
  run->wants_followers = asked || run->state->followers_at + BMN_SYNC_LIST_EVERY <= now;
  run->wants_tags = run->wants_followers;
  run->wants_list = asked || run->state->place || run->state->ended_at + BMN_SYNC_LIST_EVERY <= now;
  run->wants_counts = asked || run->state->no_counts_until <= now;
  if (run->wants_list && !run->state->place)
    begin_list (run);
  return !asked || bmn_history_ask_to_count (tx, run->account_id, now - ASKED_FOR, now, error);
}

/* Another process, or this one before it was restarted, was told to wait. */
static gboolean
must_wait (const Run *run)
{
  return g_strcmp0 (run->state->error_kind,
                    bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_RATE_LIMITED))
             == 0
         && run->started_at < run->state->retry_at;
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_error (task, error);
  else if (must_wait (run))
    g_task_return_error (
        task, bmn_platform_error_new_rate_limited (run->state->retry_at, "%s", run->state->error));
  else
    next_step (task);
}

static void
begin (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  if (g_task_return_error_if_cancelled (task))
    return;
  run->started_at = bmn_clock_now (run->clock);
  bmn_store_write_async (run->store, plan, run, NULL, NULL, on_planned, g_object_ref (task));
}

static void
on_locked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  run->lock = bmn_file_lock_wait_finish (result, &error);
  if (run->lock)
    begin (task);
  else
    g_task_return_error (task, error);
}

/* Another reading of the account may be under way, here or in another process. */
static void
take_lock (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *name = g_strdup_printf ("sync-%" G_GINT64_FORMAT ".lock", run->account_id);
  g_autofree char *path = g_build_filename (bmn_store_get_folder (run->store), name, NULL);
  run->lock = bmn_file_lock_try (path, &error);
  if (error)
    g_task_return_error (task, error);
  else if (run->lock)
    begin (task);
  else
    bmn_file_lock_wait_async (path, g_task_get_cancellable (task), on_locked, g_object_ref (task));
}

void
bmn_sync_run_async (BmnStore *store,
                    BmnClock *clock,
                    BmnPlatform *platform,
                    BmnSyncMode mode,
                    BmnSyncProgressFunc progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_sync_run_async);
  if (!BMN_IS_PLATFORM_READER (platform))
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "%s",
                               _ ("This account's platform keeps no counts, so there is nothing "
                                  "to read from it."));
      return;
    }
  Run *run = g_new0 (Run, 1);
  run->store = g_object_ref (store);
  run->clock = g_object_ref (clock);
  run->platform = g_object_ref (platform);
  run->account_id = bmn_platform_get_account (platform)->id;
  run->mode = mode;
  run->progress = progress;
  run->progress_data = progress_data;
  run->report = bmn_sync_report_new ();
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  take_lock (task);
}

BmnSyncReport *
bmn_sync_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, bmn_sync_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
