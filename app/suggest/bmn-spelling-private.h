#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a hashtag can be spelled out by a draft: `#ParisAgreement` by "the Paris agreement".
 * The draft side is its letters without blanks and the beginnings of its words; the tag
 * side its own letter groups and the parts its capitals show.
 */
typedef struct
{
  char *compact;  /* (owned): lower case, nothing but word characters */
  GArray *grams;  /* (owned) (element-type guint64): hashes of groups of 3 and 4, sorted */
  GArray *starts; /* (owned) (element-type guint64): hashes of whole words and of the first
                     five letters of longer ones, sorted */
} BmnSpelling;

/* @lower_plain: a draft without links, in lower case */
BmnSpelling *bmn_spelling_new (const char *lower_plain) G_GNUC_WARN_UNUSED_RESULT;
void bmn_spelling_free (BmnSpelling *spelling);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSpelling, bmn_spelling_free)

gboolean bmn_spelling_has_gram (const BmnSpelling *spelling, guint64 gram);
gboolean bmn_spelling_has_start (const BmnSpelling *spelling, guint64 start);

/* Length of a tag's letter groups: 4, for short names 3. */
guint bmn_spelling_gram_length (const char *name);

/* Returns: (transfer full) (element-type guint64): hashes of the letter groups of @name in
 *   order, at least one */
GArray *bmn_spelling_grams_of (const char *name) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type utf8): the parts that capitals and digits show,
 *   those of three letters or more: `ParisAgreement` gives `Paris`, `Agreement` */
GPtrArray *bmn_spelling_parts_of (const char *written) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: hash of the first five letters of @word */
guint64 bmn_spelling_start_of (const char *word);

G_END_DECLS
