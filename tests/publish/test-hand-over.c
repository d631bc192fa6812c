/*
 * What a server holds until its time, against a server that loses requests and answers, lets
 * them arrive late, refuses, and lives on while the program is killed, stopped, asleep, or off
 * when the time comes. Whatever happens, nothing is out twice and nothing is lost in silence.
 * A seed replays exactly: BELLMAN_SEED=N runs that one alone, BELLMAN_RUNS=N so many.
 */

#include "world.h"

#define N_RUNS 150 /* of each class */
#define N_FAULTS 6
#define LEAD 2000

static World *
world_new_with_schedules (BmnIdempotency idempotency)
{
  World *world = world_new (idempotency);
  world->server->caps.can_schedule = TRUE;
  world->server->caps.schedule_ahead = 300;
  return world;
}

static gint64
add_wanted (World *world, gint64 account, gint64 due_in, const char *text)
{
  gint64 id = world_add_target (world, account, due_in, text, NULL);
  BmnTarget *target = world_get_target (world, id);
  target->hand_over = TRUE;
  world_set_target (world, target);
  return id;
}

static void
assert_record (World *world, gint64 target, const char *expected)
{
  g_autofree char *record = world_describe_attempts (world, target);
  g_assert_cmpstr (record, ==, expected);
}

static void
test_plain (void)
{
  g_autoptr (World) world = world_new_with_schedules (BMN_IDEMPOTENCY_SERVER_KEY);
  gint64 account = world_add_account (world, "one");
  gint64 id = add_wanted (world, account, LEAD, "Hello");
  world_start (world);
  g_assert_cmpuint (world->server->held->len, ==, 1);
  g_assert_cmpuint (world->server->posts->len, ==, 0);
  world_assert_state (world, id, BMN_TARGET_SCHEDULED);
  world_pass (world, LEAD - 1);
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
  world_pass (world, 1);
  world_pass (world, 10);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  assert_record (world, id, "hand-over done, check-schedule done");
  g_assert_cmpuint (world->server->n_publish_calls, ==, 1);
}

static void
test_off_at_its_time (void)
{
  g_autoptr (World) world = world_new_with_schedules (BMN_IDEMPOTENCY_NONE);
  gint64 id = add_wanted (world, world_add_account (world, "one"), LEAD, "Hello");
  world_start (world);
  world_crash (world);
  world_pass (world, 10 * LEAD);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
  world_start (world);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
}

typedef struct
{
  gint64 post_id;
  const char *text;
  gint64 now;
} Edit;

static gboolean
edit_post (BmnTransaction *tx, gpointer data, GError **error)
{
  const Edit *edit = data;
  g_autoptr (BmnPost) post = bmn_posts_get (tx, edit->post_id, error);
  BmnPart *part = post->parts->pdata[0];
  g_free (part->text);
  part->text = g_strdup (edit->text);
  return bmn_posts_update (tx, post, edit->now, error);
}

static void
set_text (World *world, gint64 id, const char *text)
{
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  Edit edit = { target->post_id, text, world_now (world) };
  world_write (world, edit_post, &edit);
  world_settle (world);
}

static void
test_changed (void)
{
  g_autoptr (World) world = world_new_with_schedules (BMN_IDEMPOTENCY_SERVER_KEY);
  gint64 id = add_wanted (world, world_add_account (world, "one"), LEAD, "First");
  world_start (world);
  set_text (world, id, "Second");
  assert_record (world, id, "hand-over done, take-back done, hand-over done");
  g_assert_cmpuint (world->server->held->len, ==, 1);
  world_pass (world, LEAD);
  world_pass (world, 10);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (bmn_fake_server_count (world->server, 0, "Second"), ==, 1);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
}

/* Changed while the program was off: the server had the old words out by then. */
static void
test_changed_too_late (void)
{
  g_autoptr (World) world = world_new_with_schedules (BMN_IDEMPOTENCY_SERVER_KEY);
  gint64 id = add_wanted (world, world_add_account (world, "one"), LEAD, "First words of it");
  world_start (world);
  world_stop (world);
  world_pass (world, LEAD - 10);
  set_text (world, id, "Something else");
  world_pass (world, 20);
  world_start (world);
  world_run_out (world, 20);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_nonnull (strstr (target->error, "before it could be changed"));
}

static void
test_refused (void)
{
  g_autoptr (World) world = world_new_with_schedules (BMN_IDEMPOTENCY_SERVER_KEY);
  gint64 id = add_wanted (world, world_add_account (world, "one"), LEAD, "Hello");
  bmn_fake_server_refuse (world->server, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  world_start (world);
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_false (target->hand_over);
  g_assert_null (target->remote_schedule_id);
  g_assert_nonnull (strstr (target->error, "from this computer"));
  world_pass (world, LEAD);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
  g_assert_cmpuint (world->server->posts->len, ==, 1);
}

/*
 * Random scripts.
 */

static const char *const texts[] = { "One of these", "Quite another", "Third time lucky" };

typedef struct
{
  World *world;
  GRand *random;
  gint64 account;
  guint n_faults;
  gint64 targets[2];
  gboolean cancelled[2];
  GString *story;
} Script;

static BmnFakeReply
choose (BmnFakeServer *server, gboolean publishing, gpointer data)
{
  Script *script = data;
  static const BmnPlatformError codes[] = {
    BMN_PLATFORM_ERROR_OFFLINE,
    BMN_PLATFORM_ERROR_SERVER,
    BMN_PLATFORM_ERROR_RATE_LIMITED,
    BMN_PLATFORM_ERROR_REJECTED,
  };
  BmnFakeReply reply = { .fate = BMN_FAKE_ACCEPT };
  if (script->n_faults == 0 || g_rand_int_range (script->random, 0, 5) < 2)
    return reply;
  script->n_faults--;
  reply.fate = g_rand_int_range (script->random, BMN_FAKE_ACCEPT, BMN_FAKE_LOSE_AND_ARRIVE + 1);
  reply.delay = g_rand_int_range (script->random, 1, server->caps.request_life) * G_USEC_PER_SEC;
  if (reply.fate == BMN_FAKE_REFUSE)
    reply.error = g_error_new_literal (
        BMN_PLATFORM_ERROR, codes[g_rand_int_range (script->random, 0, G_N_ELEMENTS (codes))],
        "The server said no.");
  g_string_append_printf (script->story, " %s fate %d;", publishing ? "send" : "look", reply.fate);
  return reply;
}

/* Every version of a post counts: an old one and a new one out are two. */
static guint
count_out (Script *script, guint i)
{
  guint n = 0;
  for (guint version = 0; version < G_N_ELEMENTS (texts); version++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", texts[version], i);
      n += bmn_fake_server_count (script->world->server, script->account, text);
    }
  return n;
}

static void
check_once (Script *script)
{
  for (guint i = 0; i < G_N_ELEMENTS (script->targets); i++)
    if (count_out (script, i) > 1)
      {
        g_autofree char *record = world_describe_attempts (script->world, script->targets[i]);
        g_error ("Post %u is out twice:%s on record: %s", i, script->story->str, record);
      }
}

static void
change_wish (Script *script, guint i)
{
  World *world = script->world;
  BmnTarget *target = world_get_target (world, script->targets[i]);
  gboolean open = target->state == BMN_TARGET_SCHEDULED;
  g_autofree char *text = g_strdup_printf (
      "%s %u", texts[g_rand_int_range (script->random, 0, G_N_ELEMENTS (texts))], i);
  int what = open ? g_rand_int_range (script->random, 0, 4) : -1;
  g_string_append_printf (script->story, " wish %d of %u;", what, i);
  if (what == 0)
    set_text (world, script->targets[i], text);
  if (what == 1)
    target->due_at = target->next_try_at
        = MAX (target->due_at, world_now (world)) + 700 * G_USEC_PER_SEC;
  if (what == 2)
    target->hand_over = !target->hand_over;
  if (what == 3)
    {
      target->state = BMN_TARGET_CANCELLED;
      target->next_try_at = 0;
      script->cancelled[i] = TRUE;
    }
  if (what > 0)
    world_set_target (world, target);
  else
    bmn_target_free (target);
  world_settle (world);
}

static void
disturb (Script *script)
{
  World *world = script->world;
  gint64 seconds = 1 << g_rand_int_range (script->random, 0, 11);
  int what = g_rand_int_range (script->random, 0, 8);
  g_string_append_printf (script->story, " event %d %d;", what, (int)seconds);
  switch (what)
    {
    case 0:
      world_crash (world);
      world_start (world);
      break;
    case 1:
      world_stop (world);
      world_pass (world, seconds);
      world_start (world);
      break;
    case 2:
      world_crash (world);
      world_pass (world, seconds);
      world_start (world);
      break;
    case 3:
    case 4:
      change_wish (script, g_rand_int_range (script->random, 0, G_N_ELEMENTS (script->targets)));
      break;
    default:
      world_pass (world, seconds);
    }
}

/* Nobody is left waiting: it is out, or the user was told or wanted it so. */
static void
check_end (Script *script, guint i)
{
  g_autoptr (BmnTarget) target = world_get_target (script->world, script->targets[i]);
  guint n = count_out (script, i);
  gboolean right = target->state == BMN_TARGET_PUBLISHED ? n == 1 && target->url
                   : target->state == BMN_TARGET_CANCELLED
                       ? script->cancelled[i] && n == 0 && !target->remote_schedule_id
                   : target->state == BMN_TARGET_UNKNOWN ? target->error != NULL
                                                         : n == 0 && target->error;
  if (right && script->world->server->held->len == 0)
    return;
  g_autofree char *record = world_describe_attempts (script->world, script->targets[i]);
  g_error ("Post %u ends %s (%s), %u out, %u held:%s on record: %s", i,
           bmn_target_state_to_nick (target->state), target->error, n,
           script->world->server->held->len, script->story->str, record);
}

static void
run_script (guint32 seed, BmnIdempotency idempotency)
{
  g_autoptr (World) world = world_new_with_schedules (idempotency);
  Script script = {
    .world = world,
    .random = g_rand_new_with_seed (seed),
    .account = world_add_account (world, "one"),
    .n_faults = N_FAULTS,
    .story = g_string_new (NULL),
  };
  g_random_set_seed (seed);
  g_string_append_printf (script.story, " seed %u, class %d:", seed, idempotency);
  world->server->chooser = choose;
  world->server->chooser_data = &script;
  for (guint i = 0; i < G_N_ELEMENTS (script.targets); i++)
    {
      g_autofree char *text = g_strdup_printf ("%s %u", texts[0], i);
      script.targets[i] = add_wanted (world, script.account, LEAD + 500 * i, text);
    }
  world_start (world);
  for (guint i = 0; i < 14; i++)
    {
      disturb (&script);
      check_once (&script);
    }
  script.n_faults = 0;
  for (guint i = 0; i < 60; i++)
    {
      world_pass (world, 300);
      check_once (&script);
    }
  for (guint i = 0; i < G_N_ELEMENTS (script.targets); i++)
    check_end (&script, i);
  g_string_free (script.story, TRUE);
  g_rand_free (script.random);
}

static void
test_scripts (gconstpointer data)
{
  const char *seed = g_getenv ("BELLMAN_SEED");
  const char *runs = g_getenv ("BELLMAN_RUNS");
  guint32 first = seed ? atoi (seed) : 1;
  guint32 n = seed ? 1 : runs ? (guint32)atoi (runs) : N_RUNS;
  for (guint32 i = 0; i < n; i++)
    run_script (first + i, GPOINTER_TO_INT (data));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish/hand-over/plain", test_plain);
  g_test_add_func ("/publish/hand-over/off-at-its-time", test_off_at_its_time);
  g_test_add_func ("/publish/hand-over/changed", test_changed);
  g_test_add_func ("/publish/hand-over/changed-too-late", test_changed_too_late);
  g_test_add_func ("/publish/hand-over/refused", test_refused);
  g_test_add_data_func ("/publish/hand-over/scripts/server-key",
                        GINT_TO_POINTER (BMN_IDEMPOTENCY_SERVER_KEY), test_scripts);
  g_test_add_data_func ("/publish/hand-over/scripts/no-key", GINT_TO_POINTER (BMN_IDEMPOTENCY_NONE),
                        test_scripts);
  return g_test_run ();
}
