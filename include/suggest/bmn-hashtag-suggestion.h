#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnHashtagSuggestion:
 * @tag: lower case, without the sign
 * @display: as the account writes it most
 * @probability: chance that a post like this one carries it, among posts with hashtags
 * @score: what it was ranked by; only differences within one answer mean anything
 */
typedef struct
{
  char *tag;     /* (owned) */
  char *display; /* (owned) */
  double probability;
  double score;
} BmnHashtagSuggestion;

void bmn_hashtag_suggestion_free (BmnHashtagSuggestion *suggestion);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnHashtagSuggestion, bmn_hashtag_suggestion_free)

G_END_DECLS
