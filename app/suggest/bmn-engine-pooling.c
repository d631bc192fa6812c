#include "bmn-engine-private.h"
#include "bmn-reasons-private.h"

/* With so many posts with hashtags of its own an account needs no other. */
#define ENOUGH_TAGGED 100

/* How many hashtags another account may bring in. */
#define MAX_FROM_SIBLING 10

/* How far another account's habits are trusted before anything is known of both: as if of
 * twenty uses here three had been of its hashtags. That is what strangers have in common. */
#define DOUBT 20.0
#define STRANGERS 0.15

/* What is less likely is not worth a line. */
#define MIN_PROBABILITY 0.02

/* Share of the uses of hashtags here that are of ones which @sibling uses too. */
static double
share_common (const BmnEngine *engine, const BmnEngine *sibling)
{
  double common = STRANGERS * DOUBT, all = DOUBT;
  for (guint i = 0; i < engine->tags.tags->len; i++)
    {
      const BmnTag *tag = bmn_tag_history_get (&engine->tags, i);
      all += bmn_tag_count (tag);
      if (bmn_tag_history_find (&sibling->tags, tag->name) != BMN_TAG_NONE)
        common += bmn_tag_count (tag);
    }
  return common / all;
}

static gboolean
is_in_draft (const BmnReading *reading, const char *name)
{
  for (guint i = 0; i < reading->tags->len; i++)
    {
      if (g_str_equal (g_array_index (reading->tags, BmnReadTag, i).name, name))
        return TRUE;
    }
  return FALSE;
}

static BmnHashtagSuggestion *
find (GPtrArray *suggestions, const char *name)
{
  for (guint i = 0; i < suggestions->len; i++)
    {
      BmnHashtagSuggestion *suggestion = g_ptr_array_index (suggestions, i);
      if (g_str_equal (suggestion->tag, name))
        return suggestion;
    }
  return NULL;
}

static BmnReason *
explain (const BmnSibling *sibling, const char *name)
{
  const BmnTagHistory *tags = &sibling->engine->tags;
  BmnReason *reason = bmn_reason_new (BMN_REASON_POOLED, 0);
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  g_strv_builder_add (words, sibling->name);
  reason->words = g_strv_builder_end (words);
  reason->n = bmn_tag_history_get_count (tags, bmn_tag_history_find (tags, name));
  reason->of = tags->n_tagged;
  return reason;
}

/* Takes @their suggestion over with the probability it has here. */
static void
take (GPtrArray *pooled, const BmnSibling *sibling, BmnHashtagSuggestion *their, double probability)
{
  BmnHashtagSuggestion *known = find (pooled, their->tag);
  if (known && known->probability >= probability)
    return;
  if (known && g_ptr_array_remove (pooled, known))
    bmn_hashtag_suggestion_free (known);
  BmnHashtagSuggestion *suggestion = g_new0 (BmnHashtagSuggestion, 1);
  suggestion->tag = g_strdup (their->tag);
  suggestion->display = g_strdup (their->display);
  suggestion->readable = g_strdup (their->readable);
  suggestion->probability = probability;
  suggestion->reasons = bmn_reasons_new ();
  g_ptr_array_add (suggestion->reasons, explain (sibling, their->tag));
  g_ptr_array_add (pooled, suggestion);
}

static void
ask (BmnEngine *engine,
     const BmnSibling *sibling,
     const BmnReading *reading,
     gint64 now,
     GPtrArray *pooled)
{
  g_autoptr (GPtrArray) theirs
      = bmn_engine_rank_hashtags (sibling->engine, reading->text, now, MAX_FROM_SIBLING);
  double trust = share_common (engine, sibling->engine);
  for (guint i = 0; i < theirs->len; i++)
    {
      BmnHashtagSuggestion *their = g_ptr_array_index (theirs, i);
      double probability = trust * their->probability;
      if (probability >= MIN_PROBABILITY
          && bmn_tag_history_find (&engine->tags, their->tag) == BMN_TAG_NONE
          && !g_hash_table_contains (engine->levers.muted, their->tag)
          && !is_in_draft (reading, their->tag))
        take (pooled, sibling, their, probability);
    }
}

static int
compare_probabilities (gconstpointer a, gconstpointer b)
{
  const BmnHashtagSuggestion *x = *(const BmnHashtagSuggestion *const *)a;
  const BmnHashtagSuggestion *y = *(const BmnHashtagSuggestion *const *)b;
  if (x->probability != y->probability)
    return x->probability < y->probability ? 1 : -1;
  return g_strcmp0 (x->tag, y->tag);
}

/* Puts each where it is likelier than what follows; what the user pinned stays in front. */
static void
merge (const BmnEngine *engine, GPtrArray *suggestions, GPtrArray *pooled, guint max)
{
  guint place = 0;
  for (guint i = 0; i < pooled->len; i++)
    {
      BmnHashtagSuggestion *fresh = g_ptr_array_index (pooled, i);
      for (; place < suggestions->len; place++)
        {
          const BmnHashtagSuggestion *own = g_ptr_array_index (suggestions, place);
          if (own->probability < fresh->probability
              && !g_hash_table_contains (engine->levers.pinned, own->tag))
            break;
        }
      guint beside = place < suggestions->len ? place : place - 1;
      if (suggestions->len > 0)
        fresh->score = ((BmnHashtagSuggestion *)g_ptr_array_index (suggestions, beside))->score;
      g_ptr_array_insert (suggestions, (gint)place++, fresh);
    }
  if (suggestions->len > max)
    g_ptr_array_set_size (suggestions, (gint)max);
}

void
bmn_engine_set_siblings (BmnEngine *engine, const BmnSiblingAccount *siblings, guint n_siblings)
{
  g_array_set_size (engine->siblings, 0);
  for (guint i = 0; i < n_siblings; i++)
    {
      BmnSibling sibling = { siblings[i].engine, g_strdup (siblings[i].name) };
      g_array_append_val (engine->siblings, sibling);
    }
}

void
bmn_engine_pool_hashtags (
    BmnEngine *engine, const BmnReading *reading, gint64 now, guint max, GPtrArray *suggestions)
{
  if (engine->siblings->len == 0 || engine->tags.n_tagged >= ENOUGH_TAGGED)
    return;
  g_autoptr (GPtrArray) pooled = g_ptr_array_new ();
  for (guint i = 0; i < engine->siblings->len; i++)
    ask (engine, &g_array_index (engine->siblings, BmnSibling, i), reading, now, pooled);
  g_ptr_array_sort (pooled, compare_probabilities);
  merge (engine, suggestions, pooled, max);
}
