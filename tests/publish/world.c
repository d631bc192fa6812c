#include "world.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define START "2026-06-01T12:00:00Z"

/* Memory instead of a disk where there is such a folder: thousands of runs write a lot. */
static char *
make_root (void)
{
  char *root = g_strdup ("/dev/shm/bellman-world-XXXXXX");
  if (g_mkdtemp (root))
    return root;
  g_free (root);
  g_autoptr (GError) error = NULL;
  root = g_dir_make_tmp ("bellman-world-XXXXXX", &error);
  g_assert_no_error (error);
  return root;
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir && (name = g_dir_read_name (dir)))
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static char *
cut_words (const char *text)
{
  return g_strdup (text);
}

static char *
new_folder (World *world)
{
  return g_strdup_printf ("%s/%u", world->root, world->n_folders++);
}

static void
open_store (World *world)
{
  g_autoptr (GError) error = NULL;
  world->store = bmn_store_open (world->folder, cut_words, &error);
  g_assert_no_error (error);
}

World *
world_new (BmnIdempotency idempotency)
{
  World *world = g_new0 (World, 1);
  world->root = make_root ();
  world->folder = new_folder (world);
  world->clock = bmn_fake_clock_new_at (START);
  world->server = bmn_fake_server_new (idempotency);
  world->server->now = world_now (world);
  open_store (world);
  return world;
}

void
world_free (World *world)
{
  if (world->publisher)
    world_stop (world);
  g_clear_object (&world->store);
  bmn_fake_server_free (world->server);
  g_object_unref (world->clock);
  g_clear_error (&world->no_platform);
  remove_tree (world->root);
  g_free (world->folder);
  g_free (world->root);
  g_free (world);
}

gint64
world_now (World *world)
{
  return bmn_clock_now (BMN_CLOCK (world->clock));
}

void
world_write (World *world, BmnStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  bmn_store_write (world->store, func, data, &error);
  g_assert_no_error (error);
}

void
world_read (World *world, BmnStoreFunc func, gpointer data)
{
  g_autoptr (GError) error = NULL;
  bmn_store_read (world->store, func, data, &error);
  g_assert_no_error (error);
}

void
world_run_sql (World *world, const char *sql)
{
  g_autofree char *path = g_build_filename (world->folder, "bellman.db", NULL);
  sqlite3 *handle;
  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  sqlite3_busy_timeout (handle, 10000);
  char *message = NULL;
  sqlite3_exec (handle, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (handle);
}

/*
 * Accounts and targets.
 */

static gboolean
insert_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_insert (tx, data, error);
}

gint64
world_add_account (World *world, const char *name)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("fake", name);
  world_write (world, insert_account, account);
  return account->id;
}

typedef struct
{
  gint64 id;
  gpointer found;
} Get;

static gboolean
get_account (BmnTransaction *tx, gpointer data, GError **error)
{
  Get *get = data;
  return (get->found = bmn_accounts_get (tx, get->id, error)) != NULL;
}

BmnAccount *
world_get_account (World *world, gint64 id)
{
  Get get = { .id = id };
  world_read (world, get_account, &get);
  return get.found;
}

static gboolean
set_account (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_accounts_update (tx, data, error);
}

void
world_set_account (World *world, BmnAccount *account)
{
  world_write (world, set_account, account);
  bmn_account_free (account);
}

typedef struct
{
  BmnPost *post;
  BmnTarget *target;
  gint64 now;
} NewTarget;

static gboolean
insert_target (BmnTransaction *tx, gpointer data, GError **error)
{
  NewTarget *new_target = data;
  if (!bmn_posts_insert (tx, new_target->post, new_target->now, error))
    return FALSE;
  new_target->target->post_id = new_target->post->id;
  return bmn_targets_insert (tx, new_target->target, error);
}

gint64
world_add_target (World *world, gint64 account_id, gint64 due_in, ...)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  va_list texts;
  va_start (texts, due_in);
  for (const char *text = va_arg (texts, char *); text; text = va_arg (texts, char *))
    g_ptr_array_add (post->parts, bmn_part_new (text));
  va_end (texts);
  g_autoptr (BmnTarget) target = bmn_target_new (account_id);
  target->state = BMN_TARGET_SCHEDULED;
  target->due_at = target->next_try_at = world_now (world) + due_in * G_USEC_PER_SEC;
  NewTarget new_target = { post, target, world_now (world) };
  world_write (world, insert_target, &new_target);
  return target->id;
}

static gboolean
get_target (BmnTransaction *tx, gpointer data, GError **error)
{
  Get *get = data;
  return (get->found = bmn_targets_get (tx, get->id, error)) != NULL;
}

BmnTarget *
world_get_target (World *world, gint64 id)
{
  Get get = { .id = id };
  world_read (world, get_target, &get);
  return get.found;
}

static gboolean
set_target (BmnTransaction *tx, gpointer data, GError **error)
{
  const BmnTarget *target = data;
  g_autoptr (BmnTarget) stored = bmn_targets_get (tx, target->id, error);
  return stored && bmn_targets_update (tx, target, stored->state, error);
}

void
world_set_target (World *world, BmnTarget *target)
{
  world_write (world, set_target, target);
  bmn_target_free (target);
}

static gboolean
list_attempts (BmnTransaction *tx, gpointer data, GError **error)
{
  Get *get = data;
  return (get->found = bmn_attempts_list (tx, get->id, error)) != NULL;
}

GPtrArray *
world_get_attempts (World *world, gint64 target_id)
{
  Get get = { .id = target_id };
  world_read (world, list_attempts, &get);
  return get.found;
}

char *
world_describe_attempts (World *world, gint64 target_id)
{
  g_autoptr (GPtrArray) attempts = world_get_attempts (world, target_id);
  g_autoptr (GString) words = g_string_new (NULL);
  for (guint i = 0; i < attempts->len; i++)
    {
      const BmnAttempt *attempt = attempts->pdata[i];
      g_string_append_printf (words, "%s%s %s", i > 0 ? ", " : "",
                              bmn_attempt_kind_to_nick (attempt->kind),
                              bmn_attempt_outcome_to_nick (attempt->outcome));
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
get_next_try (BmnTransaction *tx, gpointer data, GError **error)
{
  Get *get = data;
  return bmn_targets_next_try_at (tx, 0, &get->id, error);
}

gint64
world_next_try_at (World *world)
{
  Get get = { 0 };
  world_read (world, get_next_try, &get);
  return get.id;
}

/*
 * The program.
 */

static BmnPlatform *
make_platform (const BmnAccount *account, gpointer data, GError **error)
{
  World *world = data;
  if (!world->no_platform)
    return bmn_fake_platform_new (account, NULL, NULL, world->server);
  g_propagate_error (error, g_error_copy (world->no_platform));
  return NULL;
}

static void
count (guint *number)
{
  ++*number;
}

void
world_start (World *world)
{
  g_autoptr (GError) error = NULL;
  world->publisher
      = bmn_publisher_new (world->store, BMN_CLOCK (world->clock), make_platform, world);
  g_signal_connect_swapped (world->publisher, "trouble", G_CALLBACK (count), &world->n_troubles);
  g_signal_connect_swapped (world->publisher, "settled", G_CALLBACK (count), &world->n_settled);
  g_signal_connect_swapped (world->publisher, "idle", G_CALLBACK (count), &world->n_idle);
  bmn_publisher_start (world->publisher, &error);
  g_assert_no_error (error);
  world_settle (world);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  bmn_publisher_stop_finish (BMN_PUBLISHER (source), result, &error);
  g_assert_no_error (error);
  *(gboolean *)data = TRUE;
}

void
world_stop (World *world)
{
  gboolean stopped = FALSE;
  bmn_publisher_stop_async (world->publisher, on_stopped, &stopped);
  bmn_fake_server_release (world->server);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&world->publisher);
  world_settle (world);
}

/* What is on the disk at this moment is all that the next program gets. */
void
world_crash (World *world)
{
  g_autofree char *folder = new_folder (world);
  g_autofree char *copy = g_build_filename (folder, "bellman.db", NULL);
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  bmn_store_backup (world->store, copy, &error);
  g_assert_no_error (error);
  world->server->cut_off = TRUE;
  if (world->publisher)
    world_stop (world);
  world->server->cut_off = FALSE;
  g_clear_object (&world->store);
  remove_tree (world->folder);
  g_free (world->folder);
  world->folder = g_steal_pointer (&folder);
  open_store (world);
}

/*
 * Time.
 */

static gboolean
do_nothing (BmnTransaction *tx, gpointer data, GError **error)
{
  return TRUE;
}

/* The store's threads do one thing after the other, so once an empty one of each is through
 * and brought nothing to the main context, there is nothing left. */
void
world_settle (World *world)
{
  gboolean anything = TRUE;
  while (anything)
    {
      world_read (world, do_nothing, NULL);
      world_write (world, do_nothing, NULL);
      anything = FALSE;
      while (g_main_context_iteration (NULL, FALSE))
        anything = TRUE;
    }
}

void
world_pass (World *world, gint64 seconds)
{
  bmn_fake_server_advance (world->server, seconds * G_USEC_PER_SEC);
  bmn_fake_clock_advance (world->clock, seconds * G_USEC_PER_SEC);
  world_settle (world);
}

void
world_set_clock_by (World *world, gint64 seconds)
{
  bmn_fake_clock_step (world->clock, seconds * G_USEC_PER_SEC);
  world_settle (world);
}

void
world_sleep (World *world, gint64 seconds)
{
  bmn_fake_server_advance (world->server, seconds * G_USEC_PER_SEC);
  bmn_fake_clock_suspend (world->clock, seconds * G_USEC_PER_SEC);
  world_settle (world);
}

void
world_run_out (World *world, guint limit)
{
  for (guint i = 0; i < limit; i++)
    {
      gint64 at = world_next_try_at (world);
      if (at == 0)
        return;
      world_pass (world, MAX (0, at - world_now (world)) / G_USEC_PER_SEC + 1);
    }
  g_error ("It never comes to rest");
}
