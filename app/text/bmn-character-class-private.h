#pragma once

#include <glib.h>
#include <unicode/uchar.h>

G_BEGIN_DECLS

/* Classes of characters that the rules of several platforms share. */

static inline gboolean
bmn_is_ascii_alnum (UChar32 c)
{
  return c < 0x80 && g_ascii_isalnum (c);
}

/* Letters of ASCII, digits of ASCII and the underscore. */
static inline gboolean
bmn_is_ascii_word (UChar32 c)
{
  return bmn_is_ascii_alnum (c) || c == '_';
}

/* Letters and the marks on them. */
static inline gboolean
bmn_is_letter (UChar32 c)
{
  return (U_MASK (u_charType (c)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

/* What Ruby calls a word character: letters, marks, decimal digits, connectors such as _. */
static inline gboolean
bmn_is_word (UChar32 c)
{
  return (U_MASK (u_charType (c)) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK)) != 0;
}

static inline gboolean
bmn_is_punctuation (UChar32 c)
{
  return (U_MASK (u_charType (c)) & U_GC_P_MASK) != 0;
}

static inline gboolean
bmn_is_hash_sign (UChar32 c)
{
  return c == '#' || c == 0xff03;
}

static inline gboolean
bmn_is_at_sign (UChar32 c)
{
  return c == '@' || c == 0xff20;
}

/* Latin letters with accents, and combining marks, as twitter-text lists them. */
gboolean bmn_is_latin_accent (UChar32 c);
/* White space as twitter-text lists it. */
gboolean bmn_is_x_space (UChar32 c);
/* Marks that set the direction of writing. */
gboolean bmn_is_direction_mark (UChar32 c);
/* Characters that X refuses anywhere in a post. */
gboolean bmn_is_x_refused (UChar32 c);
/* Whether @c may stand in the label of a domain, apart from hyphen and underscore. */
gboolean bmn_is_domain_char (UChar32 c);

G_END_DECLS
