#pragma once

#include "bmn-lexicon-private.h"

G_BEGIN_DECLS

/* Texts are judged by their first tokens: a post has far fewer, and a pasted book must not
 * hold up the caller. */
#define BMN_MAX_TOKENS 600

/**
 * BmnTokenKind:
 * @BMN_TOKEN_WORD: letters and digits
 * @BMN_TOKEN_NUMBER: digits; the form is a zero for each
 * @BMN_TOKEN_EMOJI: a pictograph, its modifiers in its span
 * @BMN_TOKEN_EMOTICON: a smiley made of ASCII characters
 * @BMN_TOKEN_URL: a link; all have the same form
 * @BMN_TOKEN_MENTION: a name after an @; all have the same form
 * @BMN_TOKEN_MARK: a run of the same punctuation mark
 */
typedef enum
{
  BMN_TOKEN_WORD,
  BMN_TOKEN_NUMBER,
  BMN_TOKEN_EMOJI,
  BMN_TOKEN_EMOTICON,
  BMN_TOKEN_URL,
  BMN_TOKEN_MENTION,
  BMN_TOKEN_MARK,
} BmnTokenKind;

/**
 * BmnToken:
 * @start: in bytes of the text
 * @end: in bytes of the text
 * @form: lower case, no apostrophes, letters repeated twice at most
 * @plain: @form with no letter repeated where it was drawn out, else @form
 * @loud: in capitals, which a text in capitals throughout is not
 * @drawn: with a letter more than twice in a row ("sooo")
 * @tag: stands in a hashtag
 */
typedef struct
{
  BmnTokenKind kind;
  gsize start;
  gsize end;
  const char *form;
  const char *plain;
  gboolean loud;
  gboolean drawn;
  gboolean tag;
} BmnToken;

/**
 * BmnTokens:
 * @list: (element-type BmnToken):
 * @strings: holds the forms
 *
 * A text taken apart for classification. Unlike ICU's word boundaries this keeps smileys and
 * runs of marks together, splits CamelCase hashtags, and takes "l'amour" as two words and
 * "don't" as one.
 */
typedef struct
{
  GArray *list;          /* (owned) */
  GStringChunk *strings; /* (owned) */
} BmnTokens;

/**
 * bmn_tokens_new:
 * @text: any bytes; those that are not UTF-8 count as spaces
 * @length: in bytes
 * @symbols: (nullable): knows the smileys
 */
BmnTokens *bmn_tokens_new (const char *text,
                           gsize length,
                           const BmnLexicon *symbols) G_GNUC_WARN_UNUSED_RESULT;
void bmn_tokens_free (BmnTokens *tokens);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTokens, bmn_tokens_free)

G_END_DECLS
