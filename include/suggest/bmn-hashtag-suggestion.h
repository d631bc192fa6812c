#pragma once

#include "bmn-reason.h"

G_BEGIN_DECLS

/**
 * BmnHashtagSuggestion:
 * @tag: lower case, without the sign
 * @display: as the account writes it most
 * @readable: (nullable): the same with a capital for each word, where @display runs words
 *   together that the account's history knows: screen readers can then tell them apart
 * @probability: chance that a post like this one carries it, among posts with hashtags;
 *   0 for experiments, of which nothing is known
 * @score: what it was ranked by; only differences within one answer mean anything
 * @is_experiment: whether the account never used it, and no other account of the user speaks
 *   for it with a probability (see bmn_engine_set_siblings())
 * @reasons: (element-type BmnReason): largest effect first
 */
typedef struct
{
  char *tag;      /* (owned) */
  char *display;  /* (owned) */
  char *readable; /* (owned) (nullable) */
  double probability;
  double score;
  gboolean is_experiment;
  GPtrArray *reasons; /* (owned) (element-type BmnReason) */
} BmnHashtagSuggestion;

void bmn_hashtag_suggestion_free (BmnHashtagSuggestion *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHashtagSuggestion, bmn_hashtag_suggestion_free)

/**
 * BmnTagIdeaSource:
 * @BMN_TAG_IDEA_FOLLOWED: a hashtag that the account follows
 * @BMN_TAG_IDEA_TRENDING: one that is trending on its server
 */
typedef enum
{
  BMN_TAG_IDEA_FOLLOWED,
  BMN_TAG_IDEA_TRENDING,
} BmnTagIdeaSource;

/**
 * BmnTagIdea:
 * @tag: with or without the sign, as it is written there
 *
 * A hashtag from outside the account's history.
 */
typedef struct
{
  const char *tag;
  BmnTagIdeaSource source;
} BmnTagIdea;

G_END_DECLS
