#pragma once

#include "bmn-post.h"
#include "bmn-store.h"
#include "bmn-target.h"

G_BEGIN_DECLS

/**
 * bmn_series_extend:
 * @now: µs
 *
 * Sees to it that every series (a post with a recurrence rule) has its next date planned on
 * each of its accounts: a post of its own with the pattern's content. Dates that passed while
 * the computer was off are not made up for. Doing it again changes nothing.
 */
gboolean bmn_series_extend (BmnTransaction *tx, gint64 now, GError **error);

/* Plans the date after @repetition, which is about to be deleted, so that its own date is not
 * planned again. Nothing to do for a post that repeats none. */
gboolean
bmn_series_skip (BmnTransaction *tx, const BmnPost *repetition, gint64 now, GError **error);

/**
 * bmn_series_follow:
 * @pattern: as it is stored by now
 * @new_dates: whether its rule or its time changed
 *
 * Repetitions that still wait take over the pattern's content. With @new_dates they are
 * deleted (cancelled where a server may hold them), and bmn_series_extend() plans the next date
 * anew.
 */
gboolean bmn_series_follow (
    BmnTransaction *tx, const BmnPost *pattern, gboolean new_dates, gint64 now, GError **error);

/**
 * bmn_series_replan:
 *
 * Computes the instants of all planned targets again from their wall-clock times, as far as
 * they lie ahead: when the rules of a zone change, the wall clock wins.
 */
gboolean bmn_series_replan (BmnTransaction *tx, gint64 now, GError **error);

G_END_DECLS
