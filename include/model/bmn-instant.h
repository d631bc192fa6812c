#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Instants are gint64 microseconds since 1970-01-01T00:00:00Z (as g_get_real_time()),
 * everywhere: in the model, the store and between modules.
 */

/* Returns: (transfer full): `2026-12-01T09:00:00Z`; microseconds only where they are not 0 */
char *bmn_instant_format (gint64 instant) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_instant_parse:
 * @text: ISO 8601 with an offset or `Z`
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for anything else
 */
gboolean bmn_instant_parse (const char *text, gint64 *instant, GError **error);

G_END_DECLS
