#pragma once

#include "bmn-audit.h"
#include "bmn-forecast.h"
#include "bmn-hashtag-suggestion.h"
#include "bmn-history-post.h"
#include "bmn-levers.h"
#include "bmn-posting-time.h"
#include "bmn-topic.h"
#include "bmn-track-record.h"

G_BEGIN_DECLS

/**
 * BmnEngine:
 *
 * What one account's history teaches about its next post: hashtags, engagement, times and
 * topics, each with its reasons. It knows nothing but the posts and counts it was given,
 * has no clock (the time of a question is passed in) and asks nobody: the same calls in
 * the same order always give the same answers, to the bit.
 *
 * Its state is a pure function of the events it was given, ordered by their time (events
 * of one time in the order of the calls). An event later than all before it is learnt at
 * once, in well under a millisecond; an earlier one, or a post excluded, makes the next
 * question learn everything again from the history it holds. Both ways give the same state.
 *
 * An engine is used by one thread at a time.
 */
typedef struct _BmnEngine BmnEngine;

/* Counts younger than this, in µs, say more about the hour than about the post. */
#define BMN_ENGINE_SETTLING_TIME (48 * G_TIME_SPAN_HOUR)

/**
 * bmn_engine_new:
 * @zone: (nullable): IANA zone of the account: its hours and weekdays are meant there; UTC
 *   for %NULL and for a name that is not known
 *
 * Returns: (transfer full): an engine that knows nothing of the account yet
 */
BmnEngine *bmn_engine_new (const char *zone) G_GNUC_WARN_UNUSED_RESULT;
void bmn_engine_free (BmnEngine *engine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnEngine, bmn_engine_free)

/**
 * bmn_engine_observe:
 * @post: what went out; copied. Its counts are not looked at.
 *
 * Tells the engine of a post. A post whose id it has already is not told again.
 */
void bmn_engine_observe (BmnEngine *engine, const BmnHistoryPost *post);

/**
 * bmn_engine_set_counts:
 * @post_id: a post that was observed; another one is ignored
 * @likes: or %BMN_COUNT_UNKNOWN, which counts as 0
 * @reposts: likewise
 * @replies: likewise
 * @known_at: µs since the epoch: when the program came to know them; for the counts of an
 *   imported history, publishing time + %BMN_ENGINE_SETTLING_TIME
 *
 * Tells what a post got. Only the first counts of a post are learnt from: give them once
 * they settled, %BMN_ENGINE_SETTLING_TIME after publishing.
 */
void bmn_engine_set_counts (BmnEngine *engine,
                            gint64 post_id,
                            gint64 likes,
                            gint64 reposts,
                            gint64 replies,
                            gint64 known_at);

/**
 * bmn_engine_add_history:
 * @posts: (element-type BmnHistoryPost): in any order
 * @now: µs: counts that had not settled by then are left out
 *
 * Tells of many posts at once, their counts included, as if each had been told in its time.
 */
void bmn_engine_add_history (BmnEngine *engine, GPtrArray *posts, gint64 now);

/* Returns: how many posts it was told of */
guint bmn_engine_get_n_posts (const BmnEngine *engine);

/* Returns: the time of the latest event it was told of, µs; 0 for none */
gint64 bmn_engine_get_latest (const BmnEngine *engine);

/* Returns: (transfer none): what the user decided; to be changed in place */
BmnLevers *bmn_engine_get_levers (BmnEngine *engine);

/**
 * bmn_engine_exclude_post:
 * @exclude: %FALSE takes it in again
 *
 * Makes the engine be as if it had never been told of a post. The next question learns the
 * rest of the history again.
 */
void bmn_engine_exclude_post (BmnEngine *engine, gint64 post_id, gboolean exclude);

/* Posts with hashtags below which suggestions say that they rest on too little. */
#define BMN_ENGINE_MIN_TAGGED 20

/* Counted posts below which there is no forecast. */
#define BMN_ENGINE_MIN_COUNTED 50

/**
 * bmn_engine_suggest_hashtags:
 * @draft: text of the draft; hashtags already in it are not suggested again
 * @now: µs: when the post would go out
 * @max: how many at most
 *
 * Returns: (transfer full) (element-type BmnHashtagSuggestion): hashtags that the account
 *   used before, best first
 */
GPtrArray *bmn_engine_suggest_hashtags (BmnEngine *engine, const char *draft, gint64 now, guint max)
    G_GNUC_WARN_UNUSED_RESULT;

/* As bmn_engine_suggest_hashtags(), without reasons, for those who show none. */
GPtrArray *bmn_engine_rank_hashtags (BmnEngine *engine, const char *draft, gint64 now, guint max)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnSiblingAccount:
 * @engine: of another account of the user in the same language
 * @name: what the user calls it
 */
typedef struct
{
  BmnEngine *engine;
  const char *name;
} BmnSiblingAccount;

/**
 * bmn_engine_suggest_experiments:
 * @ideas: (array length=n_ideas): hashtags from outside
 * @siblings: (array length=n_siblings): other accounts of the user
 *
 * Finds hashtags that the account never used and that fit the draft: those its letters
 * spell, those another account would use here, and names of two words that the account
 * wrote before. Nothing is known of how they do, so they stand apart and carry no
 * probability.
 *
 * Returns: (transfer full) (element-type BmnHashtagSuggestion): at most @max
 */
GPtrArray *bmn_engine_suggest_experiments (BmnEngine *engine,
                                           const char *draft,
                                           gint64 now,
                                           const BmnTagIdea *ideas,
                                           guint n_ideas,
                                           const BmnSiblingAccount *siblings,
                                           guint n_siblings,
                                           guint max) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_forecast:
 * @draft: text as it would go out
 * @at: µs: when
 *
 * Returns: (transfer full): what to expect; #BmnForecast.is_ready tells whether there is
 *   history enough to say
 */
BmnForecast *
bmn_engine_forecast (BmnEngine *engine, const char *draft, gint64 at) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_get_week:
 * @hours: (out caller-allocates) (array fixed-size=168): Monday 0:00 of the account's zone
 *   first
 */
void bmn_engine_get_week (BmnEngine *engine, BmnPostingHour *hours);

/**
 * bmn_engine_rank_times:
 * @candidates: (array length=n_candidates): µs: the times that are free, such as the
 *   account's slots of the next seven days that keep its gaps and never-hours
 * @max: how many at most
 *
 * Returns: (transfer full) (element-type BmnPostingTime): best first; from four on the last
 *   one may be an exploration
 */
GArray *bmn_engine_rank_times (BmnEngine *engine,
                               const gint64 *candidates,
                               guint n_candidates,
                               guint max) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_get_topics:
 * @now: µs: "lately" and "due" are seen from here
 * @max: how many at most
 *
 * Returns: (transfer full) (element-type BmnTopic): what the newest posts, 5000 at most, are
 *   about, most posts first
 */
GPtrArray *
bmn_engine_get_topics (BmnEngine *engine, gint64 now, guint max) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_get_track_record:
 *
 * Replays the whole history, which takes as long as learning it.
 *
 * Returns: (transfer full): how the engine would have done on it
 */
BmnTrackRecord *bmn_engine_get_track_record (BmnEngine *engine) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_audit:
 *
 * Replays the whole history, which takes as long as learning it.
 *
 * Returns: (transfer full): on what suggestions rest, and what they favour
 */
BmnAudit *bmn_engine_audit (BmnEngine *engine) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
