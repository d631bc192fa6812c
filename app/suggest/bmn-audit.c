#include "bmn-audit.h"
#include "bmn-engine-private.h"
#include "bmn-language-private.h"

#include <math.h>

#define TOP 5

/* Names that an audit lists. */
#define MAX_NAMES 50

typedef struct
{
  BmnEngine *engine;
  BmnAudit *audit;
  GHashTable *tags;      /* (element-type utf8 BmnExposure) */
  GHashTable *languages; /* likewise */
  double suggested_commonness;
  guint n_suggested;
  double used_commonness;
  guint n_used;
} Tally;

static void
free_exposure (gpointer data)
{
  BmnExposure *exposure = data;
  g_free (exposure->name);
  g_free (exposure);
}

void
bmn_audit_free (BmnAudit *audit)
{
  g_ptr_array_unref (audit->tags);
  g_ptr_array_unref (audit->languages);
  g_free (audit);
}

static BmnExposure *
ensure (GHashTable *exposures, const char *name)
{
  BmnExposure *exposure = g_hash_table_lookup (exposures, name);
  if (!exposure)
    {
      exposure = g_new0 (BmnExposure, 1);
      exposure->name = g_strdup (name);
      g_hash_table_insert (exposures, exposure->name, exposure);
    }
  return exposure;
}

/* The language of the post that used @tag last. */
static const char *
language_of (const Tally *tally, const BmnTagHistory *history, const BmnTag *tag)
{
  guint post = bmn_tag_history_get_post (history, bmn_tag_get_use (tag, tag->n_uses - 1));
  const BmnRecord *record = g_ptr_array_index (tally->engine->records, post);
  return bmn_language_of (record->language, record->text);
}

static void
tally_suggested (Tally *tally, const BmnTagRanking *ranking, const BmnTagHistory *history)
{
  for (guint i = 0; i < MIN (TOP, ranking->n); i++)
    {
      const BmnTag *tag = bmn_tag_history_get (history, ranking->ids[ranking->order[i]]);
      ensure (tally->tags, tag->name)->suggested++;
      ensure (tally->languages, language_of (tally, history, tag))->suggested++;
      tally->suggested_commonness += bmn_tag_count (tag) / (double)MAX (1, history->n_tagged);
      tally->n_suggested++;
    }
}

static void
tally_used (Tally *tally, const BmnTagHistory *history, const BmnReading *reading)
{
  for (guint i = 0; i < reading->tags->len; i++)
    {
      const char *name = g_array_index (reading->tags, BmnReadTag, i).name;
      guint id = bmn_tag_history_find (history, name);
      ensure (tally->tags, name)->used++;
      tally->n_used++;
      if (id == BMN_TAG_NONE)
        continue;
      const BmnTag *tag = bmn_tag_history_get (history, id);
      ensure (tally->languages, language_of (tally, history, tag))->used++;
      tally->used_commonness += bmn_tag_count (tag) / (double)MAX (1, history->n_tagged);
    }
}

static void
tally_ranked (const BmnTagQuery *query,
              const BmnTagRanking *ranking,
              const BmnTagHistory *history,
              const BmnReading *reading,
              gpointer data)
{
  Tally *tally = data;
  BmnAudit *audit = tally->audit;
  double sum = 0, squares = 0;
  for (guint i = 0; i < query->n_neighbours; i++)
    {
      double weight = query->neighbours[i].score * query->neighbours[i].score;
      sum += weight;
      squares += weight * weight;
    }
  if (squares > 0)
    {
      audit->effective_posts += sum * sum / squares;
      audit->top_post_share += query->neighbours[0].score * query->neighbours[0].score / sum;
      audit->n_drafts++;
    }
  tally_suggested (tally, ranking, history);
  tally_used (tally, history, reading);
}

static int
compare_exposures (gconstpointer a, gconstpointer b)
{
  const BmnExposure *x = *(const BmnExposure *const *)a, *y = *(const BmnExposure *const *)b;
  double dx = fabs (x->suggested - x->used), dy = fabs (y->suggested - y->used);
  if (dx != dy)
    return dx < dy ? 1 : -1;
  return g_strcmp0 (x->name, y->name);
}

/* Takes the exposures over as shares, the largest difference first. */
static GPtrArray *
finish (GHashTable *exposures)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (free_exposure);
  double suggested = 0, used = 0;
  GHashTableIter iter;
  gpointer value;
  g_hash_table_iter_init (&iter, exposures);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      BmnExposure *exposure = value;
      suggested += exposure->suggested;
      used += exposure->used;
      g_ptr_array_add (list, exposure);
    }
  for (guint i = 0; i < list->len; i++)
    {
      BmnExposure *exposure = g_ptr_array_index (list, i);
      exposure->suggested /= MAX (1, suggested);
      exposure->used /= MAX (1, used);
    }
  g_ptr_array_sort (list, compare_exposures);
  if (list->len > MAX_NAMES)
    g_ptr_array_set_size (list, MAX_NAMES);
  return list;
}

BmnAudit *
bmn_engine_audit (BmnEngine *engine)
{
  BmnAudit *audit = g_new0 (BmnAudit, 1);
  g_autoptr (GHashTable) tags = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) languages = g_hash_table_new (g_str_hash, g_str_equal);
  Tally tally = { .engine = engine, .audit = audit, .tags = tags, .languages = languages };
  BmnEngineTrace trace = { tally_ranked, NULL, &tally };
  bmn_engine_replay (engine, &trace);

  double n = MAX (1, audit->n_drafts);
  double suggested = tally.suggested_commonness / MAX (1, tally.n_suggested);
  double used = tally.used_commonness / MAX (1, tally.n_used);
  audit->effective_posts /= n;
  audit->top_post_share /= n;
  audit->popularity_bias = used > 0 ? suggested / used : 0;
  audit->tags = finish (tags);
  audit->languages = finish (languages);
  return audit;
}
