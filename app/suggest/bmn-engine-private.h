#pragma once

#include "bmn-engine.h"
#include "bmn-forecaster-private.h"
#include "bmn-reader-private.h"
#include "bmn-tag-ranker-private.h"
#include "bmn-tally-private.h"

G_BEGIN_DECLS

/* One post as the engine holds it. */
typedef struct
{
  gint64 id;
  gint64 at;                 /* µs */
  char *text;                /* (owned) (nullable): missing after loading, see bmn-engine-texts.c */
  guint64 text_hash;         /* of the text, to know it again */
  const char *language;      /* (nullable): in the engine's list */
  gint64 engagement;         /* likes, reposts and replies together, or %BMN_COUNT_UNKNOWN */
  double base;               /* median of the posts counted when it went out */
  double lift;               /* log-engagement less the median of the posts counted before */
  BmnReading *reading;       /* (owned) (nullable): until the counts arrive */
  BmnPrediction *prediction; /* (owned) (nullable): likewise */
  guint is_reply : 1;
  guint is_excluded : 1; /* by the user: nothing is learnt from it */
  guint is_gone : 1;     /* the history does not have it any more: likewise */
  guint has_base : 1;
  guint has_lift : 1;
} BmnRecord;

/* What the engine is told: a post, or the counts of one. */
typedef struct
{
  gint64 at;
  guint record;
  guint is_counts : 1;
  guint is_history : 1; /* told by bmn_engine_add_history() */
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

/* Another account of the user. */
typedef struct
{
  BmnEngine *engine; /* (unowned) */
  char *name;        /* (owned) */
} BmnSibling;

struct _BmnEngine
{
  BmnWeights *weights;     /* (owned) */
  GTimeZone *zone;         /* (owned) */
  GPtrArray *records;      /* (owned) (element-type BmnRecord): in the order of the calls */
  BmnKeyMap places;        /* of the records, by bmn_engine_key() */
  GStringChunk *languages; /* (owned) */
  GArray *events;          /* (owned) (element-type BmnEvent) */
  guint n_learnt;          /* events that the state below holds */
  gint64 latest;
  BmnLevers levers;
  gboolean is_stale;    /* whether the state below is not that of the first @n_learnt events */
  guint n_without_text; /* records whose text is missing */
  BmnEngineHistoryFunc history_func; /* (nullable) */
  gpointer history_data;
  GDestroyNotify history_destroy; /* (nullable) */
  GArray *siblings;               /* (owned) (element-type BmnSibling) */

  BmnReader *reader; /* (owned) */
  BmnVocabulary vocabulary;
  BmnTagHistory tags;
  BmnTagRanker ranker;
  BmnTagQuery query; /* scratch */
  BmnForecaster forecaster;
  GQueue waiting; /* (element-type guint): records that wait for counts */
  BmnHashtagTally hashtag_tally;
  BmnForecastTally forecast_tally;
  BmnEngineTrace trace;
};

/* @weights: started from instead of those that ship */
BmnEngine *
bmn_engine_new_with_weights (const char *zone, BmnWeights *weights) G_GNUC_WARN_UNUSED_RESULT;

/* @trace: (nullable): copied; also called while learning again */
void bmn_engine_set_trace (BmnEngine *engine, const BmnEngineTrace *trace);

/* Has a second engine learn the same history, with @trace; @engine stays as it is. */
void bmn_engine_replay (BmnEngine *engine, const BmnEngineTrace *trace);

/* Learns what is not learnt yet, and all again where something came out of order; each
 * question begins so. */
void bmn_engine_refresh (BmnEngine *engine);

/* Forgets all that was learnt; the posts and events stay. */
void bmn_engine_clear_state (BmnEngine *engine);

/* Learns all events from @n_learnt on; many at once on two threads. */
void bmn_engine_learn_events (BmnEngine *engine);

/* Asks for the texts that are missing of posts from @from (µs) on, where there is somebody to
 * ask. What is not given is gone. */
void bmn_engine_fetch_texts (BmnEngine *engine, gint64 from);

/* Takes the text of @post where it is missing or has changed; the latter makes the state
 * stale. */
void bmn_engine_take_text (BmnEngine *engine, BmnRecord *record, const BmnHistoryPost *post);

/* Puts @reading against the tag history, into the engine's query. */
void bmn_engine_run_query (BmnEngine *engine, const BmnReading *reading, const BmnMoment *moment);

/* Adds what the other accounts would use for @reading, while the account has little history. */
void bmn_engine_pool_hashtags (
    BmnEngine *engine, const BmnReading *reading, gint64 now, guint max, GPtrArray *suggestions);

BmnMoment bmn_engine_moment (const BmnEngine *engine, gint64 at);

static inline guint64
bmn_engine_key (gint64 post_id)
{
  /* 0 is no key; a post has no number this small. */
  return (guint64)post_id ^ ((guint64)1 << 63);
}

/* Returns: (nullable) */
BmnRecord *bmn_engine_find_record (const BmnEngine *engine, gint64 post_id);

/* Adds a record that has no events yet; takes it over. */
void bmn_engine_add_record (BmnEngine *engine, BmnRecord *record);

/* Forgets what waits for the counts of a post. */
void bmn_record_stop_waiting (BmnRecord *record);
void bmn_record_free (BmnRecord *record);

G_END_DECLS
