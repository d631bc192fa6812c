#pragma once

#include "bmn-forecaster-private.h"

G_BEGIN_DECLS

/* Fills @x (%BMN_N_LIFT_FEATURES) with what @forecaster knows of @reading at @moment. */
void bmn_lift_features_compute (BmnForecaster *forecaster,
                                BmnReader *reader,
                                const BmnReading *reading,
                                const BmnMoment *moment,
                                double base,
                                double *x);

/* Returns: (transfer full) (element-type guint): see bmn_fragments_of() */
GArray *
bmn_lift_fragments_of (BmnReader *reader, const BmnReading *reading) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type guint64): keys of the words, hashtags and shape of a
 *   text: what the linear model over all things adds up */
GArray *
bmn_lift_model_keys (const BmnReading *reading, const BmnMoment *moment) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
