#include "bmn-preflight.h"
#include "world.h"

#include <string.h>

#define HOUR 3600
#define DAY (24 * HOUR)

static void
test_times (void)
{
  static const struct
  {
    int due, last, now; /* seconds; a last of 0 means never */
    int next;           /* 0 for none */
  } rows[] = {
    { 3 * DAY, 0, 1, 2 * DAY },
    { 3 * DAY, 0, 3 * DAY - 10, 0 },
    { DAY, 0, HOUR, HOUR },
    { DAY, HOUR, HOUR, DAY - HOUR },
    { DAY, DAY - HOUR, DAY - HOUR, DAY - 600 },
    { DAY, DAY - 600, DAY - 600, 0 },
    { DAY, 0, DAY - 61, DAY - 61 },
    { DAY, 0, DAY - 59, 0 },
    { DAY, 2 * DAY, HOUR, HOUR }, /* the clock was set back */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (bmn_preflight_next_at (rows[i].due * G_TIME_SPAN_SECOND,
                                            rows[i].last * G_TIME_SPAN_SECOND,
                                            rows[i].now * G_TIME_SPAN_SECOND),
                     ==, rows[i].next * G_TIME_SPAN_SECOND);
}

typedef struct
{
  BmnPost *post;
  BmnTarget *target;
  gint64 now;
  GPtrArray *findings;
} Plan;

static gboolean
check_plan (BmnTransaction *tx, gpointer data, GError **error)
{
  Plan *plan = data;
  plan->findings = bmn_preflight_plan (tx, plan->post, plan->target, plan->now, error);
  return plan->findings != NULL;
}

/* Returns: how many findings there are for a new post */
static guint
count_findings (World *world, gint64 account, gint64 due_in, const char *text)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  g_autoptr (BmnTarget) target = bmn_target_new (account);
  target->due_at = world_now (world) + due_in * G_USEC_PER_SEC;
  Plan plan = { post, target, world_now (world), NULL };
  world_read (world, check_plan, &plan);
  g_autoptr (GPtrArray) findings = plan.findings;
  return findings->len;
}

static void
test_plan (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 other = world_add_account (world, "two");
  (void)world_add_target (world, account, HOUR, "Hello", NULL);
  g_assert_cmpuint (count_findings (world, account, 2 * HOUR, "Something else"), ==, 0);
  g_assert_cmpuint (count_findings (world, account, 2 * HOUR, "Hello"), ==, 1);
  g_assert_cmpuint (count_findings (world, account, HOUR + 59, "Something else"), ==, 1);
  g_assert_cmpuint (count_findings (world, account, HOUR + 60, "Something else"), ==, 0);
  g_assert_cmpuint (count_findings (world, account, HOUR, "Hello"), ==, 2);
  g_assert_cmpuint (count_findings (world, account, 31 * DAY + HOUR, "Hello"), ==, 0);
  g_assert_cmpuint (count_findings (world, other, HOUR, "Hello"), ==, 0);
}

static char *
get_warning (World *world, gint64 id)
{
  g_autoptr (BmnTarget) target = world_get_target (world, id);
  g_assert_cmpint (target->state, ==, BMN_TARGET_SCHEDULED);
  return g_steal_pointer (&target->error);
}

static void
test_watch (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  gint64 id = world_add_target (world, account, 2 * DAY, "Hello", NULL);
  (void)world_add_target (world, account, 2 * DAY + HOUR / 2, "World", NULL);
  world->server->session_ends_at = world_now (world) + DAY * G_TIME_SPAN_SECOND;
  world_start (world);
  g_assert_cmpuint (world->server->n_check_calls, ==, 0);
  world_pass (world, DAY);
  g_assert_cmpuint (world->server->n_check_calls, ==, 1);
  g_autofree char *warning = get_warning (world, id);
  g_assert_nonnull (strstr (warning, "session ends"));
  /* The next check finds it mended. */
  world->server->session_ends_at = 0;
  world_pass (world, DAY - HOUR);
  g_autofree char *none = get_warning (world, id);
  g_assert_null (none);
  world_pass (world, HOUR);
  world_assert_state (world, id, BMN_TARGET_PUBLISHED);
}

static void
test_watch_asks_an_account_once (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  gint64 account = world_add_account (world, "one");
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("Post %u", i);
      (void)world_add_target (world, account, HOUR + 60 * (gint64)i, text, NULL);
    }
  world_start (world);
  g_assert_cmpuint (world->server->n_check_calls, ==, 1);
}

static void
test_watch_and_trouble (void)
{
  static const struct
  {
    BmnPlatformError code;
    int due_in;
    gboolean told;
  } rows[] = {
    { BMN_PLATFORM_ERROR_AUTH_EXPIRED, 20 * HOUR, TRUE },
    { BMN_PLATFORM_ERROR_OFFLINE, 20 * HOUR, FALSE },
    { BMN_PLATFORM_ERROR_OFFLINE, HOUR / 2, TRUE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
      g_autoptr (GError) trouble
          = g_error_new_literal (BMN_PLATFORM_ERROR, rows[i].code, "It does not work.");
      world->server->check_error = trouble;
      gint64 account = world_add_account (world, "one");
      gint64 id = world_add_target (world, account, rows[i].due_in, "Hello", NULL);
      world_start (world);
      g_autofree char *warning = get_warning (world, id);
      g_assert_cmpstr (warning, ==, rows[i].told ? "It does not work." : NULL);
      world_stop (world);
    }
}

static void
test_watch_ends_with_the_publisher (void)
{
  g_autoptr (World) world = world_new (BMN_IDEMPOTENCY_NONE);
  (void)world_add_target (world, world_add_account (world, "one"), 2 * DAY, "Hello", NULL);
  world_start (world);
  world_stop (world);
  world_pass (world, DAY);
  g_assert_cmpuint (world->server->n_check_calls, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/publish/preflight/times", test_times);
  g_test_add_func ("/publish/preflight/plan", test_plan);
  g_test_add_func ("/publish/preflight/watch", test_watch);
  g_test_add_func ("/publish/preflight/once-per-account", test_watch_asks_an_account_once);
  g_test_add_func ("/publish/preflight/trouble", test_watch_and_trouble);
  g_test_add_func ("/publish/preflight/ends", test_watch_ends_with_the_publisher);
  return g_test_run ();
}
