#include "bmn-engine-private.h"
#include "bmn-reasons-private.h"

/* With so many posts with hashtags of its own an account needs no other. */
#define ENOUGH_TAGGED 100

/* How many hashtags another account may bring in. */
#define MAX_FROM_SIBLING 10

/* Posts of nothing in common that are assumed before anything is known. */
#define DOUBT 5.0

/* Strangers too have common hashtags in common: only what goes beyond this share speaks for
 * asking another account. With little trust what it says comes last and displaces nothing. */
#define STRANGERS 0.4
#define LEAST_TRUST 0.05
#define TRUSTED 0.5

/* What is less likely is not worth a line. */
#define MIN_PROBABILITY 0.005

/* How far @sibling's habits are those of @engine: by the share of the uses of hashtags here that
 * are of ones which it uses too. */
static double
trust_in (const BmnEngine *sibling, const BmnEngine *engine)
{
  double common = 0, all = DOUBT;
  for (guint i = 0; i < engine->tags.tags->len; i++)
    {
      const BmnTag *tag = bmn_tag_history_get (&engine->tags, i);
      all += bmn_tag_count (tag);
      if (bmn_tag_history_find (&sibling->tags, tag->name) != BMN_TAG_NONE)
        common += bmn_tag_count (tag);
    }
  return MAX (LEAST_TRUST, (common / all - STRANGERS) / (1 - STRANGERS));
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
     GPtrArray *pooled,
     GPtrArray *last)
{
  g_autoptr (GPtrArray) theirs
      = bmn_engine_rank_hashtags (sibling->engine, reading->text, now, MAX_FROM_SIBLING);
  double trust = trust_in (sibling->engine, engine);
  for (guint i = 0; i < theirs->len; i++)
    {
      BmnHashtagSuggestion *their = g_ptr_array_index (theirs, i);
      double probability = trust * their->probability;
      if (probability >= MIN_PROBABILITY
          && bmn_tag_history_find (&engine->tags, their->tag) == BMN_TAG_NONE
          && !g_hash_table_contains (engine->levers.muted, their->tag)
          && !g_hash_table_contains (engine->levers.pinned, their->tag)
          && !is_in_draft (reading, their->tag))
        take (trust >= TRUSTED ? pooled : last, sibling, their, probability);
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

static double
score_at (GPtrArray *suggestions, guint place)
{
  return ((BmnHashtagSuggestion *)g_ptr_array_index (suggestions, place))->score;
}

/* Puts each where it is likelier than what follows; what the user pinned stays in front. */
static void
merge (const BmnEngine *engine, GPtrArray *suggestions, GPtrArray *pooled)
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
      if (suggestions->len > 0)
        fresh->score = score_at (suggestions, MIN (place, suggestions->len - 1));
      g_ptr_array_insert (suggestions, (gint)place++, fresh);
    }
}

static void
append (GPtrArray *suggestions, GPtrArray *last)
{
  for (guint i = 0; i < last->len; i++)
    {
      BmnHashtagSuggestion *fresh = g_ptr_array_index (last, i);
      if (find (suggestions, fresh->tag))
        {
          bmn_hashtag_suggestion_free (fresh);
          continue;
        }
      if (suggestions->len > 0)
        fresh->score = score_at (suggestions, suggestions->len - 1);
      g_ptr_array_add (suggestions, fresh);
    }
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
  g_autoptr (GPtrArray) last = g_ptr_array_new ();
  for (guint i = 0; i < engine->siblings->len; i++)
    ask (engine, &g_array_index (engine->siblings, BmnSibling, i), reading, now, pooled, last);
  g_ptr_array_sort (pooled, compare_probabilities);
  g_ptr_array_sort (last, compare_probabilities);
  merge (engine, suggestions, pooled);
  append (suggestions, last);
  if (suggestions->len > max)
    g_ptr_array_set_size (suggestions, (gint)max);
}
