#include "bmn-language.h"

#include <math.h>
#include <string.h>
#include <unicode/uchar.h>

#include "bmn-code-points-private.h"
#include "bmn-entity-finder.h"
#include "bmn-entity.h"
#include "bmn-language-profile-private.h"
#include "bmn-segmenter.h"

/* A post needs no more to be known, and a book must not take long. */
#define MAX_BYTES 4000

/* What a sign of a language is worth, in bits, were it of one language alone. A letter that a
 * language does not have speaks against it, but names and loans have such letters too. */
#define ENDING_SHARE 0.4
#define LETTER_SHARE 0.5
#define FOREIGN_LETTER_COST 1.0
/* Bits by which the best guess has to lead to be half certain. */
#define HALF_CERTAIN_LEAD 2.0
/* Below this nothing was found that speaks for any language. */
#define MIN_SCORE 2.0
/* How certain a language is of which nothing but a script it shares is known. */
#define SCRIPT_CONFIDENCE 0.3
#define MAX_ENDING_CHARS 6

typedef struct
{
  GHashTable *words;   /* (owned) (element-type utf8 uint32): bits of the profiles that have it */
  GHashTable *endings; /* (owned) (element-type utf8 uint32) */
  GHashTable *letters; /* (owned) (element-type uint uint32) */
} Index;

typedef struct
{
  UScriptCode script;
  const char *tag;
} ScriptLanguage;

/* Scripts that one language alone is commonly written in. */
static const ScriptLanguage script_languages[] = {
  { USCRIPT_GREEK, "el" },    { USCRIPT_HEBREW, "he" },    { USCRIPT_THAI, "th" },
  { USCRIPT_LAO, "lo" },      { USCRIPT_KHMER, "km" },     { USCRIPT_MYANMAR, "my" },
  { USCRIPT_HANGUL, "ko" },   { USCRIPT_HIRAGANA, "ja" },  { USCRIPT_KATAKANA, "ja" },
  { USCRIPT_HAN, "zh" },      { USCRIPT_GEORGIAN, "ka" },  { USCRIPT_ARMENIAN, "hy" },
  { USCRIPT_BENGALI, "bn" },  { USCRIPT_TAMIL, "ta" },     { USCRIPT_TELUGU, "te" },
  { USCRIPT_KANNADA, "kn" },  { USCRIPT_MALAYALAM, "ml" }, { USCRIPT_GUJARATI, "gu" },
  { USCRIPT_GURMUKHI, "pa" }, { USCRIPT_ORIYA, "or" },     { USCRIPT_SINHALA, "si" },
  { USCRIPT_ETHIOPIC, "am" }, { USCRIPT_TIBETAN, "bo" },
};

/* @key: (transfer full) */
static void
add_bit (GHashTable *table, gpointer key, guint profile)
{
  guint32 bits = GPOINTER_TO_UINT (g_hash_table_lookup (table, key));
  g_hash_table_insert (table, key, GUINT_TO_POINTER (bits | 1u << profile));
}

static void
index_list (GHashTable *table, const char *list, guint profile)
{
  g_auto (GStrv) words = g_strsplit (list, " ", -1);
  for (guint i = 0; words[i]; i++)
    if (*words[i])
      add_bit (table, g_strdup (words[i]), profile);
}

/* Built once and kept as long as the program runs, like the table it comes from. */
static const Index *
get_index (void)
{
  static gsize once = 0;
  static Index index;
  if (g_once_init_enter (&once))
    {
      index.words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      index.endings = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      index.letters = g_hash_table_new (NULL, NULL);
      for (guint i = 0; i < bmn_language_n_profiles; i++)
        {
          const BmnLanguageProfile *profile = &bmn_language_profiles[i];
          index_list (index.words, profile->words, i);
          index_list (index.endings, profile->endings, i);
          for (const char *p = profile->letters; *p; p = g_utf8_next_char (p))
            add_bit (index.letters, GUINT_TO_POINTER (g_utf8_get_char (p)), i);
        }
      g_once_init_leave (&once, 1);
    }
  return &index;
}

/* Returns: bits of the profiles written in @script */
static guint32
profiles_of (UScriptCode script)
{
  guint32 bits = 0;
  for (guint i = 0; i < bmn_language_n_profiles; i++)
    if (bmn_language_profiles[i].script == script)
      bits |= 1u << i;
  return bits;
}

static int
n_bits (guint32 bits)
{
  return __builtin_popcount (bits);
}

/* Adds to each language that has a sign what the sign says: the fewer have it, the more. */
static void
credit (double *scores, guint32 having, guint32 candidates, double share)
{
  having &= candidates;
  if (having == 0)
    return;
  double bits = share * log2 ((double)n_bits (candidates) / n_bits (having) + 0.2);
  for (guint i = 0; i < bmn_language_n_profiles; i++)
    if (having & 1u << i)
      scores[i] += bits;
}

static void
score_letters (const Index *index, double *scores, guint32 candidates, const char *word)
{
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    {
      guint32 having = GPOINTER_TO_UINT (
          g_hash_table_lookup (index->letters, GUINT_TO_POINTER (g_utf8_get_char (p))));
      if ((having & candidates) == 0)
        continue;
      credit (scores, having, candidates, LETTER_SHARE);
      for (guint i = 0; i < bmn_language_n_profiles; i++)
        if (!(having & 1u << i))
          scores[i] -= FOREIGN_LETTER_COST;
    }
}

static void
score_ending (const Index *index, double *scores, guint32 candidates, const char *word)
{
  const char *ending = word + strlen (word);
  guint32 found = 0;
  for (guint i = 0; i < MAX_ENDING_CHARS && ending > word; i++)
    {
      ending = g_utf8_prev_char (ending);
      if (ending == word)
        break;
      guint32 having = GPOINTER_TO_UINT (g_hash_table_lookup (index->endings, ending));
      /* The longest ending a language has counts once. */
      credit (scores, having & ~found, candidates, ENDING_SHARE);
      found |= having;
    }
}

static void
score_word (const Index *index, double *scores, guint32 candidates, const char *word)
{
  guint32 having = GPOINTER_TO_UINT (g_hash_table_lookup (index->words, word));
  score_letters (index, scores, candidates, word);
  if (having & candidates)
    credit (scores, having, candidates, g_utf8_strlen (word, 2) < 2 ? 0.5 : 1);
  else
    score_ending (index, scores, candidates, word);
}

/* Elided words are looked up whole and in their parts: `c'est`, `l'amour`. */
static void
score_token (
    const Index *index, double *scores, guint32 candidates, const char *token, gsize length)
{
  g_autofree char *copy = g_strndup (token, length);
  g_autofree char *word = g_utf8_strdown (copy, -1);
  g_autoptr (GString) plain = g_string_new (word);
  g_string_replace (plain, "’", "'", 0);
  if (strchr (plain->str, '\'') == NULL || g_hash_table_contains (index->words, plain->str))
    {
      score_word (index, scores, candidates, plain->str);
      return;
    }
  g_auto (GStrv) parts = g_strsplit (plain->str, "'", -1);
  for (guint i = 0; parts[i]; i++)
    score_word (index, scores, candidates, parts[i]);
}

/* A link, a name or a tag says little about the language around it.
 * Returns: (transfer full): the text with blanks in their place */
static char *
blank_entities (const char *text)
{
  g_autofree char *head = g_strndup (text, MAX_BYTES);
  const char *end = NULL;
  g_utf8_validate (head, -1, &end);
  char *plain = g_strndup (head, end - head);
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (plain, BMN_TEXT_DIALECT_X, NULL);
  for (guint i = 0; i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      memset (plain + entity->byte_start, ' ', entity->byte_end - entity->byte_start);
    }
  return plain;
}

/* @share: (out): of the letters
 * Returns: the script of most letters, or %USCRIPT_COMMON where there are none */
static UScriptCode
main_script (const char *text, double *share)
{
  g_autofree guint *counts = g_new0 (guint, USCRIPT_CODE_LIMIT);
  guint n_letters = 0;
  UScriptCode best = USCRIPT_COMMON;
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    {
      UErrorCode status = U_ZERO_ERROR;
      UChar32 c = g_utf8_get_char (p);
      UScriptCode script = uscript_getScript (c, &status);
      if (!u_isalpha (c) || script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
        continue;
      n_letters++;
      if (++counts[script] > counts[best] || best == USCRIPT_COMMON)
        best = script;
    }
  /* Japanese is written in three scripts, and kana are in no other language. */
  guint kana = counts[USCRIPT_HIRAGANA] + counts[USCRIPT_KATAKANA];
  guint japanese = kana + counts[USCRIPT_HAN];
  if (kana * 10 >= japanese && japanese > counts[best])
    {
      best = USCRIPT_HIRAGANA;
      counts[best] = japanese;
    }
  *share = n_letters > 0 ? (double)counts[best] / n_letters : 0;
  return best;
}

/* Most languages of the world use the Latin script, which therefore tells nothing. The first
 * profile of another script is a fair guess. */
static BmnLanguage
nothing_known (guint32 candidates, double share)
{
  const BmnLanguageProfile *first = &bmn_language_profiles[g_bit_nth_lsf (candidates, -1)];
  if (first->script == USCRIPT_LATIN)
    return (BmnLanguage){ BMN_LANGUAGE_UNKNOWN, 0 };
  return (BmnLanguage){ first->tag, share * SCRIPT_CONFIDENCE };
}

static BmnLanguage
pick (const double *scores, guint32 candidates, double share)
{
  int best = -1;
  double second = 0;
  for (guint i = 0; i < bmn_language_n_profiles; i++)
    {
      if (!(candidates & 1u << i))
        continue;
      if (best < 0 || scores[i] > scores[best])
        {
          second = best < 0 ? 0 : MAX (second, scores[best]);
          best = i;
        }
      else
        second = MAX (second, scores[i]);
    }
  if (scores[best] < MIN_SCORE)
    return nothing_known (candidates, share);
  double lead = scores[best] - second;
  return (BmnLanguage){ bmn_language_profiles[best].tag,
                        share * (1 - pow (0.5, lead / HALF_CERTAIN_LEAD)) };
}

static BmnLanguage
guess_by_words (const char *text, guint32 candidates, double share)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  g_autofree double *scores = g_new0 (double, bmn_language_n_profiles);
  BmnSegment word;
  bmn_segmenter_set_text (segmenter, text, -1, NULL);
  while (bmn_segmenter_next (segmenter, &word))
    score_token (get_index (), scores, candidates, text + word.start, word.end - word.start);
  return pick (scores, candidates, share);
}

BmnLanguage
bmn_language_guess (const char *text)
{
  BmnLanguage unknown = { BMN_LANGUAGE_UNKNOWN, 0 };
  if (!bmn_utf8_check (text, -1, NULL))
    return unknown;
  g_autofree char *plain = blank_entities (text);
  double share;
  UScriptCode script = main_script (plain, &share);
  guint32 candidates = profiles_of (script);
  if (candidates)
    return guess_by_words (plain, candidates, share);
  for (guint i = 0; i < G_N_ELEMENTS (script_languages); i++)
    if (script_languages[i].script == script)
      return (BmnLanguage){ script_languages[i].tag, share };
  return unknown;
}
