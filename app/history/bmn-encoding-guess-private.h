#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): the encoding that the text @bytes, or its head, is probably in, as
 * iconv names it */
char *bmn_encoding_guess (const guint8 *bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
