#pragma once

#include "bmn-account-levers.h"
#include "bmn-engine.h"
#include "bmn-shown-suggestion.h"
#include "bmn-suggestion-report.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the engine says, as JSON. Each (transfer full). */

/* Both (element-type BmnHashtagSuggestion) */
JsonNode *bmn_json_from_hashtags (gint64 account_id,
                                  GPtrArray *suggestions,
                                  GPtrArray *experiments,
                                  GStrv lacks) G_GNUC_WARN_UNUSED_RESULT;
/* @topics: (element-type BmnTopic): */
JsonNode *bmn_json_from_topics (gint64 account_id, GPtrArray *topics) G_GNUC_WARN_UNUSED_RESULT;
/* @hours: 168 of them; @best: (element-type BmnPostingTime): */
JsonNode *bmn_json_from_times (const BmnPostingHour *hours, GArray *best) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_forecast (const BmnForecast *forecast) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_audit (const BmnAudit *audit) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_track_record (const BmnTrackRecord *record) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
bmn_json_from_levers (gint64 account_id, const BmnAccountLevers *levers) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
bmn_json_from_shown_suggestion (const BmnShownSuggestion *suggestion) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
bmn_json_from_suggestion_report (const BmnSuggestionReport *report) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
