#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * bench_json_parse:
 * @line: one JSON object; its depth is checked before anything is parsed
 *
 * Returns: (transfer full) (nullable): %NULL with @problem set where it is none
 */
JsonNode *bench_json_parse (const char *line, const char **problem) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (nullable): the string @name of @object; %NULL where there is none */
const char *bench_json_get_string (JsonObject *object, const char *name);

/* Returns: the whole number @name of @object, or @fallback */
gint64 bench_json_get_int (JsonObject *object, const char *name, gint64 fallback);

/* Returns: the truth value @name of @object; %FALSE where there is none */
gboolean bench_json_get_boolean (JsonObject *object, const char *name);

G_END_DECLS
