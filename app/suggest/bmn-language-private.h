#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bmn_language_of:
 * @declared: (nullable): BCP 47, as the post says
 *
 * Returns: (transfer none): what @declared says, or else the language of ours whose function
 *   words @text has most, or `und`
 */
const char *bmn_language_of (const char *declared, const char *text);

G_END_DECLS
