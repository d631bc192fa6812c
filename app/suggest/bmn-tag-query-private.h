#pragma once

#include "bmn-tag-history-private.h"

G_BEGIN_DECLS

/* What the draft says about one tag; all 0 where it says nothing. */
typedef struct
{
  /* What each word of the draft adds to stands together, in one line of the cache. */
  double word_log_ratio;  /* sum over words of log P(tag|word)/P(tag), where above 0 */
  double word_best;       /* largest P(tag|word) */
  double word_any;        /* −log of "none of the words brings it" */
  double word_best_faded; /* as word_best, old uses fading */
  double word_any_faded;  /* as word_any, likewise */
  double coverage;        /* share of the tag's uses that have the draft's words, by rarity */
  double coverage_best;   /* of one word */
  gboolean touched;
  gboolean is_candidate;
  double mention;           /* largest P(tag|mentioned account) */
  double similar;           /* squared likeness of the similar posts that carry it */
  double similar_30_days;   /* likewise, halved every 30 days */
  double similar_3_days;    /* likewise, every 3 days */
  double most_similar;      /* likeness of the best post that carries it */
  double most_similar_week; /* likewise, of the last 7 days */
  double nearest;           /* likeness of those among the best three */
  double domain;            /* largest P(tag|linked domain) */
  double first_word;
  double last_word;
  double shape; /* sum of log-ratios over the draft's shape */
} BmnTagEvidence;

/* BmnTagQuery: one draft at one moment against a tag history; reusable scratch. */
typedef struct
{
  const BmnTagHistory *history;
  const BmnReading *reading;
  BmnMoment moment;
  BmnSpelling *spelling;  /* (owned) */
  BmnTagEvidence *by_tag; /* (owned): by tag id */
  guint n_by_tag;
  GArray *touched;    /* (owned) (element-type guint) */
  GArray *by_id;      /* (owned) (element-type guint): the same by id, as far as sorted */
  guint16 *grams;     /* (owned): by tag id: letter groups found in the draft */
  GArray *with_grams; /* (owned) (element-type guint): tags for which that is not 0 */
  GArray *candidates; /* (owned) (element-type guint): ids, ascending */
  guint last_used[BMN_TAG_HISTORY_RECENT_USES]; /* different tags, newest first */
  guint n_last_used;
  BmnNeighbour neighbours[BMN_TOP_MAX];
  guint n_neighbours;
  double rarity; /* sum over the draft's words */
  double similar_total;
  double similar_30_days_total;
  double similar_3_days_total;
} BmnTagQuery;

void bmn_tag_query_init (BmnTagQuery *query);
void bmn_tag_query_clear (BmnTagQuery *query);

/**
 * bmn_tag_query_run:
 * @spelling: (transfer full): of the draft
 *
 * Gathers what @reading says about each tag and picks the tags worth ranking. @history and
 * @reading must stay alive while the result is used.
 */
void bmn_tag_query_run (BmnTagQuery *query,
                        BmnTagHistory *history,
                        const BmnReading *reading,
                        BmnSpelling *spelling,
                        const BmnMoment *moment);

/* Has @id ranked too, whatever speaks for it. */
void bmn_tag_query_add_candidate (BmnTagQuery *query, guint id);

G_END_DECLS
