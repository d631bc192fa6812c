#pragma once

#include "bmn-account.h"
#include "bmn-capabilities.h"
#include "bmn-limits.h"
#include "bmn-post-view.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * The values of the model as JSON, for `--json`. Names are in camel case, instants are
 * ISO 8601 in UTC, what is not known is null. Each (transfer full).
 */

JsonNode *bmn_json_from_account (const BmnAccount *account) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *
bmn_json_from_capabilities (const BmnCapabilities *capabilities) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_limits (const BmnLimits *limits) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_post_view (const BmnPostView *view) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_target (const BmnTarget *target) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *bmn_json_from_strv (GStrv strings) G_GNUC_WARN_UNUSED_RESULT;

/* Makes one value of one item of a list. */
typedef JsonNode *(*BmnJsonItemFunc) (gconstpointer item);

/* Returns: an array of what @func makes of each of @items */
JsonNode *bmn_json_from_list (GPtrArray *items, BmnJsonItemFunc func) G_GNUC_WARN_UNUSED_RESULT;

/* Closes the object that @builder began with. Returns: (transfer full): it */
JsonNode *bmn_builder_end (JsonBuilder *builder) G_GNUC_WARN_UNUSED_RESULT;

/* Adds a member: a string or null. @value: (nullable): */
void bmn_builder_add_string (JsonBuilder *builder, const char *name, const char *value);
void bmn_builder_add_int (JsonBuilder *builder, const char *name, gint64 value);
/* A number that is none becomes null. */
void bmn_builder_add_double (JsonBuilder *builder, const char *name, double value);
void bmn_builder_add_bool (JsonBuilder *builder, const char *name, gboolean value);
/* Adds an instant; 0 becomes null. */
void bmn_builder_add_instant (JsonBuilder *builder, const char *name, gint64 instant);
/* @node: (transfer full): */
void bmn_builder_add_node (JsonBuilder *builder, const char *name, JsonNode *node);

G_END_DECLS
