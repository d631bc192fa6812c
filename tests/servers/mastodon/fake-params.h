#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Adds the pairs of a query or form body to @params, with names as Rails reads them: "a[]" is an
 * array, "a[b]" an object. FALSE where the text is not a form. */
gboolean fake_params_add_form (JsonObject *params, const char *form);
/* Adds the members of a JSON object. FALSE where the text is not an object or nested too deep. */
gboolean fake_params_add_json (JsonObject *params, GBytes *json);
/* Adds the fields of a multipart body; the part named "file" is set aside with its type, NULL
 * where it declares none. */
gboolean fake_params_add_multipart (
    JsonObject *params, SoupMessageHeaders *headers, GBytes *body, GBytes **file, char **file_type);

G_END_DECLS
