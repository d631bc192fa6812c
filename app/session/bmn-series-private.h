#pragma once

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

/**
 * bmn_series_replan:
 *
 * Computes the instants of all planned targets again from their wall-clock times: when the
 * rules of a zone change, the wall clock wins.
 */
gboolean bmn_series_replan (BmnTransaction *tx, GError **error);

G_END_DECLS
