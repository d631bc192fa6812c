#pragma once

#include "bmn-engine.h"
#include "bmn-forecaster-private.h"
#include "bmn-reader-private.h"
#include "bmn-tag-ranker-private.h"

G_BEGIN_DECLS

/* One post as the engine holds it. */
typedef struct
{
  gint64 id;
  gint64 at;      /* µs */
  char *text;     /* (owned) */
  char *language; /* (owned) (nullable) */
  gboolean is_reply;
  gboolean is_excluded;      /* by the user: nothing is learnt from it */
  gint64 engagement;         /* likes, reposts and replies together, or %BMN_COUNT_UNKNOWN */
  BmnReading *reading;       /* (owned) (nullable): until the counts arrive */
  BmnPrediction *prediction; /* (owned) (nullable): likewise */
  gboolean has_base;
  double base; /* median of the posts counted when it went out */
  gboolean has_lift;
  double lift; /* log-engagement less the median of the posts counted before */
} BmnRecord;

/* What the engine is told: a post, or the counts of one. */
typedef struct
{
  gint64 at;
  guint record;
  gboolean is_counts;
} BmnEvent;

/*
 * Called with every list that the ranker is about to learn from and every forecast whose
 * counts arrived: what training, the track record and the audit are made of.
 */
typedef struct
{
  void (*ranked) (const BmnTagQuery *query,
                  const BmnTagRanking *ranking,
                  const BmnTagHistory *history,
                  const BmnReading *reading,
                  gpointer data);
  void (*counted) (const BmnPrediction *prediction, double value, gpointer data);
  gpointer data;
  gboolean every_post; /* also those that nothing is learnt from, see bmn-engine.c */
} BmnEngineTrace;

struct _BmnEngine
{
  BmnWeights *weights; /* (owned) */
  GTimeZone *zone;     /* (owned) */
  GPtrArray *records;  /* (owned) (element-type BmnRecord): in the order of the calls */
  GHashTable *places;  /* (owned) (element-type gint64 guint): post id to place + 1 */
  GArray *events;      /* (owned) (element-type BmnEvent) */
  gint64 latest;
  BmnLevers levers;
  gboolean is_stale; /* whether @events hold what the state below did not learn in order */

  BmnReader *reader; /* (owned) */
  BmnVocabulary vocabulary;
  BmnTagHistory tags;
  BmnTagRanker ranker;
  BmnTagQuery query; /* scratch */
  BmnForecaster forecaster;
  GQueue waiting; /* (element-type guint): records that wait for counts */
  BmnEngineTrace trace;
};

/* @weights: started from instead of those that ship */
BmnEngine *
bmn_engine_new_with_weights (const char *zone, BmnWeights *weights) G_GNUC_WARN_UNUSED_RESULT;

/* @trace: (nullable): copied; also called while learning again */
void bmn_engine_set_trace (BmnEngine *engine, const BmnEngineTrace *trace);

/* Has a second engine learn the same history, with @trace; @engine stays as it is. */
void bmn_engine_replay (BmnEngine *engine, const BmnEngineTrace *trace);

/* Learns again where something came out of order; each question begins so. */
void bmn_engine_refresh (BmnEngine *engine);

/* Puts @reading against the tag history, into the engine's query. */
void bmn_engine_run_query (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment);

BmnMoment bmn_engine_moment (const BmnEngine *engine, gint64 at);

G_END_DECLS
