#pragma once

#include "bmn-engine-private.h"
#include "bmn-reason.h"

G_BEGIN_DECLS

/* Reasons shown for one thing. */
#define BMN_MAX_REASONS 3

/* What lowers a score by less than this, when taken away, is no reason to name. */
#define BMN_MIN_EFFECT 0.02

/**
 * bmn_tag_reasons_explain:
 * @ranking: what bmn_tag_ranker_rank() made of the engine's present query
 * @place: of the tag in it
 *
 * Names the causes whose being at their mean would lower the tag's score the most, with
 * what the history says about each. A cause without anything to show for it is left out.
 *
 * Returns: (transfer full) (element-type BmnReason): largest effect first
 */
GPtrArray *bmn_tag_reasons_explain (const BmnEngine *engine,
                                    const BmnTagRanking *ranking,
                                    guint place) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnReason): likewise what moves a forecast up and
 *   down, largest effect in either direction first */
GPtrArray *bmn_forecast_reasons_explain (const BmnEngine *engine,
                                         const BmnReading *reading,
                                         const BmnMoment *moment,
                                         const BmnPrediction *prediction) G_GNUC_WARN_UNUSED_RESULT;

/* Adds the id of the post with this number to @ids, where there is room. */
void bmn_reasons_add_example (const BmnEngine *engine, GArray *ids, guint post);

G_END_DECLS
