#pragma once

#include "bmn-state-private.h"
#include "bmn-weights-private.h"

G_BEGIN_DECLS

/* What an account's own part weighs: the net's score and the features that differ between
 * the tags of a list. */
#define BMN_N_OWN_WEIGHTS (1 + BMN_N_OWN_TAG_FEATURES)

/*
 * BmnTagRanker: orders the candidates of a query. The shipped net gives a score; the
 * account's own linear part, which starts at "the net's score as it is", moves with each
 * tagged post by one AdaGrad step on the listwise softmax loss.
 */
typedef struct
{
  BmnWeights *weights; /* (owned) */
  double own[BMN_N_OWN_WEIGHTS];
  double squares[BMN_N_OWN_WEIGHTS]; /* AdaGrad's sums */
} BmnTagRanker;

void bmn_tag_ranker_init (BmnTagRanker *ranker, BmnWeights *weights);
void bmn_tag_ranker_clear (BmnTagRanker *ranker);

/* BmnTagRanking: the candidates of one query with their scores. */
typedef struct
{
  guint n;
  guint *ids;  /* (owned): in the query's order */
  double *raw; /* (owned): features, a row of %BMN_N_TAG_FEATURES each */
  double best[BMN_N_RELATIVE_TAG_FEATURES]; /* of the list */
  double *own;      /* (owned): what the own part sees, a row of %BMN_N_OWN_WEIGHTS each */
  double *scores;   /* (owned) */
  guint *order;     /* (owned): places, best first; of equals the older tag first */
  double log_total; /* ln Σ exp (score) */
} BmnTagRanking;

/* Returns: (transfer full): @query ranked */
BmnTagRanking *bmn_tag_ranker_rank (const BmnTagRanker *ranker,
                                    const BmnTagQuery *query) G_GNUC_WARN_UNUSED_RESULT;
void bmn_tag_ranking_free (BmnTagRanking *ranking);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTagRanking, bmn_tag_ranking_free)

/**
 * bmn_tag_ranker_score_without:
 * @place: of the tag in @ranking
 *
 * Returns: the score that the tag would have, were every feature of @cause at its mean over
 *   all histories; the truth about a net where no sum of parts is
 */
double bmn_tag_ranker_score_without (const BmnTagRanker *ranker,
                                     const BmnTagRanking *ranking,
                                     guint place,
                                     BmnCause cause);

/* Returns: the calibrated chance that the tag at @place is among a post's tags, given that
 *   it has any; @mean_tags: how many the account's tagged posts have */
double bmn_tag_ranker_chance (const BmnTagRanker *ranker,
                              const BmnTagRanking *ranking,
                              guint place,
                              double mean_tags);

/* Learns from a post whose tags are @used (by name); without effect where none is a candidate. */
void bmn_tag_ranker_learn (BmnTagRanker *ranker,
                           const BmnTagRanking *ranking,
                           const BmnTagHistory *history,
                           const GArray *used);

void bmn_tag_ranker_save (const BmnTagRanker *ranker, BmnStateWriter *writer);
void bmn_tag_ranker_load (BmnTagRanker *ranker, BmnStateReader *reader);

G_END_DECLS
