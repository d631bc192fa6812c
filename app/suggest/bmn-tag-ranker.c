#include "bmn-tag-ranker-private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Standardised inputs are cut here: a net knows nothing of what lies far outside. */
#define INPUT_LIMIT 5.0

/* The own part's step, AdaGrad's start and the pull back to where it started. */
#define RATE 0.02
#define START_SQUARES 4.0
#define PULL 0.01

static double
start_of (guint i)
{
  return i == 0 ? 1 : 0;
}

void
bmn_tag_ranker_init (BmnTagRanker *ranker, BmnWeights *weights)
{
  ranker->weights = bmn_weights_ref (weights);
  for (guint i = 0; i < BMN_N_OWN_WEIGHTS; i++)
    {
      ranker->own[i] = start_of (i);
      ranker->squares[i] = START_SQUARES;
    }
}

void
bmn_tag_ranker_clear (BmnTagRanker *ranker)
{
  g_clear_pointer (&ranker->weights, bmn_weights_unref);
}

void
bmn_tag_ranking_free (BmnTagRanking *ranking)
{
  g_free (ranking->ids);
  g_free (ranking->raw);
  g_free (ranking->own);
  g_free (ranking->scores);
  g_free (ranking->order);
  g_free (ranking);
}

/* Scores one row of features; @own: (out): what the own part sees. */
static double
score_row (const BmnTagRanker *ranker, const double *raw, const double *best, double *own)
{
  const BmnWeights *weights = ranker->weights;
  float inputs[BMN_N_TAG_INPUTS];
  double standard[BMN_N_TAG_FEATURES];
  for (guint i = 0; i < BMN_N_TAG_FEATURES; i++)
    standard[i] = (raw[i] - weights->tag_mean[i]) / weights->tag_deviation[i];
  for (guint i = 0; i < BMN_N_TAG_FEATURES; i++)
    inputs[i] = (float)CLAMP (standard[i], -INPUT_LIMIT, INPUT_LIMIT);
  memcpy (own + 1, standard, BMN_N_OWN_TAG_FEATURES * sizeof (double));
  for (guint i = 0; i < BMN_N_RELATIVE_TAG_FEATURES; i++)
    {
      double relative
          = (raw[bmn_relative_tag_features[i]] - best[i]) / weights->tag_relative_deviation[i];
      inputs[BMN_N_TAG_FEATURES + i] = (float)CLAMP (relative, -INPUT_LIMIT, INPUT_LIMIT);
    }
  own[0] = bmn_net_evaluate (weights->tag_net, inputs);
  double score = 0;
  for (guint i = 0; i < BMN_N_OWN_WEIGHTS; i++)
    score += ranker->own[i] * own[i];
  return score;
}

static void
find_best (BmnTagRanking *ranking)
{
  for (guint i = 0; i < BMN_N_RELATIVE_TAG_FEATURES; i++)
    {
      ranking->best[i] = -INFINITY;
      for (guint j = 0; j < ranking->n; j++)
        ranking->best[i] = MAX (
            ranking->best[i], ranking->raw[j * BMN_N_TAG_FEATURES + bmn_relative_tag_features[i]]);
    }
}

static int
compare_places (gconstpointer a, gconstpointer b, gpointer data)
{
  const double *scores = data;
  guint x = *(const guint *)a, y = *(const guint *)b;
  if (scores[x] != scores[y])
    return scores[x] > scores[y] ? -1 : 1;
  return (x > y) - (x < y);
}

static void
sort_places (BmnTagRanking *ranking)
{
  double best = -INFINITY, total = 0;
  for (guint i = 0; i < ranking->n; i++)
    {
      ranking->order[i] = i;
      best = MAX (best, ranking->scores[i]);
    }
  for (guint i = 0; i < ranking->n; i++)
    total += exp (ranking->scores[i] - best);
  ranking->log_total = best + log (total);
  g_qsort_with_data (ranking->order, (gint)ranking->n, sizeof (guint), compare_places,
                     ranking->scores);
}

BmnTagRanking *
bmn_tag_ranker_rank (const BmnTagRanker *ranker, const BmnTagQuery *query)
{
  BmnTagRanking *ranking = g_new0 (BmnTagRanking, 1);
  guint n = ranking->n = query->candidates->len;
  ranking->ids = g_memdup2 (query->candidates->data, n * sizeof (guint));
  ranking->raw = bmn_tag_features_compute (query);
  ranking->own = g_new (double, n *BMN_N_OWN_WEIGHTS);
  ranking->scores = g_new (double, n);
  ranking->order = g_new (guint, n);
  find_best (ranking);
  for (guint i = 0; i < n; i++)
    ranking->scores[i] = score_row (ranker, ranking->raw + i * BMN_N_TAG_FEATURES, ranking->best,
                                    ranking->own + i * BMN_N_OWN_WEIGHTS);
  sort_places (ranking);
  return ranking;
}

double
bmn_tag_ranker_score_without (const BmnTagRanker *ranker,
                              const BmnTagRanking *ranking,
                              guint place,
                              BmnCause cause)
{
  double raw[BMN_N_TAG_FEATURES], own[BMN_N_OWN_WEIGHTS];
  memcpy (raw, ranking->raw + place * BMN_N_TAG_FEATURES, sizeof raw);
  for (guint i = 0; i < BMN_N_TAG_FEATURES; i++)
    {
      if (bmn_tag_feature_get_cause (i) == cause)
        raw[i] = ranker->weights->tag_mean[i];
    }
  return score_row (ranker, raw, ranking->best, own);
}

double
bmn_tag_ranker_chance (const BmnTagRanker *ranker,
                       const BmnTagRanking *ranking,
                       guint place,
                       double mean_tags)
{
  /* A logistic curve over the share of the softmax, its complement and the number of tags:
   * fitted over all accounts, so that of the tags shown with 30 % about 30 % are used. */
  const double *w = ranker->weights->tag_chance;
  double log_share = ranking->scores[place] - ranking->log_total;
  double log_rest = log1p (-MIN (.9999, exp (log_share)));
  double z = w[0] + w[1] * log_share + w[2] * log_rest + w[3] * log (mean_tags);
  return 1 / (1 + exp (-z));
}

void
bmn_tag_ranker_learn (BmnTagRanker *ranker,
                      const BmnTagRanking *ranking,
                      const BmnTagHistory *history,
                      const GArray *used)
{
  guint n = ranking->n, n_used = 0;
  g_autofree gboolean *is_used = g_new0 (gboolean, n + 1);
  for (guint i = 0; i < used->len; i++)
    {
      const char *name = g_array_index (used, BmnReadTag, i).name;
      guint id = bmn_tag_history_find (history, name);
      for (guint j = 0; j < n && id != BMN_TAG_NONE; j++)
        {
          if (ranking->ids[j] != id)
            continue;
          is_used[j] = TRUE;
          n_used++;
        }
    }
  if (n < 2 || n_used == 0)
    return;

  double gradient[BMN_N_OWN_WEIGHTS];
  for (guint i = 0; i < BMN_N_OWN_WEIGHTS; i++)
    gradient[i] = PULL * (ranker->own[i] - start_of (i));
  for (guint j = 0; j < n; j++)
    {
      double share = exp (ranking->scores[j] - ranking->log_total);
      double error = share - (is_used[j] ? 1.0 / n_used : 0);
      const double *own = ranking->own + j * BMN_N_OWN_WEIGHTS;
      for (guint i = 0; i < BMN_N_OWN_WEIGHTS; i++)
        gradient[i] += error * own[i];
    }
  for (guint i = 0; i < BMN_N_OWN_WEIGHTS; i++)
    {
      ranker->squares[i] += gradient[i] * gradient[i];
      ranker->own[i] -= RATE * gradient[i] / sqrt (ranker->squares[i]);
    }
}

void
bmn_tag_ranker_save (const BmnTagRanker *ranker, BmnStateWriter *writer)
{
  bmn_state_put_doubles (writer, ranker->own, BMN_N_OWN_WEIGHTS);
  bmn_state_put_doubles (writer, ranker->squares, BMN_N_OWN_WEIGHTS);
}

void
bmn_tag_ranker_load (BmnTagRanker *ranker, BmnStateReader *reader)
{
  bmn_state_get_doubles (reader, ranker->own, BMN_N_OWN_WEIGHTS);
  bmn_state_get_doubles (reader, ranker->squares, BMN_N_OWN_WEIGHTS);
}
