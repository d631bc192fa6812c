#include "store-support.h"

#include "bmn-publisher-lease.h"
#include "bmn-settings.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

#define N_WRITES 200

/* This program; run with a role and a folder it is another process at the same data. */
static const char *program;

/* Adds one to a number that others add to as well, and stores a post with it. */
static gboolean
count_up (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autofree char *before = NULL;
  if (!bmn_settings_get (tx, "counter", &before, error))
    return FALSE;
  g_autofree char *after = g_strdup_printf ("%d", before ? atoi (before) + 1 : 1);
  g_autoptr (BmnPost) post = new_post (after);
  if (!bmn_settings_set (tx, "counter", after, error) || !bmn_posts_insert (tx, post, 1, error))
    return FALSE;
  if (data)
    *(gint64 *)data = post->id;
  return TRUE;
}

static void
count_up_often (BmnStore *store)
{
  for (int i = 0; i < N_WRITES; i++)
    write_ok (store, count_up, NULL);
}

/* Tells each post once it is committed, until it is killed. */
static void
report_posts (BmnStore *store)
{
  for (;;)
    {
      gint64 id;
      write_ok (store, count_up, &id);
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", id);
      g_assert_cmpint (write (STDOUT_FILENO, line, strlen (line)), ==, (gssize)strlen (line));
    }
}

static void
hold_lease (BmnStore *store)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPublisherLease) lease = bmn_publisher_lease_try (store, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lease);
  g_assert_cmpint (write (STDOUT_FILENO, "held\n", 5), ==, 5);
  for (;;)
    pause ();
}

static int
play (const char *role, const char *folder)
{
  g_autoptr (BmnStore) store = open_store (folder);
  if (g_str_equal (role, "--as-count-up"))
    write_ok (store, count_up, NULL);
  else if (g_str_equal (role, "--as-count-up-often"))
    count_up_often (store);
  else if (g_str_equal (role, "--as-report-posts"))
    report_posts (store);
  else if (g_str_equal (role, "--as-hold-lease"))
    hold_lease (store);
  return 0;
}

static GSubprocess *
start (Fixture *fixture, const char *role)
{
  g_autoptr (GError) error = NULL;
  GSubprocess *process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, role,
                                           fixture->folder, NULL);
  g_assert_no_error (error);
  return process;
}

static void
wait_for_success (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
kill_process (GSubprocess *process)
{
  g_autoptr (GError) error = NULL;
  g_subprocess_force_exit (process);
  g_assert_true (g_subprocess_wait (process, NULL, &error));
  g_assert_no_error (error);
}

static void
test_two_writers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSubprocess) other = start (fixture, "--as-count-up-often");
  count_up_often (fixture->store);
  wait_for_success (other);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM post"), ==, 2 * N_WRITES);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(DISTINCT text) FROM part"), ==,
                   2 * N_WRITES);
  g_assert_cmpint (
      read_number (fixture->folder, "SELECT value FROM setting WHERE name = 'counter'"), ==,
      2 * N_WRITES);
}

static void
set_flag (BmnStore *store, gpointer flag)
{
  *(gboolean *)flag = TRUE;
}

static void
test_hears_others (Fixture *fixture, gconstpointer data)
{
  gboolean heard = FALSE;
  g_signal_connect (fixture->store, "changed", G_CALLBACK (set_flag), &heard);
  g_autoptr (GSubprocess) other = start (fixture, "--as-count-up");
  wait_for (&heard);
  /* What was told can be read. */
  g_autoptr (BmnPost) post = get_post (fixture->store, 1);
  g_assert_cmpstr (((BmnPart *)post->parts->pdata[0])->text, ==, "1");
  wait_for_success (other);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (bmn_store_check_finish (BMN_STORE (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

/* Reads the ids that the other process told. @limit: 0 for until its end */
static void
read_ids (GSubprocess *process, GDataInputStream *lines, GArray *ids, guint limit)
{
  for (guint i = 0; limit == 0 || i < limit; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, &error);
      g_assert_no_error (error);
      if (!line)
        return;
      gint64 id = g_ascii_strtoll (line, NULL, 10);
      g_array_append_val (ids, id);
    }
}

static void
test_killed_writer (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (int round = 0; round < 5; round++)
    {
      g_autoptr (GSubprocess) other = start (fixture, "--as-report-posts");
      g_autoptr (GDataInputStream) lines
          = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other));
      read_ids (other, lines, ids, g_test_rand_int_range (1, 40));
      g_usleep (g_test_rand_int_range (0, 5000));
      kill_process (other);
      read_ids (other, lines, ids, 0);
      fixture_reopen (fixture);
      gboolean checked = FALSE;
      bmn_store_check_async (fixture->store, NULL, on_checked, &checked);
      wait_for (&checked);
    }
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (BmnPost) post = get_post (fixture->store, g_array_index (ids, gint64, i));
      g_assert_cmpuint (post->parts->len, ==, 1);
    }
  /* A change is there as a whole or not at all. */
  gint64 n_posts = read_number (fixture->folder, "SELECT count(*) FROM post");
  g_assert_cmpint (n_posts, >=, ids->len);
  g_assert_cmpint (
      read_number (fixture->folder, "SELECT value FROM setting WHERE name = 'counter'"), ==,
      n_posts);
}

/* The publisher's lease */

typedef struct
{
  gboolean finished;
  BmnPublisherLease *lease; /* (owned) (nullable) */
  GError *error;            /* (owned) (nullable) */
} Wait;

static void
on_lease (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  wait->lease = bmn_publisher_lease_wait_finish (result, &wait->error);
  wait->finished = TRUE;
}

static void
test_lease_of_dead (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) other = start (fixture, "--as-hold-lease");
  g_autoptr (GDataInputStream) lines
      = g_data_input_stream_new (g_subprocess_get_stdout_pipe (other));
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  g_assert_cmpstr (line, ==, "held");
  g_assert_null (bmn_publisher_lease_try (fixture->store, &error));
  g_assert_no_error (error);

  Wait wait = { 0 };
  bmn_publisher_lease_wait_async (fixture->store, NULL, on_lease, &wait);
  kill_process (other);
  wait_for (&wait.finished);
  g_assert_no_error (wait.error);
  g_assert_nonnull (wait.lease);
  g_object_unref (wait.lease);
}

static void
test_lease_in_one_process (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPublisherLease) first = bmn_publisher_lease_try (fixture->store, &error);
  g_assert_nonnull (first);
  g_assert_null (bmn_publisher_lease_try (fixture->store, &error));
  g_assert_no_error (error);
  Wait wait = { 0 };
  bmn_publisher_lease_wait_async (fixture->store, NULL, on_lease, &wait);
  g_clear_object (&first);
  wait_for (&wait.finished);
  g_assert_nonnull (wait.lease);
  g_assert_null (bmn_publisher_lease_try (fixture->store, &error));
  g_object_unref (wait.lease);
  g_autoptr (BmnPublisherLease) again = bmn_publisher_lease_try (fixture->store, &error);
  g_assert_nonnull (again);
}

static void
test_lease_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPublisherLease) first = bmn_publisher_lease_try (fixture->store, &error);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Wait cancelled = { 0 };
  bmn_publisher_lease_wait_async (fixture->store, cancellable, on_lease, &cancelled);
  g_assert_false (cancelled.finished);
  g_cancellable_cancel (cancellable);
  wait_for (&cancelled.finished);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (cancelled.lease);
  g_clear_error (&cancelled.error);

  /* Whoever waits on gets it, though the one who gave up was there before. */
  Wait wait = { 0 };
  bmn_publisher_lease_wait_async (fixture->store, NULL, on_lease, &wait);
  g_clear_object (&first);
  wait_for (&wait.finished);
  g_assert_no_error (wait.error);
  g_assert_nonnull (wait.lease);
  g_object_unref (wait.lease);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_has_prefix (argv[1], "--as-"))
    return play (argv[1], argv[2]);
  program = argv[0];
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/processes/two-writers", test_two_writers);
  fixture_add ("/store/processes/hears-others", test_hears_others);
  fixture_add ("/store/processes/killed-writer", test_killed_writer);
  fixture_add ("/store/processes/lease-of-dead", test_lease_of_dead);
  fixture_add ("/store/processes/lease-in-one-process", test_lease_in_one_process);
  fixture_add ("/store/processes/lease-cancelled", test_lease_cancelled);
  return g_test_run ();
}
