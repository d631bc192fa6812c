#include "store-support.h"

#include "bmn-media-library.h"
#include "bmn-publisher-lease.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096

/* Enough posts for a file of many pages, all of it in the one file. */
static void
fill_and_close (Fixture *fixture)
{
  g_autofree char *text = g_strnfill (1000, 'x');
  for (int i = 0; i < 60; i++)
    add_post (fixture->store, text);
  g_clear_object (&fixture->store);
}

static void
overwrite (const char *path, gint64 offset, const char *bytes, gsize size)
{
  int fd = open (path, O_WRONLY);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (pwrite (fd, bytes, size, offset), ==, (gssize)size);
  g_assert_cmpint (close (fd), ==, 0);
}

static void
make_text (const char *path)
{
  g_autofree char *text = g_strnfill (8192, 'a');
  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
make_foreign (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_assert_cmpint (g_remove (path), ==, 0);
  run_sql (folder, "CREATE TABLE other (x); PRAGMA user_version = 1");
}

static void
cut_in_half (const char *path)
{
  GStatBuf status;
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_assert_cmpint (truncate (path, status.st_size / 2), ==, 0);
}

static void
cut_in_first_page (const char *path)
{
  g_assert_cmpint (truncate (path, 700), ==, 0);
}

static void
spoil_header (const char *path)
{
  overwrite (path, 0, "garbage", 7);
}

static void
spoil_schema (const char *path)
{
  g_autofree char *zeros = g_malloc0 (PAGE - 100);
  overwrite (path, 100, zeros, PAGE - 100);
}

static void
assert_open_fails (const char *folder, BmnError code, const char *named)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnStore) store = bmn_store_open (folder, cut_words, &error);
  g_assert_null (store);
  g_assert_error (error, BMN_ERROR, (int)code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, named));
}

static void
test_damaged_file (Fixture *fixture, gconstpointer data)
{
  void (*cases[]) (const char *path)
      = { make_text, make_foreign, cut_in_half, cut_in_first_page, spoil_header, spoil_schema };
  fill_and_close (fixture);
  g_autofree char *path = fixture_path (fixture, "bellman.db");
  g_autofree char *backups = fixture_path (fixture, "backups");
  g_autofree char *backup = g_build_filename (backups, "bellman-schema-1-x.db", NULL);
  g_autofree char *content = NULL;
  gsize size;
  g_assert_true (g_file_get_contents (path, &content, &size, NULL));
  g_assert_cmpint (g_mkdir (backups, 0700), ==, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("damage %d", (int)i);
      g_assert_true (g_file_set_contents (path, content, size, NULL));
      cases[i](path);
      assert_open_fails (fixture->folder, BMN_ERROR_DAMAGED, path);
      assert_open_fails (fixture->folder, BMN_ERROR_DAMAGED, "no backup");
      g_assert_true (g_file_set_contents (backup, "x", -1, NULL));
      assert_open_fails (fixture->folder, BMN_ERROR_DAMAGED, backup);
      g_assert_cmpint (g_remove (backup), ==, 0);
    }
  /* What was in the file before is not touched by looking at it. */
  g_assert_true (g_file_set_contents (path, content, size, NULL));
  fixture->store = open_store (fixture->folder);
  g_autoptr (BmnPost) last = get_post (fixture->store, 60);
  g_assert_cmpint (last->id, ==, 60);
}

typedef struct
{
  gboolean finished;
  GError *error; /* (owned) (nullable) */
} Check;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  Check *check = data;
  bmn_store_check_finish (BMN_STORE (source), result, &check->error);
  check->finished = TRUE;
}

static gboolean
read_all (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) posts = bmn_posts_search (tx, NULL, 0, 0, error);
  return posts != NULL;
}

/* Opening does not read all of a large file: the check after start finds what reading would. */
static void
test_damaged_page (Fixture *fixture, gconstpointer data)
{
  fill_and_close (fixture);
  gint64 page = read_number (fixture->folder, "SELECT rootpage FROM sqlite_schema "
                                              "WHERE name = 'part'");
  g_autofree char *path = fixture_path (fixture, "bellman.db");
  g_autofree char *noise = g_strnfill (PAGE, '\x5a');
  overwrite (path, (page - 1) * PAGE, noise, PAGE);
  fixture->store = open_store (fixture->folder);

  Check check = { 0 };
  bmn_store_check_async (fixture->store, NULL, on_checked, &check);
  wait_for (&check.finished);
  g_assert_error (check.error, BMN_ERROR, BMN_ERROR_DAMAGED);
  g_assert_nonnull (strstr (check.error->message, path));
  g_clear_error (&check.error);

  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_read (fixture->store, read_all, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
}

/* Values that this program cannot have written. */
static void
test_damaged_values (Fixture *fixture, gconstpointer data)
{
  const char *cases[] = {
    "UPDATE post SET visibility = 'purple'",
    "UPDATE part SET text = CAST (x'61ff62' AS TEXT)",
    "UPDATE post SET title = CAST (x'c0af' AS TEXT)",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      add_post (fixture->store, "text");
      g_autofree char *sql = g_strconcat ("PRAGMA ignore_check_constraints = ON;", cases[i], NULL);
      run_sql (fixture->folder, sql);
      g_autoptr (GError) error = NULL;
      g_assert_false (bmn_store_read (fixture->store, read_all, NULL, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
      run_sql (fixture->folder, "DELETE FROM part; DELETE FROM post");
    }
}

static gboolean
insert_post (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnPost) post = new_post ("text");
  return bmn_posts_insert (tx, post, 1, error);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_path (fixture, "bellman.db");
  run_sql (fixture->folder, "PRAGMA user_version = 999");
  /* The program that is running must not write by rules that are old by now. */
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_write (fixture->store, insert_post, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_object (&fixture->store);
  assert_open_fails (fixture->folder, BMN_ERROR_CONFLICT, path);
}

static void
test_unusable_folder (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  g_autofree char *path = fixture_path (fixture, "bellman.db");
  assert_open_fails ("relative/folder", BMN_ERROR_STORAGE, "relative/folder");
  assert_open_fails (path, BMN_ERROR_STORAGE, path);
  assert_open_fails ("/proc/bellman", BMN_ERROR_STORAGE, "/proc/bellman");
  g_assert_cmpint (g_remove (path), ==, 0);
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  assert_open_fails (fixture->folder, BMN_ERROR_STORAGE, path);
}

/* Runs @func in a process of its own, which it may make weaker as it likes. */
static void
run_apart (Fixture *fixture, void (*func) (const char *folder))
{
  pid_t pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      func (fixture->folder);
      _exit (0);
    }
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  g_assert_cmpint (WEXITSTATUS (status), ==, 0);
}

/* Modes do not stop root, so be somebody else. */
static void
become_nobody (const char *folder)
{
  if (geteuid () != 0)
    return;
  g_autofree char *parent = g_path_get_dirname (folder);
  g_assert_cmpint (chown (parent, 65534, 65534), ==, 0);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_assert_cmpint (chown (path, 65534, 65534), ==, 0);
    }
  g_assert_cmpint (chown (folder, 65534, 65534), ==, 0);
  g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
}

static void
use_read_only_folder (const char *folder)
{
  become_nobody (folder);
  g_assert_cmpint (g_chmod (folder, 0500), ==, 0);
  assert_open_fails (folder, BMN_ERROR_STORAGE, folder);
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_media_library_add (folder, "/dev/null", NULL, NULL, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_assert_cmpint (g_chmod (folder, 0700), ==, 0);
}

static void
use_read_only_file (const char *folder)
{
  become_nobody (folder);
  g_autofree char *path = g_build_filename (folder, "bellman.db", NULL);
  g_assert_cmpint (g_chmod (path, 0400), ==, 0);
  assert_open_fails (folder, BMN_ERROR_STORAGE, path);
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  assert_open_fails (folder, BMN_ERROR_STORAGE, path);
}

static void
use_forbidden_folder (const char *folder)
{
  become_nobody (folder);
  g_autofree char *parent = g_path_get_dirname (folder);
  g_autofree char *other = g_build_filename (parent, "new", "data", NULL);
  g_assert_cmpint (g_chmod (parent, 0500), ==, 0);
  assert_open_fails (other, BMN_ERROR_STORAGE, other);
  g_assert_cmpint (g_chmod (parent, 0700), ==, 0);
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  run_apart (fixture, use_read_only_folder);
  run_apart (fixture, use_read_only_file);
  run_apart (fixture, use_forbidden_folder);
}

/* A disk of 600 KB where the system lets us make one, else files that may not grow further.
 * Returns: whether it is a disk, which alone is said to be full */
static gboolean
use_small_disk (const char *folder)
{
  if ((unshare (CLONE_NEWNS) == 0 && mount (NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0)
      && mount ("tmpfs", folder, "tmpfs", 0, "size=600k,mode=0700") == 0)
    return TRUE;
  signal (SIGXFSZ, SIG_IGN);
  struct rlimit limit = { 300000, 300000 };
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  return FALSE;
}

static gboolean
insert_long_post (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnPost) post = new_post (data);
  return bmn_posts_insert (tx, post, 1, error);
}

static void
fill_disk (const char *folder)
{
  gboolean is_disk = use_small_disk (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (50000, 'x');
  g_autoptr (BmnStore) store = open_store (folder);
  gint64 n = 0;
  while (n < 100 && bmn_store_write (store, insert_long_post, text, &error))
    n++;
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_assert_true (!is_disk || strstr (error->message, "no room left"));
  g_assert_cmpint (n, >, 0);
  /* What was told as written is there, and reading goes on. */
  read_ok (store, read_all, NULL);
  g_assert_cmpint (read_number (folder, "SELECT count(*) FROM post"), ==, n);

  if (!is_disk)
    return;
  /* Half a backup is worse than none. */
  g_autofree char *copy = g_build_filename (folder, "copy.db", NULL);
  g_clear_error (&error);
  g_assert_false (bmn_store_backup (store, copy, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_assert_false (g_file_test (copy, G_FILE_TEST_EXISTS));
}

static void
test_full_disk (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  run_apart (fixture, fill_disk);
}

/* A transaction that a function of ours keeps running after SQLite gave it up. */
static gboolean
swallow_errors (BmnTransaction *tx, gpointer data, GError **error)
{
  for (int i = 0; i < 100; i++)
    {
      g_autoptr (GError) ignored = NULL;
      insert_long_post (tx, data, &ignored);
    }
  return TRUE;
}

static void
fill_disk_unseen (const char *folder)
{
  use_small_disk (folder);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strnfill (50000, 'x');
  g_autoptr (BmnStore) store = open_store (folder);
  if (bmn_store_write (store, swallow_errors, text, &error))
    return;
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
  g_assert_cmpint (read_number (folder, "SELECT count(*) FROM post"), ==, 0);
}

/* Done is never said of what is not there. */
static void
test_full_disk_unseen (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->store);
  run_apart (fixture, fill_disk_unseen);
}

static void
test_lease_without_folder (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = fixture_path (fixture, "publisher.lock");
  g_assert_cmpint (g_mkdir (path, 0700), ==, 0);
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_publisher_lease_try (fixture->store, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_STORAGE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/damage/file", test_damaged_file);
  fixture_add ("/store/damage/page", test_damaged_page);
  fixture_add ("/store/damage/values", test_damaged_values);
  fixture_add ("/store/damage/newer", test_newer);
  fixture_add ("/store/damage/unusable-folder", test_unusable_folder);
  fixture_add ("/store/damage/read-only", test_read_only);
  fixture_add ("/store/damage/full-disk", test_full_disk);
  fixture_add ("/store/damage/full-disk-unseen", test_full_disk_unseen);
  fixture_add ("/store/damage/lease", test_lease_without_folder);
  return g_test_run ();
}
