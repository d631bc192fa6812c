#pragma once

#include "bmn-advice.h"
#include "bmn-session-preferences.h"

G_BEGIN_DECLS

/* Both take out what the user does not want, and wait for the disk, briefly; any thread. */

/* @findings: (nullable) (transfer full): Returns: (transfer full) (nullable): the same list */
GPtrArray *bmn_preferences_filter_findings (BmnSession *session,
                                            GPtrArray *findings,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean bmn_preferences_filter_advice (BmnSession *session, BmnAdvice *advice, GError **error);

G_END_DECLS
