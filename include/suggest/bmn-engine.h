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
 * Tells the engine of a post. A post whose id it has already is not told again. For replays,
 * which know the order of events; what keeps histories uses bmn_engine_add_history().
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
 * @posts: (element-type BmnHistoryPost): in any order; copied
 * @now: µs: counts that were not known by then are left out
 *
 * Tells of posts with their counts, as if each had been told in its time. What was told
 * before is not told again, so the same list, grown, can be given again and again: the
 * answers depend on the posts and counts alone, not on how many calls told them. What is
 * later than all before is learnt by itself; anything earlier, and a text that changed, has
 * the next question learn everything again.
 *
 * The counts of a post must be the first ones that were read once it had settled, and not
 * the latest: those know more than there was to know. Of a post whose counts were read by
 * hand, from the store's snapshots: the earliest with `counted_at >= published_at +
 * BMN_ENGINE_SETTLING_TIME`. #BmnHistoryPost.counted_at is when that was, or 0 where nobody
 * knows, as in an archive; see bmn_engine_when_known() for what it does.
 */
void bmn_engine_add_history (BmnEngine *engine, GPtrArray *posts, gint64 now);

/**
 * bmn_engine_when_known:
 * @published_at: µs
 * @counted_at: µs: when its counts were read, or 0 where nobody knows
 *
 * Counts that were read soon after they settled were known from then on. Those that were
 * read weeks later, as of a history that was fetched long after it was written, are taken as
 * known as soon as they settled: else nothing could be learnt of how forecasts would have
 * done.
 *
 * Returns: when the counts count as known; -1 where they had not settled, and are not to be
 *   learnt from
 */
gint64 bmn_engine_when_known (gint64 published_at, gint64 counted_at);

/**
 * bmn_engine_save:
 *
 * Writes down what was learnt, so that the next start need not learn it again. The texts are
 * not in it (but for those that wait for their counts): the caller has them anyway. Nor are
 * the levers.
 *
 * Returns: (transfer full): a few bytes per word of the history
 */
GBytes *bmn_engine_save (BmnEngine *engine) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_load:
 * @bytes: from bmn_engine_save()
 * @zone: (nullable): as for bmn_engine_new()
 *
 * Makes the engine that bmn_engine_save() was called on: it gives the same answers and
 * learns on in the same way, to the bit. Set its levers, tell it where its history is with
 * bmn_engine_set_history_func(), give it what is new with bmn_engine_add_history() (known
 * posts may be among it), and say which posts are excluded with
 * bmn_engine_set_excluded_posts().
 *
 * Where bmn_engine_get_n_posts() then differs from the number of posts in the history, older
 * ones came or went: give it the whole history, or make a new engine of it.
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_DAMAGED for bytes that this version of
 *   Bellman did not write for this zone; then make a new engine from the history
 */
BmnEngine *
bmn_engine_load (GBytes *bytes, const char *zone, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnEngineHistoryFunc:
 * @from: µs: posts that were published before need not be given
 *
 * Returns: (transfer full) (nullable) (element-type BmnHistoryPost): the history, as for
 *   bmn_engine_add_history()
 */
typedef GPtrArray *(*BmnEngineHistoryFunc) (gint64 from, gpointer data);

/**
 * bmn_engine_set_history_func:
 * @func: (nullable): called during a question, on its thread
 *
 * Tells a loaded engine where the texts are that it does not hold. It asks for those of the
 * newest posts when topics are wanted, and for all when it has to learn again or audits; a
 * post that is not given then is forgotten, as it is no longer there. Needed by loaded
 * engines only; one that learnt its history itself holds it.
 */
void bmn_engine_set_history_func (BmnEngine *engine,
                                  BmnEngineHistoryFunc func,
                                  gpointer data,
                                  GDestroyNotify destroy);

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

/**
 * bmn_engine_set_excluded_posts:
 * @post_ids: (array length=n_post_ids): all that are excluded; others are taken in again
 *
 * As bmn_engine_exclude_post() of each. Where nothing changes, nothing is learnt again.
 */
void bmn_engine_set_excluded_posts (BmnEngine *engine, const gint64 *post_ids, guint n_post_ids);

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
 *   used before, best first; what the user pinned stands in front, also where it was never used
 */
GPtrArray *bmn_engine_suggest_hashtags (BmnEngine *engine, const char *draft, gint64 now, guint max)
    G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_engine_make_readable:
 * @tag: a hashtag as it is written, without the sign
 *
 * Screen readers tell the words of a hashtag apart by their capitals.
 *
 * Returns: (transfer full) (nullable): @tag with a capital for each word, where it runs words
 *   together that the account's history knows; %NULL where it does not
 */
char *bmn_engine_make_readable (BmnEngine *engine, const char *tag) G_GNUC_WARN_UNUSED_RESULT;

/* As bmn_engine_suggest_hashtags(), without reasons and without what was pinned but never used,
 * for those who show none. */
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
 * bmn_engine_set_siblings:
 * @siblings: (array length=n_siblings): other accounts of the user in the same language;
 *   the list is copied, their engines are asked at each question and must live as long as
 *   they are set here. They are used by the same thread.
 *
 * Lets an account with little history of its own learn from the others: hashtags that they
 * would use stand among those of bmn_engine_suggest_hashtags() with a probability, which rests
 * on how much both accounts have in common, and the reason %BMN_REASON_POOLED. From a hundred
 * posts with hashtags on an account is told nothing from others.
 */
void
bmn_engine_set_siblings (BmnEngine *engine, const BmnSiblingAccount *siblings, guint n_siblings);

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
 * Is kept while learning, and so costs nothing to ask for.
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
