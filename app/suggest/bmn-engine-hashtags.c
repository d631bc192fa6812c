#include "bmn-camel-case-private.h"
#include "bmn-engine-private.h"
#include "bmn-levers-private.h"
#include "bmn-reasons-private.h"

#include <math.h>
#include <string.h>

#define DAY 86400.0

/* The list from which the suggestions are taken, as they lose points to each other. */
#define MAX_LIST 200

/* What a hashtag loses that always goes along with one above it, at full diversity. */
#define DIVERSITY_COST 4.0

void
bmn_hashtag_suggestion_free (BmnHashtagSuggestion *suggestion)
{
  g_free (suggestion->tag);
  g_free (suggestion->display);
  g_free (suggestion->readable);
  g_clear_pointer (&suggestion->reasons, g_ptr_array_unref);
  g_free (suggestion);
}

/* One answer in the making. */
typedef struct
{
  BmnEngine *engine;
  const BmnReading *reading;
  const BmnTagRanking *ranking;
  double now;
  double *scores;    /* (owned): the ranking's, with the levers */
  gboolean *is_open; /* (owned): whether a tag may still be suggested */
  GArray *chosen;    /* (owned) (element-type guint): places, best first */
} Choice;

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

static const BmnTag *
tag_at (const Choice *choice, guint place)
{
  return bmn_tag_history_get (&choice->engine->tags, choice->ranking->ids[place]);
}

/* Share of the rarer tag's posts that carry both. */
static double
share_together (const BmnTag *a, const BmnTag *b)
{
  guint i = 0, j = 0, both = 0;
  while (i < a->n_uses && j < b->n_uses)
    {
      guint x = bmn_tag_get_use (a, i)->document, y = bmn_tag_get_use (b, j)->document;
      both += x == y ? 1 : 0;
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
    }
  return (double)both / MIN (a->n_uses, b->n_uses);
}

static double
diversity_loss (const Choice *choice, guint place)
{
  double diversity = CLAMP (choice->engine->levers.diversity, 0, 1);
  double most = 0;
  for (guint i = 0; diversity > 0 && i < choice->chosen->len; i++)
    most = MAX (most, share_together (tag_at (choice, place),
                                      tag_at (choice, g_array_index (choice->chosen, guint, i))));
  return DIVERSITY_COST * diversity * most;
}

static gboolean
is_pinned (const Choice *choice, guint place)
{
  GHashTable *pinned = choice->engine->levers.pinned;
  return g_hash_table_size (pinned) > 0
         && g_hash_table_contains (pinned, tag_at (choice, place)->name);
}

/* Scores with the levers that concern one tag alone. */
static void
apply_levers (Choice *choice)
{
  const BmnLevers *levers = &choice->engine->levers;
  gboolean has_muted = g_hash_table_size (levers->muted) > 0;
  for (guint i = 0; i < choice->ranking->n; i++)
    {
      const BmnTag *tag = tag_at (choice, i);
      double age = MAX (0, choice->now - bmn_tag_last_at (tag)) / DAY;
      choice->scores[i] = levers->plain_hashtags ? -age : choice->ranking->scores[i];
      if (levers->half_life > 0)
        choice->scores[i] -= G_LN2 * age / levers->half_life;
      choice->is_open[i] = !(has_muted && g_hash_table_contains (levers->muted, tag->name))
                           && !is_in_draft (choice->reading, tag->name);
    }
}

/* Chooses the best open tag. Returns: whether there is one */
static gboolean
choose_next (Choice *choice)
{
  guint best = G_MAXUINT;
  double best_score = -INFINITY;
  gboolean best_pinned = FALSE;
  guint n = MIN (choice->ranking->n, MAX_LIST);
  for (guint i = 0; i < n; i++)
    {
      guint place = choice->ranking->order[i];
      if (!choice->is_open[place])
        continue;
      gboolean pinned = is_pinned (choice, place);
      double score = choice->scores[place] - diversity_loss (choice, place);
      if (best == G_MAXUINT || (pinned && !best_pinned)
          || (pinned == best_pinned && score > best_score))
        {
          best = place;
          best_score = score;
          best_pinned = pinned;
        }
    }
  if (best == G_MAXUINT)
    return FALSE;
  choice->is_open[best] = FALSE;
  choice->scores[best] = best_score;
  g_array_append_val (choice->chosen, best);
  return TRUE;
}

static void
add_reasons (const Choice *choice, guint place, BmnHashtagSuggestion *suggestion)
{
  BmnEngine *engine = choice->engine;
  if (is_pinned (choice, place))
    g_ptr_array_add (suggestion->reasons, bmn_reason_new (BMN_REASON_PINNED, 0));
  if (engine->levers.plain_hashtags)
    {
      g_ptr_array_add (suggestion->reasons, bmn_reason_new (BMN_REASON_PLAIN, 0));
      return;
    }
  if (engine->tags.n_tagged < BMN_ENGINE_MIN_TAGGED)
    {
      BmnReason *reason = bmn_reason_new (BMN_REASON_TOO_LITTLE, 0);
      reason->n = engine->tags.n_tagged;
      reason->of = BMN_ENGINE_MIN_TAGGED;
      g_ptr_array_add (suggestion->reasons, reason);
      return;
    }
  g_autoptr (GPtrArray) causes = bmn_tag_reasons_explain (engine, choice->ranking, place);
  g_ptr_array_extend_and_steal (suggestion->reasons, g_steal_pointer (&causes));
}

static BmnHashtagSuggestion *
suggest (const Choice *choice, guint place)
{
  BmnEngine *engine = choice->engine;
  const BmnTag *tag = tag_at (choice, place);
  BmnHashtagSuggestion *suggestion = g_new0 (BmnHashtagSuggestion, 1);
  suggestion->tag = g_strdup (tag->name);
  suggestion->display = g_strdup (bmn_tag_get_spelling (tag));
  suggestion->readable = bmn_camel_case (suggestion->display, &engine->vocabulary);
  suggestion->score = choice->scores[place];
  suggestion->probability
      = bmn_tag_ranker_chance (&engine->ranker, choice->ranking, place, engine->tags.mean_tags);
  suggestion->reasons = bmn_reasons_new ();
  return suggestion;
}

/* A pinned tag that no evidence brought up is suggested all the same. */
static void
add_pinned_candidates (BmnEngine *engine)
{
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, engine->levers.pinned);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    {
      guint id = bmn_tag_history_find (&engine->tags, name);
      if (id != BMN_TAG_NONE)
        bmn_tag_query_add_candidate (&engine->query, id);
    }
}

/* What the user pinned before ever using it: nothing is known of it but that wish. */
static BmnHashtagSuggestion *
suggest_unused (const Choice *choice, const char *name)
{
  BmnHashtagSuggestion *suggestion = g_new0 (BmnHashtagSuggestion, 1);
  suggestion->tag = g_strdup (name);
  suggestion->display = g_strdup (name);
  suggestion->readable = bmn_camel_case (name, &choice->engine->vocabulary);
  suggestion->is_experiment = TRUE;
  suggestion->reasons = bmn_reasons_new ();
  g_ptr_array_add (suggestion->reasons, bmn_reason_new (BMN_REASON_PINNED, 0));
  return suggestion;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (a, b);
}

/* Pinned hashtags that the account never used stand behind the pinned ones that it did. */
static void
add_unused_pinned (const Choice *choice, guint max, GPtrArray *suggestions)
{
  const BmnLevers *levers = &choice->engine->levers;
  g_autoptr (GList) names = g_list_sort (g_hash_table_get_keys (levers->pinned), compare_names);
  guint place = 0;
  while (place < suggestions->len
         && g_hash_table_contains (levers->pinned,
                                   ((BmnHashtagSuggestion *)suggestions->pdata[place])->tag))
    place++;
  double score
      = place < suggestions->len ? ((BmnHashtagSuggestion *)suggestions->pdata[place])->score : 0;
  for (const GList *l = names; l; l = l->next)
    {
      if (bmn_tag_history_find (&choice->engine->tags, l->data) != BMN_TAG_NONE
          || g_hash_table_contains (levers->muted, l->data)
          || is_in_draft (choice->reading, l->data))
        continue;
      BmnHashtagSuggestion *suggestion = suggest_unused (choice, l->data);
      suggestion->score = score;
      g_ptr_array_insert (suggestions, (gint)place++, suggestion);
    }
  if (suggestions->len > max)
    g_ptr_array_set_size (suggestions, (gint)max);
}

static GPtrArray *
choose_suggestions (BmnEngine *engine,
                    const char *draft,
                    gint64 now,
                    guint max,
                    gboolean explain,
                    gboolean with_siblings)
{
  bmn_engine_refresh (engine);
  GPtrArray *suggestions
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_hashtag_suggestion_free);
  BmnMoment moment = bmn_engine_moment (engine, now);
  g_autoptr (BmnReading) reading
      = bmn_reader_read (engine->reader, &engine->vocabulary, FALSE, draft);
  bmn_engine_run_query (engine, reading, &moment);
  add_pinned_candidates (engine);
  g_autoptr (BmnTagRanking) ranking = bmn_tag_ranker_rank (&engine->ranker, &engine->query);
  g_autofree double *scores = g_new0 (double, ranking->n + 1);
  g_autofree gboolean *is_open = g_new0 (gboolean, ranking->n + 1);
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, sizeof (guint));
  Choice choice = { engine, reading, ranking, moment.at, scores, is_open, chosen };
  apply_levers (&choice);
  while (chosen->len < max && choose_next (&choice))
    {
      guint place = g_array_index (chosen, guint, chosen->len - 1);
      BmnHashtagSuggestion *suggestion = suggest (&choice, place);
      if (explain)
        add_reasons (&choice, place, suggestion);
      g_ptr_array_add (suggestions, suggestion);
    }
  if (explain)
    add_unused_pinned (&choice, max, suggestions);
  if (with_siblings)
    bmn_engine_pool_hashtags (engine, reading, now, max, suggestions);
  return suggestions;
}

char *
bmn_engine_make_readable (BmnEngine *engine, const char *tag)
{
  bmn_engine_refresh (engine);
  return bmn_camel_case (tag, &engine->vocabulary);
}

GPtrArray *
bmn_engine_suggest_hashtags (BmnEngine *engine, const char *draft, gint64 now, guint max)
{
  return choose_suggestions (engine, draft, now, max, TRUE, TRUE);
}

GPtrArray *
bmn_engine_rank_hashtags (BmnEngine *engine, const char *draft, gint64 now, guint max)
{
  return choose_suggestions (engine, draft, now, max, FALSE, FALSE);
}
