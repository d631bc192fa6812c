#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * bmn_hashtag_fold:
 * @tag: with or without its # or ＃
 *
 * Makes tags comparable that readers and platforms take for the same one: `#Café`, `＃CAFÉ`
 * and `cafe` + combining acute all give `café`. Unicode's NFKC_Casefold.
 *
 * Returns: (transfer full): the folded tag without its sigil, or %NULL with
 *   %BMN_ERROR_INVALID where @tag is not UTF-8
 */
char *bmn_hashtag_fold (const char *tag, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
