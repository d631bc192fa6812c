#pragma once

#include "bmn-finding.h"
#include "bmn-forecast.h"
#include "bmn-hashtag-suggestion.h"
#include "bmn-posting-time.h"
#include "bmn-topic.h"

G_BEGIN_DECLS

/**
 * BmnAdvice:
 * @account_id: the account it is about
 * @when: µs since the epoch: when the post was thought to go out
 * @hashtags: (element-type BmnHashtagSuggestion): best first, those already in the draft left
 *   out; a pinned one first of all
 * @is_plain: whether @hashtags are those used last, because the account's own track record
 *   shows that ranking them by the draft does no better; each then says so in its reasons
 * @experiments: (element-type BmnHashtagSuggestion): hashtags that the account never used
 * @lacks: why hashtags that the account follows, or that are trending, are not among
 *   @experiments, a sentence each, translated; empty where both are known
 * @topics_due: (element-type BmnTopic): what is due again or was left out for long, the topic
 *   that did best first
 * @has_topics: whether @topics_due are those of now. They take the engine a while, so they are
 *   looked for once nobody has asked anything for a second; the next advice has them
 * @times: (element-type BmnPostingTime): the best free times of the next seven days, or of the
 *   seven from @when on where that is later, best first
 * @forecast: what the draft may get at @when; it tells itself whether it knows enough
 * @findings: (element-type BmnFinding): by part, then severest first; places are in bytes of
 *   the part's text
 *
 * All that the engine and the checks say of a draft on one account, as one state of the data.
 * Every list may be empty. Reasons name history posts by id: bmn_session_list_history_posts()
 * gives them.
 */
typedef struct
{
  gint64 account_id;
  gint64 when;
  GPtrArray *hashtags; /* (owned) */
  gboolean is_plain;
  GPtrArray *experiments; /* (owned) */
  GStrv lacks;            /* (owned) */
  GPtrArray *topics_due;  /* (owned) */
  gboolean has_topics;
  GArray *times;         /* (owned) */
  BmnForecast *forecast; /* (owned) */
  GPtrArray *findings;   /* (owned) */
} BmnAdvice;

/* How much of each a #BmnAdvice holds at most. */
#define BMN_ADVICE_MAX_HASHTAGS 10
#define BMN_ADVICE_MAX_EXPERIMENTS 3
#define BMN_ADVICE_MAX_TOPICS 5
#define BMN_ADVICE_MAX_TIMES 5

void bmn_advice_free (BmnAdvice *advice);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAdvice, bmn_advice_free)

G_END_DECLS
