#include "bench.h"

#include "bmn-session-drafts.h"

static BmnPost *
make_post (const char *text)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return post;
}

static GPtrArray *
make_targets (gint64 first, gint64 second, const char *own)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_target_free);
  g_ptr_array_add (targets, bmn_target_new (first));
  if (second != 0)
    g_ptr_array_add (targets, bmn_target_new (second));
  if (own)
    {
      BmnTarget *target = targets->pdata[targets->len - 1];
      target->parts = bmn_parts_new ();
      g_ptr_array_add (target->parts, bmn_part_new (own));
    }
  return targets;
}

static void
test_save_and_change (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 one = bench_add_account (bench, "@one"), two = bench_add_account (bench, "@two");
  g_autoptr (BmnPost) post = make_post ("");
  g_autoptr (GPtrArray) both = make_targets (one, two, "Own");
  g_assert_true (bmn_session_save_draft (bench->session, post, both, &error));
  g_assert_no_error (error);
  g_assert_cmpint (post->id, >, 0);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_DRAFT), ==, 2);
  g_autoptr (GPtrArray) first = make_targets (one, 0, NULL);
  g_assert_true (bmn_session_save_draft (bench->session, post, first, &error));
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_DRAFT), ==, 1);
}

static void
test_each_account_gets_its_text (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  gint64 one = bench_add_account (bench, "@one"), two = bench_add_account (bench, "@two");
  g_autoptr (BmnPost) post = make_post ("Shared");
  g_autoptr (GPtrArray) targets = make_targets (one, two, "Own");
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_assert_true (
      bmn_session_plan_draft (bench->session, post, targets, 0, &now, &warnings, &error));
  g_assert_no_error (error);
  bench_publish (bench);
  g_assert_cmpuint (bmn_fake_server_count (bench->server, 0, "Shared"), ==, 1);
  g_assert_cmpuint (bmn_fake_server_count (bench->server, 0, "Own"), ==, 1);
}

/* What cannot be planned is a draft that says why, and is not there twice. */
static void
test_refused_stays_a_draft (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  gint64 one = bench_add_account (bench, "@one");
  g_autoptr (BmnPost) post = make_post ("");
  g_autoptr (GPtrArray) targets = make_targets (one, 0, NULL);
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  for (int i = 0; i < 2; i++)
    {
      g_assert_false (
          bmn_session_plan_draft (bench->session, post, targets, 0, &now, &warnings, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
      g_clear_error (&error);
    }
  g_assert_cmpint (post->id, >, 0);
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_DRAFT), ==, 1);
}

static void
test_no_account (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  g_autoptr (BmnPost) post = make_post ("Hello");
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_assert_false (
      bmn_session_plan_draft (bench->session, post, targets, 0, &now, &warnings, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

/* A planned post goes out as it was until its changed copy is planned. */
static void
test_original (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  gint64 one = bench_add_account (bench, "@one");
  gint64 original = bench_add (bench, one, &later, "Before", NULL);
  g_autoptr (BmnPost) copy = make_post ("After");
  g_autoptr (GPtrArray) targets = make_targets (one, 0, NULL);
  g_assert_true (bmn_session_save_draft (bench->session, copy, targets, &error));
  g_autofree char *still = bench_get_text (bench, original);
  g_assert_cmpstr (still, ==, "Before");
  gint64 id = copy->id;
  g_assert_true (
      bmn_session_plan_draft (bench->session, copy, targets, original, NULL, &warnings, &error));
  g_assert_no_error (error);
  g_assert_null (bmn_session_get_post (bench->session, id, &error));
  g_clear_error (&error);
  bench_pass (bench, 3600);
  bench_publish (bench);
  g_assert_cmpuint (bench->server->posts->len, ==, 1);
  g_assert_cmpuint (bmn_fake_server_count (bench->server, 0, "After"), ==, 1);
}

static void
test_planned_is_not_overwritten (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  const BmnWhen later = { .kind = BMN_WHEN_IN, .delay = 3600 };
  gint64 one = bench_add_account (bench, "@one");
  g_autoptr (BmnPost) post = make_post ("Typing");
  post->id = bench_add (bench, one, &later, "Planned", NULL);
  g_autoptr (GPtrArray) targets = make_targets (one, 0, NULL);
  g_assert_false (bmn_session_save_draft (bench->session, post, targets, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_CONFLICT);
  g_clear_error (&error);
  g_autofree char *text = bench_get_text (bench, post->id);
  g_assert_cmpstr (text, ==, "Planned");
  g_assert_true (bmn_session_discard_draft (bench->session, post->id, &error));
  g_assert_cmpuint (bench_count (bench, BMN_TARGET_SCHEDULED), ==, 1);
}

static void
test_open_drafts (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  gint64 one = bench_add_account (bench, "@one");
  const BmnWhen draft = { .kind = BMN_WHEN_DRAFT };
  gint64 id = bench_add (bench, one, &draft, "Hello", NULL);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (BmnOpenDraft));
  const BmnOpenDraft drafts[] = { { id, 0 }, { 12345, 0 }, { id, 4711 } };
  g_array_append_vals (open, drafts, G_N_ELEMENTS (drafts));
  g_assert_true (bmn_session_set_open_drafts (bench->session, open, &error));
  g_autoptr (GArray) found = bmn_session_list_open_drafts (bench->session, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_cmpint (g_array_index (found, BmnOpenDraft, 0).post_id, ==, id);
  g_assert_cmpint (g_array_index (found, BmnOpenDraft, 1).original, ==, 0);
}

static void
test_clock_changes_in_words (void)
{
  const struct
  {
    const char *time;
    gboolean has_note;
  } cases[] = {
    { "2026-03-29 02:30", TRUE }, /* skipped in Berlin */
    { "2026-10-25 02:30", TRUE }, /* twice */
    { "2026-06-01 12:00", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      BmnWallTime wall, back;
      gint64 instant;
      g_autofree char *note = NULL;
      g_autoptr (GError) error = NULL;
      g_assert_true (bmn_wall_time_parse (cases[i].time, &wall, &error));
      g_assert_true (bmn_when_resolve ("Europe/Berlin", &wall, &instant, &note, &error));
      g_assert_cmpint (note != NULL, ==, cases[i].has_note);
      g_assert_true (bmn_when_to_wall ("Europe/Berlin", instant, &back, &error));
    }
}

static void
test_duplicate (void)
{
  g_autoptr (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  gint64 one = bench_add_account (bench, "@one"), two = bench_add_account (bench, "@two");
  g_autoptr (BmnPost) post = make_post ("Shared");
  g_autoptr (GPtrArray) targets = make_targets (one, two, "Own");
  const BmnWhen now = { .kind = BMN_WHEN_NOW };
  g_assert_true (
      bmn_session_plan_draft (bench->session, post, targets, 0, &now, &warnings, &error));
  bench_publish (bench);
  gint64 copy_id = 0;
  g_assert_true (bmn_session_duplicate_post (bench->session, post->id, &copy_id, &error));
  g_assert_no_error (error);
  g_assert_cmpint (copy_id, !=, post->id);
  g_autoptr (BmnPostView) copy = bmn_session_get_post (bench->session, copy_id, &error);
  g_assert_cmpuint (copy->targets->len, ==, 2);
  for (guint i = 0; i < copy->targets->len; i++)
    {
      const BmnTarget *target = ((BmnTargetView *)copy->targets->pdata[i])->target;
      g_assert_cmpint (target->state, ==, BMN_TARGET_DRAFT);
      g_assert_cmpint (target->parts != NULL, ==, target->account_id == two);
    }
  g_assert_cmpuint (bmn_fake_server_count (bench->server, 0, "Shared"), ==, 1);
  g_assert_false (bmn_session_duplicate_post (bench->session, 4711, &copy_id, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/composer/drafts/save", test_save_and_change);
  g_test_add_func ("/composer/drafts/own-text", test_each_account_gets_its_text);
  g_test_add_func ("/composer/drafts/refused", test_refused_stays_a_draft);
  g_test_add_func ("/composer/drafts/no-account", test_no_account);
  g_test_add_func ("/composer/drafts/original", test_original);
  g_test_add_func ("/composer/drafts/planned", test_planned_is_not_overwritten);
  g_test_add_func ("/composer/drafts/open", test_open_drafts);
  g_test_add_func ("/composer/drafts/clock", test_clock_changes_in_words);
  g_test_add_func ("/composer/drafts/duplicate", test_duplicate);
  return g_test_run ();
}
