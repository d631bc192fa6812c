#include "world.h"

#include <signal.h>
#include <sys/resource.h>

#define MINUTE 60
#define HOUR 3600

static void
test_goes_out (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 target = world_add_target (world, account, 30, "Hello", NULL);
  world_start (world);
  world_pass (world, 29);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 0);
  world_pass (world, 1);
  world_assert_state (world, target, BMN_TARGET_PUBLISHED);
  g_autofree char *record = world_describe_attempts (world, target);
  g_assert_cmpstr (record, ==, "publish done, read-back done");
  g_autoptr (BmnTarget) stored = world_get_target (world, target);
  g_assert_cmpstr (stored->url, ==, "https://server.example/remote-1");
  g_assert_cmpint (stored->next_try_at, ==, 0);
  g_assert_cmpint (stored->tries, ==, 0);
  g_assert_null (stored->error);
}

static void
test_thread_resumes (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 target = world_add_target (world, account, 0, "One", "Two", "Three", NULL);
  bmn_fake_server_reply (world->server, BMN_FAKE_ACCEPT);
  bmn_fake_server_refuse (world->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER);
  world_start (world);
  world_assert_state (world, target, BMN_TARGET_SCHEDULED);
  g_assert_cmpuint (bmn_fake_server_count (world->server, account, "One"), ==, 1);
  world_run_out (world, 3);
  world_assert_state (world, target, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 3);
  for (guint i = 1; i < 3; i++)
    g_assert_cmpstr (((BmnFakePost *)world->server->posts->pdata[i])->answers, ==,
                     ((BmnFakePost *)world->server->posts->pdata[i - 1])->remote_id);
}

/* What becomes of a post that was refused once. */
static void
test_refusals (void)
{
  const struct
  {
    GQuark domain;
    int code;
    BmnTargetState state;
    const char *error_kind;
    gboolean again;
  } rows[] = {
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE, BMN_TARGET_SCHEDULED, "offline", TRUE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT, BMN_TARGET_SCHEDULED, "timed-out", TRUE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED, BMN_TARGET_SCHEDULED, "rate-limited",
      TRUE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER, BMN_TARGET_SCHEDULED, "server", TRUE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, BMN_TARGET_FAILED, "rejected", FALSE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED, BMN_TARGET_HELD, "auth-expired", FALSE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY, BMN_TARGET_UNKNOWN, "bad-reply", TRUE },
    { BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME, BMN_TARGET_UNKNOWN, "unknown-outcome",
      TRUE },
    { BMN_ERROR, BMN_ERROR_LOCKED, BMN_TARGET_SCHEDULED, "offline", TRUE },
    { BMN_ERROR, BMN_ERROR_NO_KEYRING, BMN_TARGET_SCHEDULED, "offline", TRUE },
    { BMN_ERROR, BMN_ERROR_NO_SECRET, BMN_TARGET_HELD, "auth-expired", FALSE },
    { BMN_ERROR, BMN_ERROR_STORAGE, BMN_TARGET_SCHEDULED, "server", TRUE },
    { BMN_ERROR, BMN_ERROR_DAMAGED, BMN_TARGET_FAILED, "rejected", FALSE },
    { G_IO_ERROR, G_IO_ERROR_CANCELLED, BMN_TARGET_SCHEDULED, "offline", TRUE },
    /* No platform promised this one, so it proves nothing. */
    { G_IO_ERROR, G_IO_ERROR_FAILED, BMN_TARGET_UNKNOWN, "server", TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
      gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
      bmn_fake_server_refuse (world->server, rows[i].domain, rows[i].code);
      world_start (world);
      g_autoptr (BmnTarget) target = world_get_target (world, id);
      g_assert_cmpint (target->state, ==, rows[i].state);
      g_assert_cmpstr (target->error_kind, ==, rows[i].error_kind);
      g_assert_nonnull (target->error);
      g_assert_cmpint (target->next_try_at > world_now (world), ==, rows[i].again);
      g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
    }
}

static void
test_rate_limit_is_obeyed (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  gint64 retry_at = world_now (world) + 10 * MINUTE * G_USEC_PER_SEC;
  bmn_fake_server_take_reply (world->server, BMN_FAKE_REFUSE,
                              bmn_platform_error_new_rate_limited (retry_at, "Too many."));
  world_start (world);
  world_pass (world, 10 * MINUTE - 1);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
  world_pass (world, 20);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
}

/* Offline for longer than the grace: the missed-post policy decides, not the back-off. */
static void
test_offline_too_long (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  for (guint i = 0; i < 30; i++)
    bmn_fake_server_refuse (world->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_OFFLINE);
  world_start (world);
  world_run_out (world, 30);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_cmpint (target->state, ==, BMN_TARGET_HELD);
  g_assert_cmpstr (target->error_kind, ==, "missed");
  g_assert_cmpuint (world->server->posts->len, ==, 0);
}

static void
test_missed (void)
{
  static const struct
  {
    BmnMissedPolicy policy;
    int late;
    BmnTargetState state;
  } rows[] = {
    { BMN_MISSED_HOLD, 15 * MINUTE, BMN_TARGET_PUBLISHED },
    { BMN_MISSED_HOLD, 16 * MINUTE, BMN_TARGET_HELD },
    { BMN_MISSED_PUBLISH, 16 * MINUTE, BMN_TARGET_PUBLISHED },
    { BMN_MISSED_NEXT_SLOT, 16 * MINUTE, BMN_TARGET_HELD }, /* there is no slot */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
      BmnAccount *account = world_get_account (world, world_add_account (world, "one"));
      account->missed_policy = rows[i].policy;
      gint64 id = world_add_target (world, account->id, -rows[i].late, "Late", NULL);
      world_set_account (world, account);
      world_start (world);
      world_assert_state (world, id, rows[i].state);
    }
}

/* Least number of seconds between two posts of the server. */
static gint64
least_gap (BmnFakeServer *server)
{
  gint64 least = G_MAXINT64;
  for (guint i = 1; i < server->posts->len; i++)
    least = MIN (least, ((BmnFakePost *)server->posts->pdata[i])->at
                            - ((BmnFakePost *)server->posts->pdata[i - 1])->at);
  return least / G_USEC_PER_SEC;
}

static void
test_never_a_burst (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  BmnAccount *account = world_get_account (world, world_add_account (world, "one"));
  account->missed_policy = BMN_MISSED_PUBLISH;
  for (guint i = 0; i < 40; i++)
    {
      g_autofree char *text = g_strdup_printf ("Late %u", i);
      (void)world_add_target (world, account->id, -HOUR - (gint64)i, text, NULL);
    }
  world_set_account (world, account);
  world_start (world);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
  guint settled = world->n_settled;
  for (guint i = 0; i < 45; i++)
    world_pass (world, 61);
  g_assert_cmpuint (world->server->posts->len, ==, 40);
  g_assert_cmpint (least_gap (world->server), >=, 60);
  /* Waiting behind a gap writes nothing but the one that is next. */
  g_assert_cmpuint (world->n_settled - settled, <=, 80);
  g_assert_cmpstr (((BmnFakePost *)world->server->posts->pdata[0])->text, ==, "Late 39");
}

static void
test_all_missed_are_held (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  for (guint i = 0; i < 300; i++)
    (void)world_add_target (world, account, -HOUR, "Late", NULL);
  gint64 good = world_add_target (world, account, -MINUTE, "In time", NULL);
  world_start (world);
  world_assert_state (world, good, BMN_TARGET_PUBLISHED);
  g_assert_cmpint (world_next_try_at (world), ==, 0);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
}

static void
test_gap (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  BmnAccount *account = world_get_account (world, world_add_account (world, "one"));
  account->min_gap = 20 * MINUTE;
  gint64 ids[3];
  for (guint i = 0; i < 3; i++)
    ids[i] = world_add_target (world, account->id, 0, i == 0 ? "a" : i == 1 ? "b" : "c", NULL);
  world_set_account (world, account);
  world_start (world);
  world_assert_state (world, ids[0], BMN_TARGET_PUBLISHED);
  world_assert_state (world, ids[1], BMN_TARGET_SCHEDULED);
  world_pass (world, 20 * MINUTE);
  world_assert_state (world, ids[1], BMN_TARGET_PUBLISHED);
  world_assert_state (world, ids[2], BMN_TARGET_SCHEDULED);
  /* A gap that the user takes away keeps nobody waiting. */
  account = world_get_account (world, 1);
  account->min_gap = 0;
  world_set_account (world, account);
  world_settle (world);
  world_pass (world, 1);
  world_assert_state (world, ids[2], BMN_TARGET_SCHEDULED);
  world_run_out (world, 2);
  world_assert_state (world, ids[2], BMN_TARGET_PUBLISHED);
}

/* What is next behind a gap is taken back: the one after it must not sleep for ever. */
static void
test_gap_and_cancel (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  BmnAccount *account = world_get_account (world, world_add_account (world, "one"));
  account->min_gap = 20 * MINUTE;
  gint64 ids[3];
  for (guint i = 0; i < 3; i++)
    ids[i] = world_add_target (world, account->id, 0, i == 0 ? "a" : i == 1 ? "b" : "c", NULL);
  world_set_account (world, account);
  world_start (world);
  BmnTarget *next = world_get_target (world, ids[1]);
  next->state = BMN_TARGET_CANCELLED;
  next->next_try_at = 0;
  world_set_target (world, next);
  world_settle (world);
  world_pass (world, 20 * MINUTE);
  world_assert_state (world, ids[2], BMN_TARGET_PUBLISHED);
}

static void
test_paused_hides_nobody (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  BmnAccount *paused = world_get_account (world, world_add_account (world, "paused"));
  gint64 paused_id = paused->id;
  for (guint i = 0; i < 300; i++)
    (void)world_add_target (world, paused_id, -10, "Rests", NULL);
  paused->paused = TRUE;
  world_set_account (world, paused);
  gint64 id = world_add_target (world, world_add_account (world, "other"), 0, "Goes", NULL);
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
  paused = world_get_account (world, paused_id);
  paused->paused = FALSE;
  world_set_account (world, paused);
  world_settle (world);
  g_assert_cmpuint (world->server->posts->len, ==, 301);
}

static void
test_side_by_side (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  for (guint i = 0; i < 3; i++)
    {
      gint64 account = world_add_account (world, "one");
      (void)world_add_target (world, account, 0, "First", NULL);
      (void)world_add_target (world, account, 0, "Second", NULL);
      bmn_fake_server_reply (world->server, BMN_FAKE_HANG);
    }
  world_start (world);
  g_assert_cmpuint (world->server->most_at_once, ==, 3);
  g_assert_cmpuint (world->server->most_at_once_per_account, ==, 1);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 3);
  bmn_fake_server_release (world->server);
  world_settle (world);
  world_run_out (world, 20);
  g_assert_cmpuint (world->server->posts->len, ==, 6);
  g_assert_cmpuint (world->server->most_at_once_per_account, ==, 1);
}

/* An answer that does not say what is out must not lead to a second one. */
static void
test_answer_without_receipt (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world->server->names_nothing = TRUE;
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_UNKNOWN);
  world_run_out (world, 5);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
}

static void
test_never_shown (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world->server->sees_nothing = TRUE;
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_UNKNOWN);
  world_run_out (world, 20);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_cmpint (target->state, ==, BMN_TARGET_UNKNOWN);
  g_assert_cmpint (target->next_try_at, ==, 0);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
  /* The user asks for one more look, which is made although the record had enough of it. */
  world->server->sees_nothing = FALSE;
  target->tries = 0;
  target->next_try_at = world_now (world);
  world_set_target (world, bmn_target_copy (target));
  world_settle (world);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
}

/* The wall clock jumps ahead while a lost request is still on its way. */
static void
test_clock_ahead_after_a_loss (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  bmn_fake_server_reply (world->server, BMN_FAKE_HANG);
  world_start (world);
  bmn_fake_server_release (world->server);
  world_settle (world);
  world_set_clock_by (world, HOUR);
  world_pass (world, 60);
  world_assert_state (world, id, BMN_TARGET_UNKNOWN);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
  world_pass (world, 61);
  world_run_out (world, 5);
  /* It was certain after the two minutes, and by then the hour had made it a missed post. */
  g_assert_cmpuint (world->server->n_publish_calls, <=, 2);
}

/* Nothing was accepted, but that became certain only when it was too late for the post. */
static void
test_late_after_a_crash (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_RECORD_KEY);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  bmn_fake_server_reply (world->server, BMN_FAKE_HANG);
  world_start (world);
  world_crash (world);
  world_sleep (world, 2 * HOUR);
  world_start (world);
  world_run_out (world, 5);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_cmpint (target->state, ==, BMN_TARGET_HELD);
  g_assert_cmpstr (target->error_kind, ==, "missed");
  g_assert_cmpuint (world->server->posts->len, ==, 0);
}

/* The first request arrives late; the repetition is refused for what it says. */
static BmnFakeReply
late_then_refused (BmnFakeServer *server, gboolean publishing, gpointer data)
{
  BmnFakeReply reply = { .fate = BMN_FAKE_ACCEPT };
  if (publishing && server->n_publish_calls == 1)
    {
      reply.fate = BMN_FAKE_LOSE_AND_ARRIVE;
      reply.delay = HOUR * G_TIME_SPAN_SECOND;
    }
  else if (publishing && server->n_publish_calls == 2)
    {
      reply.fate = BMN_FAKE_REFUSE;
      reply.error = g_error_new_literal (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, "no");
    }
  return reply;
}

static gboolean
change_text (BmnTransaction *tx, gpointer data, GError **error)
{
  g_autoptr (BmnPost) post = bmn_posts_get (tx, *(gint64 *)data, error);
  if (!post)
    return FALSE;
  BmnPart *part = post->parts->pdata[0];
  g_free (part->text);
  part->text = g_strdup ("Changed");
  return bmn_posts_update (tx, post, 1, error);
}

/* What the user wrote anew goes out under the old record key, so that the request which still
 * wanders about cannot make a second post. */
static void
test_changed_after_a_loss (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_RECORD_KEY);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world->server->chooser = late_then_refused;
  world_start (world);
  world_run_out (world, 5);
  world_assert_state (world, id, BMN_TARGET_FAILED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 2);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  world_write (world, change_text, &target->post_id);
  target->state = BMN_TARGET_SCHEDULED;
  target->due_at = target->next_try_at = world_now (world);
  world_set_target (world, bmn_target_copy (target));
  world_settle (world);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  world_pass (world, 2 * HOUR);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
}

static void
test_no_platform (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world->no_platform = g_error_new_literal (BMN_ERROR, BMN_ERROR_NOT_FOUND, "No such platform.");
  world_start (world);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_cmpint (target->state, ==, BMN_TARGET_FAILED);
  g_assert_cmpstr (target->error, ==, "No such platform.");
  g_assert_cmpuint (world->n_troubles, ==, 0);
}

static void
test_too_long_is_not_sent (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  world->server->max_parts = 1;
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "One", "Two", NULL);
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_FAILED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 0);
}

static void
test_stop_waits_for_the_answer (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 thread = world_add_target (world, account, 0, "One", "Two", NULL);
  bmn_fake_server_reply (world->server, BMN_FAKE_HANG_ACCEPTED);
  world_start (world);
  world_stop (world);
  world_assert_state (world, thread, BMN_TARGET_UNKNOWN);
  world_start (world);
  world_run_out (world, 5);
  world_assert_state (world, thread, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 2);
}

/* Lets real time pass until the target is in this state. */
static void
wait_for_state (World *world, gint64 id, BmnTargetState state)
{
  for (;;)
    {
      g_autoptr (BmnTarget) target = world_get_target (world, id);
      if (target->state == state)
        return;
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
expect_store_warning (void)
{
  g_test_expect_message ("bellman", G_LOG_LEVEL_WARNING, "*Cannot write down*");
}

/* No file of this process may grow or change any more: what a full disk is like. */
static void
set_disk_full (gboolean full)
{
  struct rlimit limit;
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = full ? 1 : limit.rlim_max;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

/* The disk is full from the request on that @data names. */
static BmnFakeReply
fill_disk (BmnFakeServer *server, gboolean publishing, gpointer data)
{
  if (publishing == GPOINTER_TO_INT (data))
    set_disk_full (TRUE);
  return (BmnFakeReply){ .fate = BMN_FAKE_ACCEPT };
}

static gint64
start_with_disk_filling (World *world, gboolean when_published)
{
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world->server->chooser = fill_disk;
  world->server->chooser_data = GINT_TO_POINTER (when_published);
  expect_store_warning ();
  world_start (world);
  g_test_assert_expected_messages ();
  world->server->chooser = NULL;
  world_assert_state (world, id, BMN_TARGET_PUBLISHING);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
  return id;
}

static void
test_disk_full_after_sending (gconstpointer when_published)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = start_with_disk_filling (world, GPOINTER_TO_INT (when_published));
  set_disk_full (FALSE);
  wait_for_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
}

static void
test_disk_full_before_sending (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 0, "Hello", NULL);
  world_run_sql (world, "CREATE TRIGGER fault BEFORE INSERT ON attempt "
                        "BEGIN INSERT INTO nowhere VALUES (1); END");
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_SCHEDULED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 0);
  world_run_sql (world, "DROP TRIGGER fault");
  world_run_out (world, 5);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
}

static void
test_stop_while_the_disk_is_full (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_RECORD_KEY);
  gint64 id = start_with_disk_filling (world, TRUE);
  world_stop (world);
  world_assert_state (world, id, BMN_TARGET_PUBLISHING);
  set_disk_full (FALSE);
  world_start (world);
  world_run_out (world, 5);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
}

static void
test_idle (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 soon = world_add_target (world, account, 200, "Soon", NULL);
  (void)world_add_target (world, account, 301 + 200, "Later", NULL);
  bmn_fake_server_refuse (world->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  world_start (world);
  bmn_publisher_set_idle_horizon (world->publisher, 300);
  world_settle (world);
  g_assert_cmpuint (world->n_idle, ==, 0);
  world_pass (world, 200);
  world_assert_state (world, soon, BMN_TARGET_FAILED);
  g_assert_cmpuint (world->n_idle, ==, 1);
  g_assert_cmpuint (bmn_publisher_get_unsettled (world->publisher), ==, 1);
}

static void
test_standby_takes_over (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 id = world_add_target (world, world_add_account (world, "one"), 30, "Hello", NULL);
  world_start (world);
  g_autoptr (BmnPublisher) first = g_steal_pointer (&world->publisher);
  g_assert_true (bmn_publisher_has_lease (first));
  world_start (world);
  g_assert_false (bmn_publisher_has_lease (world->publisher));
  BmnPublisher *second = g_steal_pointer (&world->publisher);
  world->publisher = g_steal_pointer (&first);
  world_stop (world);
  world->publisher = second;
  while (!bmn_publisher_has_lease (second))
    g_main_context_iteration (NULL, TRUE);
  world_settle (world);
  world_pass (world, 30);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish/goes-out", test_goes_out);
  g_test_add_func ("/publish/thread-resumes", test_thread_resumes);
  g_test_add_func ("/publish/refusals", test_refusals);
  g_test_add_func ("/publish/rate-limit", test_rate_limit_is_obeyed);
  g_test_add_func ("/publish/offline-too-long", test_offline_too_long);
  g_test_add_func ("/publish/missed", test_missed);
  g_test_add_func ("/publish/never-a-burst", test_never_a_burst);
  g_test_add_func ("/publish/all-missed-are-held", test_all_missed_are_held);
  g_test_add_func ("/publish/gap", test_gap);
  g_test_add_func ("/publish/gap-and-cancel", test_gap_and_cancel);
  g_test_add_func ("/publish/paused-hides-nobody", test_paused_hides_nobody);
  g_test_add_func ("/publish/side-by-side", test_side_by_side);
  g_test_add_func ("/publish/answer-without-receipt", test_answer_without_receipt);
  g_test_add_func ("/publish/never-shown", test_never_shown);
  g_test_add_func ("/publish/clock-ahead-after-a-loss", test_clock_ahead_after_a_loss);
  g_test_add_func ("/publish/late-after-a-crash", test_late_after_a_crash);
  g_test_add_func ("/publish/changed-after-a-loss", test_changed_after_a_loss);
  g_test_add_func ("/publish/no-platform", test_no_platform);
  g_test_add_func ("/publish/too-long", test_too_long_is_not_sent);
  g_test_add_func ("/publish/stop", test_stop_waits_for_the_answer);
  g_test_add_data_func ("/publish/disk-full/after-sending", GINT_TO_POINTER (TRUE),
                        test_disk_full_after_sending);
  g_test_add_data_func ("/publish/disk-full/after-looking", GINT_TO_POINTER (FALSE),
                        test_disk_full_after_sending);
  g_test_add_func ("/publish/disk-full/before-sending", test_disk_full_before_sending);
  g_test_add_func ("/publish/disk-full/stop", test_stop_while_the_disk_is_full);
  g_test_add_func ("/publish/idle", test_idle);
  g_test_add_func ("/publish/standby", test_standby_takes_over);
  return g_test_run ();
}
