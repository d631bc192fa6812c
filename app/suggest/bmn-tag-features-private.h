#pragma once

#include "bmn-cause-private.h"
#include "bmn-tag-query-private.h"

G_BEGIN_DECLS

/*
 * The features of one tag for one draft: name, and what they are a reason of. The names
 * stand in the weights file, so that numbers can never meet the wrong feature. The last
 * ones, from REPEAT_RATE on, say nothing of the tag but of the moment.
 */
#define BMN_TAG_FEATURES(F)                                                                        \
  F (FADED_2_DAYS, "faded-2-days", RECENT)                                                         \
  F (FADED_14_DAYS, "faded-14-days", RECENT)                                                       \
  F (FADED_90_DAYS, "faded-90-days", OFTEN)                                                        \
  F (COUNT, "count", OFTEN)                                                                        \
  F (SIMILAR, "similar", SIMILAR)                                                                  \
  F (SIMILAR_30_DAYS, "similar-30-days", SIMILAR)                                                  \
  F (WORD_LOG_RATIO, "word-log-ratio", WORDS)                                                      \
  F (WORD_BEST, "word-best", WORDS)                                                                \
  F (SPELLED, "spelled", SPELLED)                                                                  \
  F (IN_LAST, "in-last", RECENT)                                                                   \
  F (HOURS_AGO, "hours-ago", RECENT)                                                               \
  F (POSTS_AGO, "posts-ago", RECENT)                                                               \
  F (WEEKDAY, "weekday", CALENDAR)                                                                 \
  F (PART_OF_DAY, "part-of-day", CALENDAR)                                                         \
  F (MOST_SIMILAR, "most-similar", SIMILAR)                                                        \
  F (WORD_ANY, "word-any", WORDS)                                                                  \
  F (BASE_LEVEL, "base-level", RECENT)                                                             \
  F (BASE_LEVEL_SHARE, "base-level-share", RECENT)                                                 \
  F (GAP_RATIO, "gap-ratio", RHYTHM)                                                               \
  F (POST_GAP_RATIO, "post-gap-ratio", RHYTHM)                                                     \
  F (MEAN_GAP, "mean-gap", RHYTHM)                                                                 \
  F (MEAN_POST_GAP, "mean-post-gap", RHYTHM)                                                       \
  F (FOLLOWS, "follows", FOLLOWS)                                                                  \
  F (FOLLOWS_BUT_ONE, "follows-but-one", FOLLOWS)                                                  \
  F (REPEATS, "repeats", RECENT)                                                                   \
  F (IN_LAST_3, "in-last-3", RECENT)                                                               \
  F (IN_LAST_10, "in-last-10", RECENT)                                                             \
  F (RECENCY_RANK, "recency-rank", RECENT)                                                         \
  F (AGE, "age", OFTEN)                                                                            \
  F (RATE, "rate", OFTEN)                                                                          \
  F (TAGGED_POSTS_AGO, "tagged-posts-ago", RECENT)                                                 \
  F (SAME_TIME_OF_WEEK, "same-time-of-week", CALENDAR)                                             \
  F (SAME_TIME_OF_DAY, "same-time-of-day", CALENDAR)                                               \
  F (SAME_TIME_OF_YEAR, "same-time-of-year", CALENDAR)                                             \
  F (HOUR, "hour", CALENDAR)                                                                       \
  F (LETTER_GROUPS, "letter-groups", SPELLED)                                                      \
  F (LETTER_RUN, "letter-run", SPELLED)                                                            \
  F (PARTS, "parts", SPELLED)                                                                      \
  F (STARTS, "starts", SPELLED)                                                                    \
  F (MENTION, "mention", MENTION)                                                                  \
  F (DOMAIN, "domain", LINK)                                                                       \
  F (SHAPE, "shape", SHAPE)                                                                        \
  F (FIRST_WORD, "first-word", WORDS)                                                              \
  F (LAST_WORD, "last-word", WORDS)                                                                \
  F (WORD_BEST_FADED, "word-best-faded", WORDS)                                                    \
  F (WORD_ANY_FADED, "word-any-faded", WORDS)                                                      \
  F (COVERAGE, "coverage", WORDS)                                                                  \
  F (COVERAGE_BEST, "coverage-best", WORDS)                                                        \
  F (NEAREST, "nearest", SIMILAR)                                                                  \
  F (SIMILAR_3_DAYS, "similar-3-days", SIMILAR)                                                    \
  F (SIMILAR_WEEK, "similar-week", SIMILAR)                                                        \
  F (REPEAT_RATE, "repeat-rate", NONE)                                                             \
  F (SINCE_POST, "since-post", NONE)                                                               \
  F (SINCE_TAGGED, "since-tagged", NONE)                                                           \
  F (N_TAGGED, "n-tagged", NONE)                                                                   \
  F (N_TAGS, "n-tags", NONE)                                                                       \
  F (N_WORDS, "n-words", NONE)                                                                     \
  F (MEAN_TAGS, "mean-tags", NONE)

typedef enum
{
#define F(id, name, reason) BMN_TAG_FEATURE_##id,
  BMN_TAG_FEATURES (F)
#undef F
      BMN_N_TAG_FEATURES,
} BmnTagFeature;

/* The features that differ between the tags of one list. */
#define BMN_N_OWN_TAG_FEATURES BMN_TAG_FEATURE_REPEAT_RATE

/* Features that are also seen against the best tag of the list. */
#define BMN_N_RELATIVE_TAG_FEATURES 22
extern const BmnTagFeature bmn_relative_tag_features[BMN_N_RELATIVE_TAG_FEATURES];

const char *bmn_tag_feature_get_name (BmnTagFeature feature);
BmnCause bmn_tag_feature_get_cause (BmnTagFeature feature);

/**
 * bmn_tag_features_compute:
 * @query: after bmn_tag_query_run()
 *
 * Returns: (transfer full) (array): one row of %BMN_N_TAG_FEATURES for each candidate
 */
double *bmn_tag_features_compute (const BmnTagQuery *query) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
