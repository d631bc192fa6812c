#pragma once

#include "bmn-cause-private.h"

G_BEGIN_DECLS

/*
 * The features of one text at one moment from which its engagement is forecast: name, and
 * what they are a reason of. "Lift" is the logarithm of a post's engagement less the
 * median of the account's last posts.
 */
#define BMN_LIFT_FEATURES(F)                                                                       \
  F (ONE, "one", NONE)                                                                             \
  F (WORD_MEAN, "word-mean", WORDS)                                                                \
  F (WORD_MAX, "word-max", WORDS)                                                                  \
  F (WORD_MIN, "word-min", WORDS)                                                                  \
  F (WORD_SUM, "word-sum", WORDS)                                                                  \
  F (MENTION_MEAN, "mention-mean", MENTION)                                                        \
  F (TAG_MEAN, "tag-mean", TAGS)                                                                   \
  F (TAG_MAX, "tag-max", TAGS)                                                                     \
  F (SIMILAR, "similar", SIMILAR)                                                                  \
  F (SIMILAR_45_DAYS, "similar-45-days", SIMILAR)                                                  \
  F (SHAPE, "shape", STYLE)                                                                        \
  F (WEEK_HOUR, "week-hour", TIME)                                                                 \
  F (LAST_3, "last-3", LEVEL)                                                                      \
  F (LAST_20, "last-20", LEVEL)                                                                    \
  F (LAST, "last", LEVEL)                                                                          \
  F (DRAFT_LENGTH, "draft-length", LENGTH)                                                         \
  F (N_TAGS, "n-tags", TAGS)                                                                       \
  F (N_MENTIONS, "n-mentions", MENTION)                                                            \
  F (HAS_LINK, "has-link", LINK)                                                                   \
  F (HAS_PICTURE, "has-picture", LINK)                                                             \
  F (QUESTION, "question", STYLE)                                                                  \
  F (QUOTE, "quote", STYLE)                                                                        \
  F (N_WORDS, "n-words", LENGTH)                                                                   \
  F (LEARNT_SUM, "learnt-sum", WORDS)                                                              \
  F (LEVEL_FAST, "level-fast", LEVEL)                                                              \
  F (LEVEL_SLOW, "level-slow", LEVEL)                                                              \
  F (LEVEL_SLOPE, "level-slope", LEVEL)                                                            \
  F (WORD_FADED_MEAN, "word-faded-mean", WORDS)                                                    \
  F (WORD_FADED_MAX, "word-faded-max", WORDS)                                                      \
  F (WORD_FADED_MIN, "word-faded-min", WORDS)                                                      \
  F (WORD_WEIGHTED, "word-weighted", WORDS)                                                        \
  F (MENTION_FADED, "mention-faded", MENTION)                                                      \
  F (TAG_FADED, "tag-faded", TAGS)                                                                 \
  F (FRAGMENTS, "fragments", WORDS)                                                                \
  F (DOMAIN, "domain", LINK)                                                                       \
  F (FIRST_WORD, "first-word", WORDS)                                                              \
  F (HOUR, "hour", TIME)                                                                           \
  F (WEEKDAY, "weekday", TIME)                                                                     \
  F (GAP, "gap", DENSITY)                                                                          \
  F (POSTS_HOUR, "posts-hour", DENSITY)                                                            \
  F (POSTS_DAY, "posts-day", DENSITY)                                                              \
  F (DUPLICATE, "duplicate", REPETITION)                                                           \
  F (DUPLICATE_LIFT, "duplicate-lift", REPETITION)                                                 \
  F (SIMILAR_14_DAYS, "similar-14-days", SIMILAR)                                                  \
  F (LENGTH, "length", LENGTH)                                                                     \
  F (STARTS_UPPER, "starts-upper", STYLE)                                                          \
  F (EMOJI, "emoji", STYLE)                                                                        \
  F (CAPITALS, "capitals", STYLE)                                                                  \
  F (EXCLAMATIONS, "exclamations", STYLE)                                                          \
  F (DIGITS, "digits", STYLE)                                                                      \
  F (THREAD, "thread", DENSITY)                                                                    \
  F (REPOST_STYLE, "repost-style", STYLE)                                                          \
  F (SIMILAR_TIGHT, "similar-tight", SIMILAR)                                                      \
  F (WORD_SPREAD, "word-spread", WORDS)                                                            \
  F (ERROR_LEVEL, "error-level", LEVEL)                                                            \
  F (MENTION_BEST, "mention-best", MENTION)

typedef enum
{
#define F(id, name, cause) BMN_LIFT_FEATURE_##id,
  BMN_LIFT_FEATURES (F)
#undef F
      BMN_N_LIFT_FEATURES,
} BmnLiftFeature;

const char *bmn_lift_feature_get_name (BmnLiftFeature feature);
BmnCause bmn_lift_feature_get_cause (BmnLiftFeature feature);

G_END_DECLS
