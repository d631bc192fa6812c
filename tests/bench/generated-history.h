#pragma once

#include "bmn-history-post.h"

G_BEGIN_DECLS

/**
 * generated_history_new:
 * @seed: the same seed gives the same history
 *
 * Makes up a history for measuring: words and hashtags by Zipf's law, hashtags that go with
 * topics and come in waves, ten years of posts, one in six a reply, counts that depend on
 * topic, hour and chance.
 *
 * Returns: (transfer full) (element-type BmnHistoryPost): @n_posts by time, with counts
 */
GPtrArray *generated_history_new (guint n_posts, guint32 seed) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: µs: when the first post of every generated history went out */
gint64 generated_history_start (void);

G_END_DECLS
