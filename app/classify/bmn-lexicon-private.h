#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnWordRole:
 * @BMN_WORD_UNKNOWN: the lexicon does not hold the word
 * @BMN_WORD_VALUED: colours the text by its value
 * @BMN_WORD_NEGATOR: turns what follows into its opposite ("not")
 * @BMN_WORD_BOOSTER: makes what follows stronger ("very")
 * @BMN_WORD_DAMPER: makes what follows weaker ("slightly")
 * @BMN_WORD_TURN: what follows counts more than what came before ("but")
 */
typedef enum
{
  BMN_WORD_UNKNOWN,
  BMN_WORD_VALUED,
  BMN_WORD_NEGATOR,
  BMN_WORD_BOOSTER,
  BMN_WORD_DAMPER,
  BMN_WORD_TURN,
} BmnWordRole;

/**
 * BmnWordSense:
 * @role: what the word does
 * @value: −4…+4 for %BMN_WORD_VALUED, else 0
 */
typedef struct
{
  BmnWordRole role;
  float value;
} BmnWordSense;

/**
 * BmnLexicon:
 *
 * The words of one language that colour a text. Does not change once made, so it can be read
 * from several threads.
 */
typedef struct _BmnLexicon BmnLexicon;

/**
 * bmn_lexicon_new:
 * @data: a word list; the comment at the top of data/lexicon/en.txt describes its form. Words
 *   are found without their accents as well, as people often type them, unless the list says
 *   that accents matter
 * @error: %BMN_ERROR_DAMAGED with the line that cannot be read
 */
BmnLexicon *bmn_lexicon_new (GBytes *data, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_lexicon_free (BmnLexicon *lexicon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnLexicon, bmn_lexicon_free)

/**
 * bmn_lexicon_look_up:
 * @lexicon: (nullable): %NULL knows no words
 * @form: in lower case, without apostrophes
 *
 * Finds @form itself, or else the longest entry `stem*` that it begins with.
 */
BmnWordSense bmn_lexicon_look_up (const BmnLexicon *lexicon, const char *form);

G_END_DECLS
