#include "bmn-camel-case-private.h"
#include "bmn-engine-private.h"
#include "bmn-levers-private.h"
#include "bmn-scan-private.h"

#include <string.h>
#include <unicode/uchar.h>

/* A hashtag counts as spelled by a draft that has this share of its letter groups. */
#define MIN_SPELLED 0.6

/* What another account must think of a hashtag for it to be worth an experiment here. */
#define MIN_PROBABILITY 0.1
#define MAX_FROM_SIBLING 5

typedef struct
{
  BmnEngine *engine;
  const BmnReading *reading;
  BmnSpelling *spelling; /* (owned) */
  GPtrArray *found;      /* (element-type BmnHashtagSuggestion) */
} Search;

static gboolean
is_new (const Search *search, const char *name)
{
  if (*name == '\0' || bmn_tag_history_find (&search->engine->tags, name) != BMN_TAG_NONE
      || g_hash_table_contains (search->engine->levers.muted, name)
      || g_hash_table_contains (search->engine->levers.pinned, name))
    return FALSE;
  for (guint i = 0; i < search->reading->tags->len; i++)
    {
      if (g_str_equal (g_array_index (search->reading->tags, BmnReadTag, i).name, name))
        return FALSE;
    }
  for (guint i = 0; i < search->found->len; i++)
    {
      if (g_str_equal (((BmnHashtagSuggestion *)g_ptr_array_index (search->found, i))->tag, name))
        return FALSE;
    }
  return TRUE;
}

/* Share of the letter groups of @name, or of the words its capitals show, that the draft has. */
static double
share_spelled (const Search *search, const char *name, const char *display)
{
  g_autoptr (GArray) grams = bmn_spelling_grams_of (name);
  guint n_grams = 0, n_parts = 0;
  for (guint i = 0; i < grams->len; i++)
    n_grams += bmn_spelling_has_gram (search->spelling, g_array_index (grams, guint64, i));
  g_autoptr (GPtrArray) parts = bmn_spelling_parts_of (display);
  for (guint i = 0; i < parts->len; i++)
    {
      g_autofree char *lower
          = bmn_reader_lower (search->engine->reader, g_ptr_array_index (parts, i));
      n_parts += bmn_spelling_has_start (search->spelling, bmn_spelling_start_of (lower));
    }
  double by_parts = parts->len > 0 ? (double)n_parts / parts->len : 0;
  return MAX ((double)n_grams / grams->len, by_parts);
}

static void
add (Search *search,
     const char *name,
     const char *display,
     double score,
     BmnReasonKind kind,
     const char *word)
{
  BmnHashtagSuggestion *suggestion = g_new0 (BmnHashtagSuggestion, 1);
  suggestion->tag = g_strdup (name);
  suggestion->display = g_strdup (display);
  suggestion->readable = bmn_camel_case (display, &search->engine->vocabulary);
  suggestion->score = score;
  suggestion->is_experiment = TRUE;
  suggestion->reasons = bmn_reasons_new ();
  BmnReason *reason = bmn_reason_new (kind, 0);
  if (word)
    {
      g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
      g_strv_builder_add (words, word);
      reason->words = g_strv_builder_end (words);
    }
  g_ptr_array_add (suggestion->reasons, reason);
  g_ptr_array_add (search->found, suggestion);
}

static void
add_ideas (Search *search, const BmnTagIdea *ideas, guint n_ideas)
{
  for (guint i = 0; i < n_ideas; i++)
    {
      g_autofree char *name = bmn_levers_name_of (ideas[i].tag);
      g_autofree char *valid = g_utf8_make_valid (ideas[i].tag, -1);
      const char *display = *valid == '#' ? valid + 1 : valid;
      if (!is_new (search, name))
        continue;
      double share = share_spelled (search, name, display);
      if (share >= MIN_SPELLED)
        add (search, name, display, share,
             ideas[i].source == BMN_TAG_IDEA_FOLLOWED ? BMN_REASON_FOLLOWED : BMN_REASON_TRENDING,
             NULL);
    }
}

static void
add_from_siblings (Search *search,
                   const BmnSiblingAccount *siblings,
                   guint n_siblings,
                   const char *draft,
                   gint64 now)
{
  for (guint i = 0; i < n_siblings; i++)
    {
      g_autoptr (GPtrArray) theirs
          = bmn_engine_rank_hashtags (siblings[i].engine, draft, now, MAX_FROM_SIBLING);
      for (guint j = 0; j < theirs->len; j++)
        {
          const BmnHashtagSuggestion *their = g_ptr_array_index (theirs, j);
          if (their->probability >= MIN_PROBABILITY && is_new (search, their->tag))
            add (search, their->tag, their->display, their->probability, BMN_REASON_OTHER_ACCOUNT,
                 siblings[i].name);
        }
    }
}

static const char *
word_end (const char *p)
{
  while (*p && bmn_scan_is_word (g_utf8_get_char (p)))
    p = g_utf8_next_char (p);
  return p;
}

/* Whether the account wrote the word before. */
static gboolean
is_known (const Search *search, const char *word)
{
  g_autofree char *lower = bmn_reader_lower (search->engine->reader, word);
  return bmn_vocabulary_lookup (&search->engine->vocabulary, lower) != BMN_VOCABULARY_NONE;
}

/* Names of two words with capitals, such as “Paris Agreement”, of words that the account
 * wrote before. */
static void
add_from_draft (Search *search)
{
  const char *p = search->reading->plain;
  while (*p)
    {
      const char *first_end = word_end (p);
      if (first_end == p)
        {
          p = g_utf8_next_char (p);
          continue;
        }
      const char *next = *first_end == ' ' ? first_end + 1 : NULL;
      const char *next_end = next ? word_end (next) : NULL;
      if (next && next_end > next && u_isUUppercase (g_utf8_get_char (p))
          && u_isUUppercase (g_utf8_get_char (next)))
        {
          g_autofree char *first = g_strndup (p, first_end - p);
          g_autofree char *second = g_strndup (next, next_end - next);
          g_autofree char *display = g_strconcat (first, second, NULL);
          g_autofree char *name = bmn_levers_name_of (display);
          g_autofree char *words = g_strndup (p, next_end - p);
          if (is_known (search, first) && is_known (search, second) && is_new (search, name))
            add (search, name, display, 1, BMN_REASON_DRAFT, words);
        }
      p = first_end;
    }
}

GPtrArray *
bmn_engine_suggest_experiments (BmnEngine *engine,
                                const char *draft,
                                gint64 now,
                                const BmnTagIdea *ideas,
                                guint n_ideas,
                                const BmnSiblingAccount *siblings,
                                guint n_siblings,
                                guint max)
{
  bmn_engine_refresh (engine);
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_hashtag_suggestion_free);
  g_autoptr (BmnReading) reading
      = bmn_reader_read (engine->reader, &engine->vocabulary, FALSE, draft);
  g_autofree char *lower = bmn_reader_lower (engine->reader, reading->plain);
  g_autoptr (BmnSpelling) spelling = bmn_spelling_new (lower);
  Search search = { engine, reading, spelling, found };
  add_from_siblings (&search, siblings, n_siblings, draft, now);
  add_ideas (&search, ideas, n_ideas);
  add_from_draft (&search);
  if (found->len > max)
    g_ptr_array_set_size (found, (gint)max);
  return found;
}
