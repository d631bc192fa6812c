#pragma once

#include "bmn-engine.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the engine says, as JSON. Each (transfer full). */

/* @suggestions: (element-type BmnHashtagSuggestion): */
JsonNode *bmn_json_from_hashtags (GPtrArray *suggestions) G_GNUC_WARN_UNUSED_RESULT;
/* @topics: (element-type BmnTopic): */
JsonNode *bmn_json_from_topics (GPtrArray *topics) G_GNUC_WARN_UNUSED_RESULT;
/* @hours: 168 of them; @best: (element-type BmnPostingTime): */
JsonNode *bmn_json_from_times (const BmnPostingHour *hours, GArray *best) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_forecast (const BmnForecast *forecast) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_audit (const BmnAudit *audit) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_track_record (const BmnTrackRecord *record) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
