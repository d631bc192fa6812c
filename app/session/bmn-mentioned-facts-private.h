#pragma once

#include "bmn-checks.h"
#include "bmn-platform-reader.h"

#include "bmn-recent-answers-private.h"

G_BEGIN_DECLS

/* What servers told of mentioned accounts a short while ago, as #BmnRecentAnswers. */

BmnRecentAnswers *bmn_mentioned_facts_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* @account_id: whose server was asked: a name without one is meant there; @handle: as it is
 *   mentioned, without the @; @facts: (nullable): %NULL where nothing was told; @now: µs */
void bmn_mentioned_facts_put (BmnRecentAnswers *self,
                              gint64 account_id,
                              const char *handle,
                              const BmnAccountFacts *facts,
                              gint64 now);

/* Returns: whether its server was asked of late; @stranger: (out): (nullable): what is dubious
 *   about it, nothing where nothing was told */
gboolean bmn_mentioned_facts_get (BmnRecentAnswers *self,
                                  gint64 account_id,
                                  const char *handle,
                                  gint64 now,
                                  BmnStranger *stranger);

G_END_DECLS
