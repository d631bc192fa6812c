#include "store-support.h"

#include "bmn-attempts.h"

static gboolean
insert (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_insert (tx, data, error);
}

static gboolean delete (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_delete (tx, *(gint64 *)data, error);
}

static gboolean
update_scheduled (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_update (tx, data, BMN_TARGET_SCHEDULED, error);
}

static BmnTarget *
new_full_target (gint64 post_id, gint64 account_id)
{
  BmnTarget *target = bmn_target_new (account_id);
  target->post_id = post_id;
  target->state = BMN_TARGET_SCHEDULED;
  target->parts = bmn_parts_new ();
  g_ptr_array_add (target->parts, bmn_part_new ("own words"));
  target->local_time = g_strdup ("2026-12-01T09:00:00");
  target->zone = g_strdup ("Asia/Kolkata");
  target->due_at = 5000;
  target->next_try_at = 6000;
  target->revision = 3;
  target->key = g_strdup ("key-1");
  target->tries = 2;
  target->error_kind = g_strdup ("offline");
  target->error = g_strdup ("No network");
  target->url = g_strdup ("https://example.org/1");
  target->published_at = 7000;
  target->remote_schedule_id = g_strdup ("remote-1");
  return target;
}

static void
assert_targets_equal (const BmnTarget *a, const BmnTarget *b)
{
  g_assert_cmpint (a->id, ==, b->id);
  g_assert_cmpint (a->post_id, ==, b->post_id);
  g_assert_cmpint (a->account_id, ==, b->account_id);
  g_assert_cmpint (a->state, ==, b->state);
  g_assert_true (!a->parts == !b->parts);
  if (a->parts)
    {
      g_assert_cmpuint (a->parts->len, ==, b->parts->len);
      for (guint i = 0; i < a->parts->len; i++)
        g_assert_cmpstr (((BmnPart *)a->parts->pdata[i])->text, ==,
                         ((BmnPart *)b->parts->pdata[i])->text);
    }
  g_assert_cmpstr (a->local_time, ==, b->local_time);
  g_assert_cmpstr (a->zone, ==, b->zone);
  g_assert_cmpint (a->due_at, ==, b->due_at);
  g_assert_cmpint (a->next_try_at, ==, b->next_try_at);
  g_assert_cmpint (a->revision, ==, b->revision);
  g_assert_cmpstr (a->key, ==, b->key);
  g_assert_cmpint (a->tries, ==, b->tries);
  g_assert_cmpstr (a->error_kind, ==, b->error_kind);
  g_assert_cmpstr (a->error, ==, b->error);
  g_assert_cmpstr (a->url, ==, b->url);
  g_assert_cmpint (a->published_at, ==, b->published_at);
  g_assert_cmpstr (a->remote_schedule_id, ==, b->remote_schedule_id);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  for (int state = 0; state < BMN_TARGET_N_STATES; state++)
    {
      g_autoptr (BmnTarget) target = new_full_target (add_post (fixture->store, "text"), account);
      target->state = state;
      write_ok (fixture->store, insert, target);
      g_autoptr (BmnTarget) stored = get_target (fixture->store, target->id);
      assert_targets_equal (target, stored);
    }
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  g_autoptr (BmnTarget) target = new_full_target (add_post (fixture->store, "text"), account);
  write_ok (fixture->store, insert, target);
  target->state = BMN_TARGET_PUBLISHING;
  g_clear_pointer (&target->parts, g_ptr_array_unref);
  g_clear_pointer (&target->error, g_free);
  target->tries = 3;
  write_ok (fixture->store, update_scheduled, target);
  g_autoptr (BmnTarget) stored = get_target (fixture->store, target->id);
  assert_targets_equal (target, stored);

  /* It is no longer scheduled, so who thinks so may not overwrite it. */
  g_autoptr (GError) error = NULL;
  target->tries = 99;
  g_assert_false (bmn_store_write (fixture->store, update_scheduled, target, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autoptr (BmnTarget) same = get_target (fixture->store, target->id);
  assert_targets_equal (stored, same);

  target->id = 4711;
  g_assert_false (bmn_store_write (fixture->store, update_scheduled, target, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

static void
test_refused (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  gint64 post = add_post (fixture->store, "text");
  add_target (fixture->store, post, account, BMN_TARGET_DRAFT, 0);
  const struct
  {
    gint64 post_id;
    gint64 account_id;
    BmnError code;
  } cases[] = {
    { post, account, BMN_ERROR_CONFLICT },
    { 4711, account, BMN_ERROR_NOT_FOUND },
    { post, 4711, BMN_ERROR_NOT_FOUND },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnTarget) target = new_full_target (cases[i].post_id, cases[i].account_id);
      g_assert_false (bmn_store_write (fixture->store, insert, target, &error));
      g_assert_error (error, BMN_ERROR, (int)cases[i].code);
    }
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  g_autoptr (BmnTarget) target = new_full_target (add_post (fixture->store, "text"), account);
  write_ok (fixture->store, insert, target);
  write_ok (fixture->store, delete, &target->id);
  g_assert_cmpint (read_number (fixture->folder, "SELECT count(*) FROM part"), ==, 1);
  g_autoptr (GError) error = NULL;
  g_assert_false (bmn_store_write (fixture->store, delete, &target->id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

typedef struct
{
  BmnTargetFilter filter;
  GPtrArray *found;
} Search;

static gboolean
list (BmnTransaction *tx, gpointer data, GError **error)
{
  Search *search = data;
  search->found = bmn_targets_list (tx, &search->filter, error);
  return search->found != NULL;
}

/* The due times of what is found, in order. */
static char *
list_due (BmnStore *store, BmnTargetFilter filter)
{
  Search search = { filter };
  read_ok (store, list, &search);
  g_autoptr (GString) times = g_string_new (NULL);
  for (guint i = 0; i < search.found->len; i++)
    g_string_append_printf (times, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            ((BmnTarget *)search.found->pdata[i])->due_at);
  g_ptr_array_unref (search.found);
  return g_string_free (g_steal_pointer (&times), FALSE);
}

static void
test_list (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  gint64 a = add_account (store, "A"), b = add_account (store, "B");
  gint64 first = add_post (store, "1"), second = add_post (store, "2"),
         third = add_post (store, "3");
  add_target (store, first, a, BMN_TARGET_DRAFT, 0);
  add_target (store, second, a, BMN_TARGET_SCHEDULED, 300);
  add_target (store, third, a, BMN_TARGET_PUBLISHED, 100);
  add_target (store, first, b, BMN_TARGET_SCHEDULED, 200);
  add_target (store, second, b, BMN_TARGET_HELD, 400);
  const guint scheduled = 1u << BMN_TARGET_SCHEDULED, held = 1u << BMN_TARGET_HELD;
  const struct
  {
    BmnTargetFilter filter;
    const char *due;
  } cases[] = {
    { { 0 }, "100 200 300 400 0" },
    { { .post_id = first }, "200 0" },
    { { .account_id = a }, "100 300 0" },
    { { .states = scheduled }, "200 300" },
    { { .states = scheduled | held, .account_id = b }, "200 400" },
    { { .due_from = 200 }, "200 300 400" },
    { { .due_from = 100, .due_until = 300 }, "100 200" },
    { { .states = scheduled, .try_until = 200 }, "200" },
    { { .limit = 2 }, "100 200" },
    { { .limit = 2, .offset = 3 }, "400 0" },
    { { .offset = 4 }, "0" },
    { { .post_id = third, .account_id = b }, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *due = list_due (store, cases[i].filter);
      g_assert_cmpstr (due, ==, cases[i].due);
    }
}

static gboolean
next_try (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_next_try_at (tx, 0, data, error);
}

static gboolean
next_try_after_100 (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_targets_next_try_at (tx, 100, data, error);
}

static gboolean
pause_account (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, *(gint64 *)data, error);
  if (!account)
    return FALSE;
  account->paused = TRUE;
  return bmn_accounts_update (tx, account, error);
}

static void
test_next_try (Fixture *fixture, gconstpointer data)
{
  BmnStore *store = fixture->store;
  gint64 at = -1;
  read_ok (store, next_try, &at);
  g_assert_cmpint (at, ==, 0);
  gint64 a = add_account (store, "A"), b = add_account (store, "B");
  gint64 first = add_post (store, "1"), second = add_post (store, "2");
  add_target (store, first, a, BMN_TARGET_SCHEDULED, 100);
  add_target (store, first, b, BMN_TARGET_SCHEDULED, 200);
  add_target (store, second, b, BMN_TARGET_HELD, 50);
  read_ok (store, next_try, &at);
  g_assert_cmpint (at, ==, 100);
  read_ok (store, next_try_after_100, &at);
  g_assert_cmpint (at, ==, 200);
  write_ok (store, pause_account, &a);
  read_ok (store, next_try, &at);
  g_assert_cmpint (at, ==, 200);
  /* What became of it is unknown, and it is looked up by itself. */
  add_target (store, add_post (store, "3"), b, BMN_TARGET_UNKNOWN, 150);
  read_ok (store, next_try, &at);
  g_assert_cmpint (at, ==, 150);
  /* No next try means that the user is asked. */
  add_target (store, add_post (store, "4"), b, BMN_TARGET_UNKNOWN, 0);
  read_ok (store, next_try, &at);
  g_assert_cmpint (at, ==, 150);
}

/* Attempts and receipts */

static gboolean
begin_attempt (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_attempts_begin (tx, data, error);
}

static gboolean
finish_attempt (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_attempts_finish (tx, data, error);
}

static gboolean
list_attempts (BmnTransaction *tx, gpointer data, GError **error)
{
  Search *search = data;
  search->found = bmn_attempts_list (tx, search->filter.post_id, error);
  return search->found != NULL;
}

static void
test_attempts (Fixture *fixture, gconstpointer data)
{
  gint64 account = add_account (fixture->store, "A");
  gint64 target = add_target (fixture->store, add_post (fixture->store, "x"), account,
                              BMN_TARGET_PUBLISHING, 100);
  g_autoptr (BmnAttempt) attempt = bmn_attempt_new (target, 2, BMN_ATTEMPT_READ_BACK);
  attempt->revision = 5;
  attempt->key = g_strdup ("key");
  attempt->started_at = 1000;
  write_ok (fixture->store, begin_attempt, attempt);
  g_autoptr (BmnAttempt) later = bmn_attempt_new (target, 0, BMN_ATTEMPT_PUBLISH);
  write_ok (fixture->store, begin_attempt, later);

  attempt->finished_at = 2000;
  attempt->outcome = BMN_ATTEMPT_LOST;
  attempt->error_kind = g_strdup ("unknown-outcome");
  attempt->message = g_strdup ("No answer came");
  write_ok (fixture->store, finish_attempt, attempt);
  Search search = { { .post_id = target } };
  read_ok (fixture->store, list_attempts, &search);
  g_assert_cmpuint (search.found->len, ==, 2);
  const BmnAttempt *stored = search.found->pdata[0];
  g_assert_cmpint (stored->id, ==, attempt->id);
  g_assert_cmpint (stored->target_id, ==, target);
  g_assert_cmpint (stored->part, ==, 2);
  g_assert_cmpint (stored->kind, ==, BMN_ATTEMPT_READ_BACK);
  g_assert_cmpint (stored->revision, ==, 5);
  g_assert_cmpstr (stored->key, ==, "key");
  g_assert_cmpint (stored->started_at, ==, 1000);
  g_assert_cmpint (stored->finished_at, ==, 2000);
  g_assert_cmpint (stored->outcome, ==, BMN_ATTEMPT_LOST);
  g_assert_cmpstr (stored->error_kind, ==, "unknown-outcome");
  g_assert_cmpstr (stored->message, ==, "No answer came");
  const BmnAttempt *open = search.found->pdata[1];
  g_assert_cmpint (open->outcome, ==, BMN_ATTEMPT_OPEN);
  g_assert_cmpint (open->finished_at, ==, 0);
  g_ptr_array_unref (search.found);

  /* What happened is never rewritten. */
  g_autoptr (GError) error = NULL;
  attempt->outcome = BMN_ATTEMPT_DONE;
  g_assert_false (bmn_store_write (fixture->store, finish_attempt, attempt, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  attempt->id = 4711;
  g_assert_false (bmn_store_write (fixture->store, finish_attempt, attempt, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
  g_clear_error (&error);
  attempt->target_id = 4711;
  g_assert_false (bmn_store_write (fixture->store, begin_attempt, attempt, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

typedef struct
{
  gint64 target_id;
  gint64 account_id;
} Receipts;

static gboolean
use_receipts (BmnTransaction *tx, gpointer data, GError **error)
{
  Receipts *receipts = data;
  g_autoptr (BmnReceipt) second = bmn_receipt_new (1, "r-2", NULL, 900);
  g_autoptr (BmnReceipt) first = bmn_receipt_new (0, "r-0", "https://example.org/0", 500);
  g_autoptr (BmnReceipt) again = bmn_receipt_new (0, "r-1", "https://example.org/1", 600);
  again->remote_cid = g_strdup ("cid");
  if (!bmn_receipts_put (tx, receipts->target_id, second, error)
      || !bmn_receipts_put (tx, receipts->target_id, first, error)
      || !bmn_receipts_put (tx, receipts->target_id, again, error))
    return FALSE;
  g_autoptr (GPtrArray) list = bmn_receipts_list (tx, receipts->target_id, error);
  g_assert_cmpuint (list->len, ==, 2);
  const BmnReceipt *stored = list->pdata[0];
  g_assert_cmpint (stored->part, ==, 0);
  g_assert_cmpstr (stored->remote_id, ==, "r-1");
  g_assert_cmpstr (stored->remote_cid, ==, "cid");
  g_assert_cmpstr (stored->url, ==, "https://example.org/1");
  g_assert_cmpint (stored->published_at, ==, 600);
  g_assert_cmpstr (((BmnReceipt *)list->pdata[1])->remote_id, ==, "r-2");

  g_autoptr (GHashTable) ids = bmn_receipts_remote_ids (tx, receipts->account_id, error);
  g_assert_cmpuint (g_hash_table_size (ids), ==, 2);
  g_assert_true (g_hash_table_contains (ids, "r-1") && g_hash_table_contains (ids, "r-2"));
  g_autoptr (GHashTable) none = bmn_receipts_remote_ids (tx, 4711, error);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);

  gint64 at;
  g_assert_true (bmn_targets_last_published_at (tx, receipts->account_id, &at, error));
  g_assert_cmpint (at, ==, 900);
  g_assert_true (bmn_receipts_clear (tx, receipts->target_id, error));
  g_autoptr (GPtrArray) cleared = bmn_receipts_list (tx, receipts->target_id, error);
  g_assert_cmpuint (cleared->len, ==, 0);
  g_assert_true (bmn_targets_last_published_at (tx, receipts->account_id, &at, error));
  g_assert_cmpint (at, ==, 0);
  return TRUE;
}

static void
test_receipts (Fixture *fixture, gconstpointer data)
{
  Receipts receipts = { .account_id = add_account (fixture->store, "A") };
  receipts.target_id = add_target (fixture->store, add_post (fixture->store, "x"),
                                   receipts.account_id, BMN_TARGET_PUBLISHING, 100);
  write_ok (fixture->store, use_receipts, &receipts);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  fixture_add ("/store/targets/round-trip", test_round_trip);
  fixture_add ("/store/targets/update", test_update);
  fixture_add ("/store/targets/refused", test_refused);
  fixture_add ("/store/targets/delete", test_delete);
  fixture_add ("/store/targets/list", test_list);
  fixture_add ("/store/targets/next-try", test_next_try);
  fixture_add ("/store/targets/attempts", test_attempts);
  fixture_add ("/store/targets/receipts", test_receipts);
  return g_test_run ();
}
