#include "store-support.h"

#include "bmn-settings.h"

#include <glib/gstdio.h>

static gboolean
count_posts (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) posts = bmn_posts_search (tx, NULL, 0, 0, error);
  if (posts)
    *(guint *)data = posts->len;
  return posts != NULL;
}

static guint
get_count (BmnStore *store)
{
  guint count;
  read_ok (store, count_posts, &count);
  return count;
}

static gboolean
insert_post (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnPost) post = new_post ("text");
  return bmn_posts_insert (tx, post, 1, error);
}

static void
test_private_files (Fixture *fixture, gconstpointer data)
{
  add_post (fixture->store, "text");
  const char *files[] = { "bellman.db", "bellman.db-wal", "bellman.db-shm", "doorbell" };
  GStatBuf status;
  g_assert_cmpint (g_stat (fixture->folder, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0700);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = fixture_path (fixture, files[i]);
      g_assert_cmpint (g_stat (path, &status), ==, 0);
      g_assert_cmpint (status.st_mode & 0777, ==, 0600);
    }
}

static gboolean
insert_and_fail (BmnTransaction *tx, gpointer data, GError **error)
{
  g_assert_true (insert_post (tx, NULL, error));
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "changed my mind");
  return FALSE;
}

static void
test_all_or_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_write (fixture->store, insert_and_fail, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_FAILED);
  g_assert_cmpuint (get_count (fixture->store), ==, 0);
  write_ok (fixture->store, insert_post, NULL);
  g_assert_cmpuint (get_count (fixture->store), ==, 1);
}

static gboolean
write_by_reading (BmnTransaction *tx, gpointer data, GError **error)
{
  return insert_post (tx, NULL, error);
}

static void
test_readers_cannot_write (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_read (fixture->store, write_by_reading, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
}

static gboolean
write_inside (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_store_write (data, insert_post, NULL, error);
}

static void
test_no_transaction_inside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_test_expect_message ("bellman", G_LOG_LEVEL_CRITICAL, "*must not start another*");
  g_assert_false (bmn_store_write (fixture->store, write_inside, fixture->store, &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_test_expect_message ("bellman", G_LOG_LEVEL_CRITICAL, "*must not start another*");
  g_assert_false (bmn_store_read (fixture->store, write_inside, fixture->store, &error));
  g_test_assert_expected_messages ();
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
}

/* A writer that waits in the middle of its transaction until it is let go on. */
typedef struct
{
  GMutex mutex;
  GCond cond;
  gboolean inside;
  gboolean go_on;
} Gate;

static void
gate_set (Gate *gate, gboolean *flag)
{
  g_mutex_lock (&gate->mutex);
  *flag = TRUE;
  g_cond_broadcast (&gate->cond);
  g_mutex_unlock (&gate->mutex);
}

static void
gate_wait (Gate *gate, const gboolean *flag)
{
  g_mutex_lock (&gate->mutex);
  while (!*flag)
    g_cond_wait (&gate->cond, &gate->mutex);
  g_mutex_unlock (&gate->mutex);
}

static gboolean
insert_and_wait (BmnTransaction *tx, gpointer data, GError **error)
{
  Gate *gate = data;
  if (!insert_post (tx, NULL, error))
    return FALSE;
  gate_set (gate, &gate->inside);
  gate_wait (gate, &gate->go_on);
  return TRUE;
}

typedef struct
{
  gboolean finished;
  gboolean done;
  GError *error; /* (owned) (nullable) */
} Outcome;

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  outcome->done = bmn_store_write_finish (BMN_STORE (source), result, &outcome->error);
  outcome->finished = TRUE;
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  outcome->done = bmn_store_read_finish (BMN_STORE (source), result, &outcome->error);
  outcome->finished = TRUE;
}

static void
test_read_during_write (Fixture *fixture, gconstpointer data)
{
  Gate gate = { 0 };
  Outcome outcome = { 0 };
  bmn_store_write_async (fixture->store, insert_and_wait, &gate, NULL, NULL, on_written, &outcome);
  gate_wait (&gate, &gate.inside);
  g_assert_cmpuint (get_count (fixture->store), ==, 0);
  gate_set (&gate, &gate.go_on);
  wait_for (&outcome.finished);
  g_assert_no_error (outcome.error);
  g_assert_cmpuint (get_count (fixture->store), ==, 1);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  Gate gate = { 0 };
  Outcome begun = { 0 }, waiting = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  bmn_store_write_async (fixture->store, insert_and_wait, &gate, NULL, cancellable, on_written,
                         &begun);
  bmn_store_write_async (fixture->store, insert_post, NULL, NULL, cancellable, on_written,
                         &waiting);
  gate_wait (&gate, &gate.inside);
  g_cancellable_cancel (cancellable);
  gate_set (&gate, &gate.go_on);
  wait_for (&begun.finished);
  wait_for (&waiting.finished);
  g_assert_no_error (begun.error);
  g_assert_true (begun.done);
  g_assert_error (waiting.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&waiting.error);
  g_assert_cmpuint (get_count (fixture->store), ==, 1);
}

typedef struct
{
  GString *order; /* (owned): what ran, by letter */
  int n_destroyed;
  int n_finished;
} Sequence;

typedef struct
{
  Sequence *sequence;
  char letter;
} Step;

static gboolean
run_step (BmnTransaction *tx, gpointer data, GError **error)
{
  Step *step = data;
  g_string_append_c (step->sequence->order, step->letter);
  return insert_post (tx, NULL, error);
}

static void
step_free (gpointer data)
{
  ((Step *)data)->sequence->n_destroyed++;
  g_free (data);
}

static void
on_step (GObject *source, GAsyncResult *result, gpointer data)
{
  Sequence *sequence = data;
  g_autoptr (GError) error = NULL;
  g_assert_true (bmn_store_write_finish (BMN_STORE (source), result, &error));
  g_assert_no_error (error);
  sequence->n_finished++;
}

static void
push_steps (BmnStore *store, Sequence *sequence, const char *letters)
{
  for (const char *p = letters; *p; p++)
    {
      Step *step = g_new (Step, 1);
      *step = (Step){ sequence, *p };
      bmn_store_write_async (store, run_step, step, step_free, NULL, on_step, sequence);
    }
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  const char *letters = "abcdefghijklmnopqrstuvwxyz";
  Sequence sequence = { g_string_new (NULL) };
  push_steps (fixture->store, &sequence, letters);
  while (sequence.n_finished < 26 || sequence.n_destroyed < 26)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (sequence.order->str, ==, letters);
  g_assert_cmpint (sequence.n_destroyed, ==, 26);
  g_string_free (sequence.order, TRUE);
}

/* What was asked for is written, also when the program ends before it is told so. */
static void
test_close_finishes_writes (Fixture *fixture, gconstpointer data)
{
  Sequence sequence = { g_string_new (NULL) };
  push_steps (fixture->store, &sequence, "abcdefgh");
  g_object_run_dispose (G_OBJECT (fixture->store));
  g_assert_cmpstr (sequence.order->str, ==, "abcdefgh");
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM post"), ==, 8);
  while (sequence.n_finished < 8 || sequence.n_destroyed < 8)
    g_main_context_iteration (NULL, TRUE);
  g_string_free (sequence.order, TRUE);
}

static void
test_read_async (Fixture *fixture, gconstpointer data)
{
  add_post (fixture->store, "text");
  guint count = 0;
  Outcome outcome = { 0 };
  bmn_store_read_async (fixture->store, count_posts, &count, NULL, NULL, on_read, &outcome);
  wait_for (&outcome.finished);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.done);
  g_assert_cmpuint (count, ==, 1);
}

static void
set_flag (BmnStore *store, gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

static void
count_call (BmnStore *store, gpointer count)
{
  (*(guint *)count)++;
}

static void
test_changed (Fixture *fixture, gconstpointer data)
{
  gboolean heard = FALSE, heard_other = FALSE;
  g_autoptr (BmnStore) other = open_store (fixture->folder);
  g_signal_connect (fixture->store, "changed", G_CALLBACK (set_flag), &heard);
  g_signal_connect (other, "changed", G_CALLBACK (set_flag), &heard_other);
  add_post (fixture->store, "text");
  wait_for (&heard);
  wait_for (&heard_other);

  heard = heard_other = FALSE;
  add_post (other, "text");
  wait_for (&heard);
  wait_for (&heard_other);

  /* Also when somebody tidied up the folder. */
  g_autofree char *bell = fixture_path (fixture, "doorbell");
  g_assert_cmpint (g_remove (bell), ==, 0);
  heard = heard_other = FALSE;
  add_post (fixture->store, "text");
  wait_for (&heard);
  wait_for (&heard_other);
}

static gboolean
set_same_setting (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_settings_set (tx, "theme", "dark", error);
}

static void
test_no_change_is_silent (Fixture *fixture, gconstpointer data)
{
  guint n_calls = 0;
  write_ok (fixture->store, set_same_setting, NULL);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_signal_connect (fixture->store, "changed", G_CALLBACK (count_call), &n_calls);
  g_autoptr (GError) error = NULL;
  get_count (fixture->store);
  write_ok (fixture->store, set_same_setting, NULL);
  g_assert_false (bmn_store_write (fixture->store, insert_and_fail, NULL, &error));
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_calls, ==, 0);
  /* Many changes before anybody listens are told at once. */
  for (int i = 0; i < 10; i++)
    add_post (fixture->store, "text");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_cmpuint (n_calls, ==, 1);
}

static void
test_changed_in_own_context (Fixture *fixture, gconstpointer data)
{
  gboolean heard = FALSE;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_main_context_push_thread_default (context);
  g_autoptr (BmnStore) store = open_store (fixture->folder);
  g_main_context_pop_thread_default (context);
  g_signal_connect (store, "changed", G_CALLBACK (set_flag), &heard);
  add_post (store, "text");
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_assert_false (heard);
  while (!heard)
    g_main_context_iteration (context, TRUE);
}

static void
test_backup (Fixture *fixture, gconstpointer data)
{
  add_post (fixture->store, "kept words");
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = fixture_path (fixture, "copy");
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  g_assert_true (bmn_store_backup (fixture->store, path, &error));
  g_assert_no_error (error);
  GStatBuf status;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);

  /* It is a whole database, which another data folder can be made of. */
  g_autoptr (BmnStore) copy = open_store (folder);
  g_assert_cmpuint (get_count (copy), ==, 1);

  g_assert_false (bmn_store_backup (fixture->store, path, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autofree char *nowhere = fixture_path (fixture, "missing/copy.db");
  g_assert_false (bmn_store_backup (fixture->store, nowhere, &error));
  g_assert_nonnull (error);
  g_assert_true (error->domain == BMN_ERROR);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  outcome->done = bmn_store_check_finish (BMN_STORE (source), result, &outcome->error);
  outcome->finished = TRUE;
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  Outcome outcome = { 0 };
  add_post (fixture->store, "text");
  bmn_store_check_async (fixture->store, NULL, on_checked, &outcome);
  wait_for (&outcome.finished);
  g_assert_no_error (outcome.error);
  g_assert_true (outcome.done);

  Outcome cancelled = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_cancellable_cancel (cancellable);
  bmn_store_check_async (fixture->store, cancellable, on_checked, &cancelled);
  wait_for (&cancelled.finished);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);
}

/* How often threads of the store gave up the processor to wait. */
static gint64
count_waits (void)
{
  gint64 total = 0;
  g_autoptr (GDir) dir = g_dir_open ("/proc/self/task", 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename ("/proc/self/task", name, "status", NULL);
      g_autofree char *status = NULL;
      if (!g_file_get_contents (path, &status, NULL, NULL) || !strstr (status, "\tstore-"))
        continue;
      const char *line = strstr (status, "voluntary_ctxt_switches:");
      g_assert_nonnull (line);
      total += g_ascii_strtoll (line + strlen ("voluntary_ctxt_switches:"), NULL, 10);
    }
  return total;
}

/* With nothing to do, nobody wakes up; a busy machine may take a while to get there. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  add_post (fixture->store, "text");
  get_count (fixture->store);
  gint64 before = 0, after = count_waits ();
  g_assert_cmpint (after, >, 0);
  for (int i = 0; i < 20 && after != before; i++)
    {
      before = after;
      g_usleep (G_USEC_PER_SEC / 2);
      after = count_waits ();
    }
  g_assert_cmpint (after, ==, before);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/store/private-files", test_private_files);
  fixture_add ("/store/store/all-or-nothing", test_all_or_nothing);
  fixture_add ("/store/store/readers-cannot-write", test_readers_cannot_write);
  fixture_add ("/store/store/no-transaction-inside", test_no_transaction_inside);
  fixture_add ("/store/store/read-during-write", test_read_during_write);
  fixture_add ("/store/store/cancel", test_cancel);
  fixture_add ("/store/store/order", test_order);
  fixture_add ("/store/store/close-finishes-writes", test_close_finishes_writes);
  fixture_add ("/store/store/read-async", test_read_async);
  fixture_add ("/store/store/changed", test_changed);
  fixture_add ("/store/store/no-change-is-silent", test_no_change_is_silent);
  fixture_add ("/store/store/changed-in-own-context", test_changed_in_own_context);
  fixture_add ("/store/store/backup", test_backup);
  fixture_add ("/store/store/check", test_check);
  fixture_add ("/store/store/idle", test_idle);
  return g_test_run ();
}
