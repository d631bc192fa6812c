#pragma once

#include "bmn-code-points-private.h"

G_BEGIN_DECLS

/**
 * BmnUrlGrammar:
 * @schemes: which schemes a link may have, up to and with `://`, ended by %NULL
 * @bare: whether a domain alone is a link
 * @is_path_char: what a path may consist of, besides balanced parentheses
 * @is_path_end: what a path may end in, besides balanced parentheses
 * @is_query_char: what a query may consist of
 * @is_query_end: what a query may end in
 *
 * How one platform reads links. All follow the same grammar: an optional scheme, a domain,
 * an optional port, path and query.
 */
typedef struct
{
  const char *const *schemes;
  gboolean bare;
  gboolean (*is_path_char) (UChar32 c);
  gboolean (*is_path_end) (UChar32 c);
  gboolean (*is_query_char) (UChar32 c);
  gboolean (*is_query_end) (UChar32 c);
} BmnUrlGrammar;

/* The grammar of X, and that of Mastodon, which widens it to most of Unicode. */
extern const BmnUrlGrammar bmn_url_grammar_x;
extern const BmnUrlGrammar bmn_url_grammar_mastodon;

/* Called for each link, in the order of the text, with its code points' range. */
typedef void (*BmnUrlFound) (
    const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme, gpointer user_data);

/* Finds the links of a text in linear time. */
void bmn_url_scan (const BmnCodePoints *points,
                   const BmnUrlGrammar *grammar,
                   BmnUrlFound found,
                   gpointer user_data);

G_END_DECLS
