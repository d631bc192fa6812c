#include "bmn-error.h"
#include "bmn-file-lock.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct
{
  char *folder; /* (owned) */
  char *path;   /* (owned) */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("bellman-lock-XXXXXX", NULL);
  fixture->path = g_build_filename (fixture->folder, "a.lock", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_remove (fixture->path);
  g_assert_cmpint (g_rmdir (fixture->folder), ==, 0);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static BmnFileLock *
try_ok (const char *path)
{
  g_autoptr (GError) error = NULL;
  BmnFileLock *lock = bmn_file_lock_try (path, &error);
  g_assert_no_error (error);
  return lock;
}

/* A process that holds the lock until it is killed. */
static pid_t
hold_elsewhere (const char *path)
{
  int ready[2];
  g_assert_cmpint (pipe (ready), ==, 0);
  pid_t child = fork ();
  if (child == 0)
    {
      BmnFileLock *lock = bmn_file_lock_try (path, NULL);
      if (write (ready[1], lock ? "y" : "n", 1) == 1)
        pause ();
      _exit (1);
    }
  char answer = 0;
  g_assert_cmpint (read (ready[0], &answer, 1), ==, 1);
  g_assert_cmpint (answer, ==, 'y');
  close (ready[0]);
  close (ready[1]);
  return child;
}

static void
kill_and_wait (pid_t child)
{
  g_assert_cmpint (kill (child, SIGKILL), ==, 0);
  g_assert_cmpint (waitpid (child, NULL, 0), ==, child);
}

static void
test_excludes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (BmnFileLock) first = try_ok (fixture->path);
  g_assert_nonnull (first);
  g_autoptr (BmnFileLock) second = try_ok (fixture->path);
  g_assert_null (second);
  struct stat status;
  g_assert_cmpint (stat (fixture->path, &status), ==, 0);
  g_assert_cmpint (status.st_mode & 0777, ==, 0600);
  g_clear_object (&first);
  g_autoptr (BmnFileLock) third = try_ok (fixture->path);
  g_assert_nonnull (third);
}

static void
test_ends_with_its_process (Fixture *fixture, gconstpointer data)
{
  pid_t child = hold_elsewhere (fixture->path);
  g_assert_null (try_ok (fixture->path));
  kill_and_wait (child);
  g_autoptr (BmnFileLock) lock = try_ok (fixture->path);
  g_assert_nonnull (lock);
}

static void
test_no_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->folder, "none", "a.lock", NULL);
  g_assert_null (bmn_file_lock_try (path, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
}

static void
test_patience (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnFileLock) first = try_ok (fixture->path);
  g_assert_null (bmn_file_lock_take (fixture->path, 1000, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_clear_error (&error);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_cancellable_cancel (cancelled);
  g_assert_null (bmn_file_lock_take (fixture->path, G_TIME_SPAN_HOUR, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&first);
  g_autoptr (BmnFileLock) second = bmn_file_lock_take (fixture->path, 1000, NULL, NULL);
  g_assert_nonnull (second);
}

static void
take_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **)data = g_object_ref (result);
}

static BmnFileLock *
finish_wait (GAsyncResult **result, GError **error)
{
  while (!*result)
    g_main_context_iteration (NULL, TRUE);
  return bmn_file_lock_wait_finish (*result, error);
}

static void
test_waits (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  pid_t child = hold_elsewhere (fixture->path);
  bmn_file_lock_wait_async (fixture->path, NULL, take_result, &result);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_null (result);
  kill_and_wait (child);
  g_autoptr (BmnFileLock) lock = finish_wait (&result, NULL);
  g_assert_nonnull (lock);
  g_assert_null (try_ok (fixture->path));
}

/* Who gave up waiting does not get the lock, and nobody else has to wait for that one. */
static void
test_cancelled_wait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) other = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  pid_t child = hold_elsewhere (fixture->path);
  bmn_file_lock_wait_async (fixture->path, cancellable, take_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (finish_wait (&result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kill_and_wait (child);
  bmn_file_lock_wait_async (fixture->path, NULL, take_result, &other);
  g_autoptr (BmnFileLock) lock = finish_wait (&other, NULL);
  g_assert_nonnull (lock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define add(path, test) g_test_add (path, Fixture, NULL, set_up, test, tear_down)
  add ("/base/file-lock/excludes", test_excludes);
  add ("/base/file-lock/process", test_ends_with_its_process);
  add ("/base/file-lock/no-folder", test_no_folder);
  add ("/base/file-lock/patience", test_patience);
  add ("/base/file-lock/waits", test_waits);
  add ("/base/file-lock/cancelled", test_cancelled_wait);
  return g_test_run ();
}
