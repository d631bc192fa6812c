#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* BmnSpeller: the spelling of one language, by the dictionaries of this computer. */

#define BMN_TYPE_SPELLER (bmn_speller_get_type ())
G_DECLARE_FINAL_TYPE (BmnSpeller, bmn_speller, BMN, SPELLER, GObject)

BmnSpeller *bmn_speller_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_speller_set_language:
 * @language: (nullable): BCP 47; %NULL switches it off
 *
 * Without a dictionary every word counts as right. Emits #BmnSpeller::changed.
 */
void bmn_speller_set_language (BmnSpeller *self, const char *language);
/* Returns: whether there is a dictionary */
gboolean bmn_speller_is_on (BmnSpeller *self);

/* @length: in bytes: Returns: whether the word is spelt right, as far as is known */
gboolean bmn_speller_check (BmnSpeller *self, const char *word, gssize length);
/* Returns: (transfer full): better words, best first, a few */
GStrv bmn_speller_suggest (BmnSpeller *self, const char *word) G_GNUC_WARN_UNUSED_RESULT;
/* Adds a word to the user's own dictionary. */
void bmn_speller_add (BmnSpeller *self, const char *word);

/* Signals: BmnSpeller::changed (): other words are right by now */

G_END_DECLS
