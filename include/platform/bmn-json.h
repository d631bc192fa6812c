#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/*
 * JSON from outside. json-glib 1.6 has no depth limit, so nesting is measured before parsing;
 * members are read with their type checked, so that a wrong type is an answer like any other.
 */

#define BMN_JSON_MAX_DEPTH 64

/* Returns: (transfer full): %NULL with %BMN_PLATFORM_ERROR_BAD_REPLY for anything but valid
 *   UTF-8 JSON nested at most %BMN_JSON_MAX_DEPTH deep */
JsonNode *bmn_json_parse (GBytes *bytes, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Each returns the member, or %NULL (0, %FALSE) where @object is %NULL or the member is
 * missing, null or of another type. (transfer none) */
const char *bmn_json_get_string (JsonObject *object, const char *member);
JsonObject *bmn_json_get_object (JsonObject *object, const char *member);
JsonArray *bmn_json_get_array (JsonObject *object, const char *member);
gboolean bmn_json_get_bool (JsonObject *object, const char *member);
/* @value is left alone where there is no whole number. Returns: whether there was one */
gboolean bmn_json_get_int (JsonObject *object, const char *member, gint64 *value);
/* Returns: (nullable) (transfer none): the object at @index of @array */
JsonObject *bmn_json_get_element_object (JsonArray *array, guint index);
/* Returns: (nullable) (transfer none): the object in @node, %NULL for anything else */
JsonObject *bmn_json_node_object (JsonNode *node);

/* Each adds a member to the object that @builder is in. @value: (nullable): adds nothing */
void bmn_json_add_string (JsonBuilder *builder, const char *member, const char *value);
void bmn_json_add_int (JsonBuilder *builder, const char *member, gint64 value);
void bmn_json_add_bool (JsonBuilder *builder, const char *member, gboolean value);

/* Returns: (transfer full): compact UTF-8 */
char *bmn_json_to_string (JsonNode *node) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
