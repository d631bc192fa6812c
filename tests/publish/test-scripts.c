/*
 * Random faults: requests and answers lost, requests that arrive late, refusals, crashes at
 * any request, stops, sleep, and clocks that are set. Whatever happens, nothing is out twice
 * and nothing is lost in silence. A seed replays exactly: BELLMAN_SEED=N runs that one alone,
 * BELLMAN_RUNS=N so many.
 */

#include "world.h"

#define N_RUNS 700 /* of each class */
#define N_RUNS_PER_WORLD 10
#define N_FAULTS 7
#define N_POSTS 2

typedef struct
{
  World *world;
  GRand *random;
  BmnIdempotency idempotency;
  gint64 account;
  guint n_faults;        /* that are still to come */
  gboolean may_set_back; /* the clock, without making a promise void */
  gint64 targets[N_POSTS];
  GString *story; /* what happened, for a failure's message */
} Script;

static const char *const texts[N_POSTS][4] = {
  { "A plain post", NULL },
  { "One", "Two", "Three", NULL },
};

static void
tell (Script *script, const char *what)
{
  g_string_append_printf (script->story, " %s;", what);
}

static GError *
random_refusal (Script *script)
{
  static const BmnPlatformError codes[] = {
    BMN_PLATFORM_ERROR_OFFLINE, BMN_PLATFORM_ERROR_TIMED_OUT, BMN_PLATFORM_ERROR_RATE_LIMITED,
    BMN_PLATFORM_ERROR_SERVER,  BMN_PLATFORM_ERROR_REJECTED,  BMN_PLATFORM_ERROR_AUTH_EXPIRED,
  };
  /* Those that end it are rarer, so that there is more to see. */
  gsize i = g_rand_int_range (script->random, 0, 24) % G_N_ELEMENTS (codes);
  if (i >= 4 && g_rand_boolean (script->random))
    i = 0;
  tell (script, bmn_platform_error_to_nick (codes[i]));
  return g_error_new_literal (BMN_PLATFORM_ERROR, codes[i], "The server said no.");
}

static BmnFakeReply
choose (BmnFakeServer *server, gboolean publishing, gpointer data)
{
  Script *script = data;
  BmnFakeReply reply = { .fate = BMN_FAKE_ACCEPT };
  if (script->n_faults == 0 || g_rand_int_range (script->random, 0, 5) < 2)
    {
      tell (script, publishing ? "sent" : "seen");
      return reply;
    }
  script->n_faults--;
  reply.fate = g_rand_int_range (script->random, BMN_FAKE_ACCEPT, BMN_FAKE_HANG_ACCEPTED + 1);
  if (reply.fate == BMN_FAKE_REFUSE)
    reply.error = random_refusal (script);
  /* Nothing arrives later than the server promises. */
  reply.delay = g_rand_int_range (script->random, 1, server->caps.request_life) * G_USEC_PER_SEC;
  g_string_append_printf (script->story, " %s fate %d;", publishing ? "publish" : "look",
                          reply.fate);
  return reply;
}

static void
check_once (Script *script)
{
  for (guint i = 0; i < N_POSTS; i++)
    for (guint part = 0; texts[i][part]; part++)
      if (bmn_fake_server_count (script->world->server, script->account, texts[i][part]) > 1)
        {
          g_autofree char *record = world_describe_attempts (script->world, script->targets[i]);
          g_error ("“%s” is out twice:%s on record: %s", texts[i][part], script->story->str,
                   record);
        }
}

/* Whether every part of it is out. */
static gboolean
is_whole (Script *script, guint i)
{
  for (guint part = 0; texts[i][part]; part++)
    if (bmn_fake_server_count (script->world->server, script->account, texts[i][part]) == 0)
      return FALSE;
  return TRUE;
}

static void
check_end (Script *script, guint i)
{
  g_autoptr (BmnTarget) target = world_get_target (script->world, script->targets[i]);
  const char *state = bmn_target_state_to_nick (target->state);
  gboolean whole = is_whole (script, i);
  gboolean asked = target->state == BMN_TARGET_UNKNOWN && target->error && target->next_try_at == 0;
  gboolean right = (target->state == BMN_TARGET_PUBLISHED && whole && target->url)
                   || ((target->state == BMN_TARGET_FAILED || target->state == BMN_TARGET_HELD)
                       && !whole && target->error)
                   || asked;
  if (!right)
    g_error ("“%s” ends %s (%s), %s:%s", texts[i][0], state, target->error,
             whole ? "all of it is out" : "not all of it is out", script->story->str);
  /* With keys of our own there is nothing that needs to be asked, short of a sign-in. */
  if (asked && script->idempotency == BMN_IDEMPOTENCY_RECORD_KEY
      && g_strcmp0 (target->error_kind, "auth-expired") != 0)
    g_error ("“%s” is asked about (%s):%s", texts[i][0], target->error, script->story->str);
}

static void
disturb (Script *script)
{
  World *world = script->world;
  gint64 seconds = 1 << g_rand_int_range (script->random, 0, 12);
  switch (g_rand_int_range (script->random, 0, 8))
    {
    case 0:
      tell (script, "crash");
      world_crash (world);
      world_start (world);
      break;
    case 1:
      tell (script, "stop");
      world_stop (world);
      world_start (world);
      break;
    case 2:
      g_string_append_printf (script->story, " sleep %d;", (int)seconds);
      world_sleep (world, seconds);
      break;
    case 3:
      g_string_append_printf (script->story, " clock +%d;", (int)seconds);
      world_set_clock_by (world, seconds);
      break;
    case 4:
      if (!script->may_set_back)
        break;
      g_string_append_printf (script->story, " clock -%d;", (int)seconds);
      world_set_clock_by (world, -seconds);
      break;
    default:
      g_string_append_printf (script->story, " pass %d;", (int)seconds);
      world_pass (world, seconds);
    }
}

static void
end_hanging (Script *script)
{
  World *world = script->world;
  if (!bmn_fake_server_is_hanging (world->server))
    return;
  if (g_rand_boolean (script->random))
    {
      tell (script, "killed while it hangs");
      world_crash (world);
      world_start (world);
      return;
    }
  tell (script, "hung up");
  bmn_fake_server_release (world->server);
  world_settle (world);
}

/* Lets faults happen until they are used up and all has come to rest. */
static void
play (Script *script)
{
  World *world = script->world;
  world_start (world);
  for (guint i = 0; i < 40 && world_next_try_at (world) != 0; i++)
    {
      gint64 wait = (world_next_try_at (world) - world_now (world)) / G_USEC_PER_SEC;
      if (g_rand_int_range (script->random, 0, 4) == 0)
        disturb (script);
      else
        world_pass (world, CLAMP (wait, 0, 4000) + 1);
      end_hanging (script);
      check_once (script);
    }
  script->n_faults = 0;
  end_hanging (script);
  world_run_out (world, 200);
  world_pass (world, 10 * 3600);
  world_stop (world);
}

static void
run_script (World *world, guint32 seed, BmnIdempotency idempotency)
{
  Script script = {
    .world = world,
    .random = g_rand_new_with_seed (seed),
    .idempotency = idempotency,
    .account = world_add_account (world, "one"),
    .n_faults = N_FAULTS,
    /* A server's key dies by the server's clock; one that is set back hides that from us. */
    .may_set_back = idempotency != BMN_IDEMPOTENCY_SERVER_KEY,
    .story = g_string_new (NULL),
  };
  g_random_set_seed (seed);
  g_string_append_printf (script.story, " seed %u, class %d:", seed, idempotency);
  world->server->chooser = choose;
  world->server->chooser_data = &script;
  script.targets[0] = world_add_target (world, script.account, 1, texts[0][0], NULL);
  script.targets[1]
      = world_add_target (world, script.account, 2, texts[1][0], texts[1][1], texts[1][2], NULL);
  play (&script);
  check_once (&script);
  for (guint i = 0; i < N_POSTS; i++)
    check_end (&script, i);
  g_string_free (script.story, TRUE);
  g_rand_free (script.random);
}

static void
test_class (gconstpointer data)
{
  BmnIdempotency idempotency = GPOINTER_TO_INT (data);
  const char *seed = g_getenv ("BELLMAN_SEED");
  const char *runs = g_getenv ("BELLMAN_RUNS");
  guint32 first = seed ? atoi (seed) : 1;
  guint32 n = seed ? 1 : runs ? (guint32)atoi (runs) : N_RUNS;
  for (guint32 i = 0; i < n; i += N_RUNS_PER_WORLD)
    {
      g_autoptr (World) world = world_new (idempotency);
      for (guint32 j = i; j < MIN (n, i + N_RUNS_PER_WORLD); j++)
        run_script (world, first + j, idempotency);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/publish/scripts/record-key", GINT_TO_POINTER (BMN_IDEMPOTENCY_RECORD_KEY),
                        test_class);
  g_test_add_data_func ("/publish/scripts/server-key", GINT_TO_POINTER (BMN_IDEMPOTENCY_SERVER_KEY),
                        test_class);
  g_test_add_data_func ("/publish/scripts/no-key", GINT_TO_POINTER (BMN_IDEMPOTENCY_NONE),
                        test_class);
  return g_test_run ();
}
