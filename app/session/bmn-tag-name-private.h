#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): @tag, with or without its sign and in any case, as the engine names
 * hashtags; empty for what is none */
char *bmn_tag_name (const char *tag) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
