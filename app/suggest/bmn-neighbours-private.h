#pragma once

#include "bmn-state-private.h"
#include "bmn-reading-private.h"

G_BEGIN_DECLS

/*
 * BmnNeighbours: finds the earlier posts whose words are most like a text's, by BM25
 * (Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009).
 */
typedef struct
{
  GArray *postings;  /* (owned): the documents with each word, by its id */
  GArray *documents; /* (owned) (element-type BmnDocument) */
  guint64 total_length;
  double *scores; /* (owned): scratch, by document; all 0 between calls */
  guint n_scores;
  GArray *touched; /* (owned) (element-type guint): scratch */
} BmnNeighbours;

typedef struct
{
  guint post;   /* number of the post in the history */
  guint length; /* in words */
  double at;    /* seconds */
} BmnDocument;

void bmn_neighbours_init (BmnNeighbours *neighbours);
void bmn_neighbours_clear (BmnNeighbours *neighbours);

void
bmn_neighbours_add (BmnNeighbours *neighbours, const BmnReading *reading, guint post, double at);

/* Returns: the weight of a rare word against a common one, above 0 */
double bmn_neighbours_rarity (const BmnNeighbours *neighbours, guint word);

typedef struct
{
  guint document;
  double score;
} BmnNeighbour;

/**
 * bmn_neighbours_find:
 * @found: (array length=max): room for @max, at most %BMN_TOP_MAX
 *
 * Returns: how many were found, best first; of equal ones the newer goes first
 */
guint bmn_neighbours_find (BmnNeighbours *neighbours,
                           const BmnReading *reading,
                           BmnNeighbour *found,
                           guint max);

/* Returns: (transfer full) (element-type guint): the newest documents with any of the words,
 *   each once, oldest first */
GArray *bmn_neighbours_with_words (const BmnNeighbours *neighbours,
                                   const guint *words,
                                   guint n_words) G_GNUC_WARN_UNUSED_RESULT;

/* Times are those of the posts. */
void bmn_neighbours_save (const BmnNeighbours *neighbours, BmnStateWriter *writer);

/**
 * bmn_neighbours_load:
 * @times: (array length=n_times): seconds: when each post went out, by its number
 *
 * Fills empty @neighbours whose words are below @n_words.
 */
void bmn_neighbours_load (BmnNeighbours *neighbours,
                          BmnStateReader *reader,
                          const double *times,
                          guint n_times,
                          guint n_words);

G_END_DECLS
