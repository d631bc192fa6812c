#include "bmn-error.h"
#include "bmn-interval-private.h"
#include "bmn-key-map-private.h"
#include "bmn-net-private.h"
#include "bmn-ridge-private.h"
#include "bmn-tag-links-private.h"
#include "bmn-tag-private.h"
#include "bmn-top-private.h"
#include "bmn-week-private.h"
#include "bmn-weights-private.h"

#include <math.h>
#include <string.h>

#define DAY 86400.0

static void
test_key_map (void)
{
  BmnKeyMap map;
  bmn_key_map_init (&map);
  g_assert_cmpuint (bmn_key_map_lookup (&map, 7), ==, BMN_KEY_MAP_NONE);
  for (guint32 i = 0; i < 5000; i++)
    bmn_key_map_insert (&map, bmn_key (BMN_KEY_WORD, i, i * 3), i);
  for (guint32 i = 0; i < 5000; i++)
    {
      g_assert_cmpuint (bmn_key_map_lookup (&map, bmn_key (BMN_KEY_WORD, i, i * 3)), ==, i);
      g_assert_cmpuint (bmn_key_map_lookup (&map, bmn_key (BMN_KEY_TAG, i, i * 3)), ==,
                        BMN_KEY_MAP_NONE);
    }
  bmn_key_map_clear (&map);
}

static void
test_top (void)
{
  BmnTop top;
  bmn_top_init (&top, 3);
  const double values[] = { 2, 5, 1, 5, 4 };
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    bmn_top_add (&top, i, values[i]);
  g_assert_cmpuint (top.n, ==, 3);
  g_assert_cmpuint (top.ids[0], ==, 1);
  g_assert_cmpuint (top.ids[1], ==, 3);
  g_assert_cmpuint (top.ids[2], ==, 4);
  bmn_top_raise (&top, 4, 9);
  g_assert_cmpuint (top.ids[0], ==, 4);
  bmn_top_raise (&top, 0, 6);
  g_assert_cmpuint (top.ids[1], ==, 0);
  g_assert_cmpuint (top.n, ==, 3);
}

static void
test_net (void)
{
  g_autoptr (BmnNet) net = bmn_net_new (2, 2);
  const float first[] = { 1, -1 }, second[] = { 2, 1 };
  memcpy (net->hidden, first, sizeof first);
  memcpy (net->hidden + net->stride, second, sizeof second);
  net->hidden_bias[0] = .5f;
  net->output[0] = 2;
  net->output[1] = 3;
  net->direct[1] = -1;
  net->bias = .25f;
  /* The first unit gives 1 + 4 + .5, the second −1 + 2; 2·5.5 + 3·1 − 2 + .25. */
  const float inputs[] = { 1, 2 };
  g_assert_cmpfloat_with_epsilon (bmn_net_evaluate (net, inputs), 12.25, 1e-6);
  /* A unit below 0 is silent. */
  const float negative[] = { 3, 0 };
  g_assert_cmpfloat_with_epsilon (bmn_net_evaluate (net, negative), 7.25, 1e-6);
}

/* Without examples it is the prior; with many it finds what made them. */
static void
test_ridge (void)
{
  const double prior[] = { 1, -2, .5 };
  const double truth[] = { .3, .7, -1.1 };
  BmnRidge ridge;
  bmn_ridge_init (&ridge, 3, prior, 10, 1, 0);
  const double probe[] = { 1, 1, 1 };
  g_assert_cmpfloat_with_epsilon (bmn_ridge_predict (&ridge, probe), -.5, 1e-12);
  for (guint i = 0; i < 20000; i++)
    {
      double x[] = { sin (i), cos (2.3 * i), sin (.7 * i + 1) };
      bmn_ridge_learn (&ridge, x, x[0] * truth[0] + x[1] * truth[1] + x[2] * truth[2]);
    }
  for (guint i = 0; i < 3; i++)
    g_assert_cmpfloat_with_epsilon (ridge.weights[i], truth[i], .01);
  bmn_ridge_clear (&ridge);
}

/* One example by hand: (s + x²) w = s·prior + x·y. */
static void
test_ridge_exact (void)
{
  const double prior[] = { 2 };
  const double x[] = { 3 };
  BmnRidge ridge;
  bmn_ridge_init (&ridge, 1, prior, 4, 1, 0);
  bmn_ridge_learn (&ridge, x, 5);
  g_assert_cmpfloat_with_epsilon (ridge.weights[0], (4 * 2 + 3 * 5) / (4.0 + 9), 1e-12);
  bmn_ridge_clear (&ridge);
}

/* Errors from −1 to 1, evenly: 80 % of them lie in a stretch of about 1.6. */
static void
test_interval (void)
{
  BmnInterval interval = { 0 };
  double low, high;
  for (guint i = 0; i < BMN_INTERVAL_MIN_ERRORS - 1; i++)
    bmn_interval_add (&interval, 0);
  g_assert_false (bmn_interval_get (&interval, &low, &high));
  for (guint i = 0; i < 1000; i++)
    bmn_interval_add (&interval, (i * 37 % 101) / 50.0 - 1);
  g_assert_true (bmn_interval_get (&interval, &low, &high));
  g_assert_cmpfloat (high - low, >, 1.5);
  g_assert_cmpfloat (high - low, <, 1.75);
  /* Only the newest errors count. */
  for (guint i = 0; i < BMN_INTERVAL_ERRORS; i++)
    bmn_interval_add (&interval, 7);
  g_assert_true (bmn_interval_get (&interval, &low, &high));
  g_assert_cmpfloat (low, ==, 7);
  g_assert_cmpfloat (high, ==, 7);
}

static void
test_week (void)
{
  BmnWeekSums sums = { 0 };
  BmnWeekLifts lifts;
  bmn_week_lifts_compute (&sums, &lifts);
  for (guint i = 0; i < BMN_WEEK_HOURS; i++)
    g_assert_cmpfloat (lifts.lift[i], ==, 0);
  for (guint week = 0; week < 30; week++)
    {
      for (int day = 0; day < 7; day++)
        {
          bmn_week_sums_add (&sums, day * 24 + 9, 1);
          bmn_week_sums_add (&sums, day * 24 + 18, day == 6 ? 1 : -1);
        }
    }
  bmn_week_lifts_compute (&sums, &lifts);
  g_assert_cmpfloat (lifts.lift[9], >, .5);
  g_assert_cmpfloat (lifts.lift[18], <, -.5);
  g_assert_cmpfloat (lifts.lift[6 * 24 + 18], >, lifts.lift[18] + .5);
  /* Hours next to known ones lean to them, hours far from all to none. */
  g_assert_cmpfloat (lifts.lift[10], >, .2);
  g_assert_cmpfloat (lifts.lift[2], <, .2);
  g_assert_cmpfloat (lifts.deviation[2], >, lifts.deviation[9]);
}

static void
test_links (void)
{
  BmnLinkTable table;
  bmn_link_table_init (&table);
  guint64 key = bmn_key (BMN_KEY_WORD, 5, 0);
  const guint first[] = { 9, 2 }, second[] = { 2 };
  bmn_link_table_count (&table, key, first, 2, 0);
  bmn_link_table_count (&table, key, second, 1, 45 * DAY);
  bmn_link_table_count (&table, key, NULL, 0, 45 * DAY);
  const BmnTagLinks *row = bmn_link_table_lookup (&table, key);
  g_assert_cmpuint (row->n, ==, 3);
  g_assert_cmpuint (bmn_tag_links_get (row, 2), ==, 2);
  g_assert_cmpuint (bmn_tag_links_get (row, 9), ==, 1);
  g_assert_cmpuint (bmn_tag_links_get (row, 4), ==, 0);
  const BmnTagLink *link = bmn_tag_links_find (row, 2);
  g_assert_cmpfloat_with_epsilon (link->decayed, 1.5, 1e-6);
  g_assert_cmpfloat_with_epsilon (bmn_tag_links_decay (link->decayed, link->minute, 90 * DAY), .75,
                                  1e-6);
  g_assert_null (bmn_link_table_lookup (&table, bmn_key (BMN_KEY_WORD, 6, 0)));
  /* Many tags in falling order stay sorted. */
  for (guint tag = 1000; tag > 100; tag--)
    bmn_link_table_count (&table, key, &tag, 1, 46 * DAY);
  row = bmn_link_table_lookup (&table, key);
  for (guint i = 1; i < row->n_links; i++)
    g_assert_cmpuint (row->links[i - 1].tag, <, row->links[i].tag);
  bmn_link_table_clear (&table);
}

static void
test_tag (void)
{
  g_autoptr (BmnTag) tag = bmn_tag_new ("parisagreement", "ParisAgreement", .5);
  const char *spellings[] = { "ParisAgreement", "parisagreement", "parisagreement" };
  for (guint i = 0; i < 3; i++)
    {
      BmnMoment moment = { i * 14 * DAY, i, 10 + i };
      bmn_tag_use (tag, spellings[i], &moment, i, 10 * i + 1, i);
    }
  g_assert_cmpuint (bmn_tag_count (tag), ==, 3);
  g_assert_cmpstr (bmn_tag_get_spelling (tag), ==, "parisagreement");
  /* 1, ½ and ¼ after two half-lives of fourteen days. */
  g_assert_cmpfloat_with_epsilon (bmn_tag_get_faded (tag, BMN_FADE_14_DAYS, 28 * DAY), 1.75, 1e-9);
  g_assert_true (bmn_tag_used_between (tag, 13 * DAY, 15 * DAY));
  g_assert_true (bmn_tag_used_between (tag, 14 * DAY, 14 * DAY));
  g_assert_false (bmn_tag_used_between (tag, 15 * DAY, 27 * DAY));
  g_assert_false (bmn_tag_used_between (tag, 29 * DAY, 99 * DAY));
}

static void
assert_damaged (const char *text)
{
  g_autoptr (GError) error = NULL;
  BmnWeights *weights = bmn_weights_parse (text, strlen (text), &error);
  g_assert_null (weights);
  g_assert_error (error, BMN_ERROR, BMN_ERROR_DAMAGED);
}

static void
test_weights (void)
{
  g_autoptr (BmnWeights) shipped = bmn_weights_new_shipped ();
  g_assert_cmpuint (shipped->tag_net->n_inputs, ==, BMN_N_TAG_INPUTS);
  const char *texts[] = { "",
                          "\n\n",
                          "tag-features",
                          "tag-features bias x",
                          "# only a comment",
                          "tag-mean nan nan",
                          "\xff\xfe" };
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_damaged (texts[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/suggest/parts/key-map", test_key_map);
  g_test_add_func ("/suggest/parts/top", test_top);
  g_test_add_func ("/suggest/parts/net", test_net);
  g_test_add_func ("/suggest/parts/ridge", test_ridge);
  g_test_add_func ("/suggest/parts/ridge-exact", test_ridge_exact);
  g_test_add_func ("/suggest/parts/interval", test_interval);
  g_test_add_func ("/suggest/parts/week", test_week);
  g_test_add_func ("/suggest/parts/links", test_links);
  g_test_add_func ("/suggest/parts/tag", test_tag);
  g_test_add_func ("/suggest/parts/weights", test_weights);
  return g_test_run ();
}
