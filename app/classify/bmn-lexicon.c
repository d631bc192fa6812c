#include "bmn-lexicon-private.h"

#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A line of a list for a language in which they tell common words apart. */
#define ACCENTS_MATTER "accents matter"

struct _BmnLexicon
{
  GHashTable *words; /* (owned) (element-type utf8 BmnWordSense) */
  GHashTable *stems; /* (owned) (element-type utf8 BmnWordSense) */
  gsize longest_stem;
  gboolean accents_matter;
};

static const struct
{
  const char *name;
  BmnWordRole role;
} roles[] = {
  { "negate", BMN_WORD_NEGATOR },
  { "boost", BMN_WORD_BOOSTER },
  { "damp", BMN_WORD_DAMPER },
  { "turn", BMN_WORD_TURN },
};

/* The words "aeiou" of "àéîõü": the decomposed form without its marks. */
static char *
without_accents (const char *word)
{
  g_autofree char *decomposed = g_utf8_normalize (word, -1, G_NORMALIZE_NFD);
  g_autoptr (GString) plain = g_string_new (NULL);
  for (const char *p = decomposed; *p; p = g_utf8_next_char (p))
    if (!g_unichar_ismark (g_utf8_get_char (p)))
      g_string_append_unichar (plain, g_utf8_get_char (p));
  return g_string_free (g_steal_pointer (&plain), FALSE);
}

static void
insert (BmnLexicon *lexicon, const char *word, BmnWordSense sense)
{
  gsize length = strlen (word);
  gboolean is_stem = length > 1 && word[length - 1] == '*';
  g_autofree char *key = g_strndup (word, is_stem ? length - 1 : length);
  GHashTable *table = is_stem ? lexicon->stems : lexicon->words;
  /* The first entry of a word stands: the lists go from strong to weak. */
  if (g_hash_table_contains (table, key))
    return;
  if (is_stem)
    lexicon->longest_stem = MAX (lexicon->longest_stem, length - 1);
  g_hash_table_insert (table, g_steal_pointer (&key), g_memdup2 (&sense, sizeof sense));
}

/* Smileys such as ":*" end in an asterisk that is no wildcard. */
static gboolean
is_symbol (const char *word)
{
  return !g_unichar_isalnum (g_utf8_get_char (word));
}

static void
add_word (BmnLexicon *lexicon, const char *word, BmnWordSense sense)
{
  if (is_symbol (word))
    {
      g_hash_table_insert (lexicon->words, g_strdup (word), g_memdup2 (&sense, sizeof sense));
      return;
    }
  g_auto (GStrv) pieces = g_strsplit (word, "'", -1);
  g_autofree char *form = g_strjoinv ("", pieces);
  insert (lexicon, form, sense);
  if (lexicon->accents_matter)
    return;
  g_autofree char *plain = without_accents (form);
  insert (lexicon, plain, sense);
}

static gboolean
parse_sense (const char *head, BmnWordSense *sense)
{
  for (gsize i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (head, roles[i].name))
      {
        *sense = (BmnWordSense){ roles[i].role, 0 };
        return TRUE;
      }
  char *end;
  double value = g_ascii_strtod (head, &end);
  if (end == head || *end || !(value >= -4 && value <= 4))
    return FALSE;
  *sense = (BmnWordSense){ BMN_WORD_VALUED, (float)value };
  return TRUE;
}

static gboolean
parse_line (BmnLexicon *lexicon, const char *line)
{
  if (line[0] == '#' || line[0] == '\0')
    return TRUE;
  if (g_str_equal (line, ACCENTS_MATTER))
    {
      lexicon->accents_matter = TRUE;
      return TRUE;
    }
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  BmnWordSense sense;
  if (!parse_sense (words[0], &sense))
    return FALSE;
  for (char **word = words + 1; *word; word++)
    if (**word)
      add_word (lexicon, *word, sense);
  return TRUE;
}

BmnLexicon *
bmn_lexicon_new (GBytes *data, GError **error)
{
  g_autoptr (BmnLexicon) lexicon = g_new0 (BmnLexicon, 1);
  lexicon->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  lexicon->stems = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  gsize size;
  const char *start = g_bytes_get_data (data, &size);
  g_autofree char *text = g_strndup (start ? start : "", size);
  if (!g_utf8_validate (text, -1, NULL))
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_DAMAGED,
                           _ ("A word list is not valid UTF-8. Install Bellman again."));
      return NULL;
    }
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i]; i++)
    if (!parse_line (lexicon, lines[i]))
      {
        g_set_error (error, BMN_ERROR, BMN_ERROR_DAMAGED,
                     _ ("Line %u of a word list cannot be read. Install Bellman again."), i + 1);
        return NULL;
      }
  return g_steal_pointer (&lexicon);
}

void
bmn_lexicon_free (BmnLexicon *lexicon)
{
  g_clear_pointer (&lexicon->words, g_hash_table_unref);
  g_clear_pointer (&lexicon->stems, g_hash_table_unref);
  g_free (lexicon);
}

BmnWordSense
bmn_lexicon_look_up (const BmnLexicon *lexicon, const char *form)
{
  if (!lexicon)
    return (BmnWordSense){ BMN_WORD_UNKNOWN, 0 };
  const BmnWordSense *found = g_hash_table_lookup (lexicon->words, form);
  if (found)
    return *found;
  g_autofree char *stem = g_strndup (form, lexicon->longest_stem);
  for (gsize length = strlen (stem); length >= 2; length--)
    {
      stem[length] = '\0';
      found = g_hash_table_lookup (lexicon->stems, stem);
      if (found)
        return *found;
    }
  return (BmnWordSense){ BMN_WORD_UNKNOWN, 0 };
}
