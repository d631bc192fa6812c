#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bmn_html_to_text:
 * @html: a fragment, however broken
 *
 * Returns: (transfer full): its text as people read it: entities resolved, line breaks and
 *   paragraphs as new lines, without tags, scripts and outer blanks
 */
char *bmn_html_to_text (const char *html) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
