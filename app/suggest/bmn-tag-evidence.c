#include "bmn-tag-evidence-private.h"
#include "bmn-shape-private.h"

#include <math.h>

#define DAY 86400.0
#define N_NEIGHBOURS 40

/* Keeps a total from being 0 where it divides. */
#define TINY 1e-9

void
bmn_tag_query_init (BmnTagQuery *query)
{
  *query = (BmnTagQuery){ 0 };
  query->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  query->candidates = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
bmn_tag_query_clear (BmnTagQuery *query)
{
  g_clear_pointer (&query->spelling, bmn_spelling_free);
  g_clear_pointer (&query->by_tag, g_free);
  g_clear_pointer (&query->touched, g_array_unref);
  g_clear_pointer (&query->candidates, g_array_unref);
}

static BmnTagEvidence *
touch (BmnTagQuery *query, guint id)
{
  BmnTagEvidence *evidence = &query->by_tag[id];
  if (!evidence->touched)
    {
      evidence->touched = TRUE;
      g_array_append_val (query->touched, id);
    }
  return evidence;
}

static void
reset (BmnTagQuery *query, guint n_tags)
{
  for (guint i = 0; i < query->touched->len; i++)
    query->by_tag[g_array_index (query->touched, guint, i)] = (BmnTagEvidence){ 0 };
  g_array_set_size (query->touched, 0);
  g_array_set_size (query->candidates, 0);
  if (n_tags > query->n_by_tag)
    {
      guint grown = MAX (n_tags, query->n_by_tag * 2);
      query->by_tag = g_renew (BmnTagEvidence, query->by_tag, grown);
      for (guint i = query->n_by_tag; i < grown; i++)
        query->by_tag[i] = (BmnTagEvidence){ 0 };
      query->n_by_tag = grown;
    }
}

static inline void
raise_to (double *value, double other)
{
  if (other > *value)
    *value = other;
}

/* −log (1 − p), for a p that may be 1. */
static inline double
surprise (double p)
{
  return -log1p (-MIN (.98, p));
}

static void
weigh_neighbour (BmnTagQuery *query, guint rank, double best)
{
  const BmnTagHistory *history = query->history;
  guint document = query->neighbours[rank].document;
  double score = query->neighbours[rank].score;
  double at = g_array_index (history->neighbours.documents, BmnDocument, document).at;
  double age = query->moment.at - at;
  double weight = score * score / best;
  double month = weight * exp2 (-age / (30 * DAY));
  double three_days = weight * exp2 (-age / (3 * DAY));
  query->similar_30_days_total += month;
  query->similar_3_days_total += three_days;
  guint n_tags;
  const guint *tags = bmn_tag_history_get_document_tags (history, document, &n_tags);
  for (guint i = 0; i < n_tags; i++)
    {
      BmnTagEvidence *evidence = touch (query, tags[i]);
      evidence->similar += weight;
      evidence->similar_30_days += month;
      evidence->similar_3_days += three_days;
      query->similar_total += weight;
      raise_to (&evidence->most_similar, score);
      if (age < 7 * DAY)
        raise_to (&evidence->most_similar_week, score);
      if (rank < 3)
        evidence->nearest += score / query->rarity;
    }
}

static void
gather_neighbours (BmnTagQuery *query, BmnTagHistory *history)
{
  query->similar_total = query->similar_30_days_total = query->similar_3_days_total = TINY;
  query->n_neighbours
      = bmn_neighbours_find (&history->neighbours, query->reading, query->neighbours, N_NEIGHBOURS);
  for (guint i = 0; i < query->n_neighbours; i++)
    weigh_neighbour (query, i, query->neighbours[0].score);
}

static void
gather_word (BmnTagQuery *query, const BmnReadWord *word, double total_rarity)
{
  const BmnTagHistory *history = query->history;
  const BmnTagLinks *row
      = bmn_link_table_lookup (&history->word_links, bmn_key (BMN_KEY_WORD, word->id, 0));
  if (!row || !row->links)
    return;
  double rarity = bmn_neighbours_rarity (&history->neighbours, word->id);
  double n = row->n;
  double n_faded = bmn_tag_links_decay (row->decayed, row->at, query->moment.at);
  double n_tagged = MAX (1, history->n_tagged);
  for (guint i = 0; i < row->links->len; i++)
    {
      const BmnTagLink *link = &g_array_index (row->links, BmnTagLink, i);
      BmnTagEvidence *evidence = touch (query, link->tag);
      double uses = bmn_tag_count (bmn_tag_history_get (history, link->tag));
      double expected = uses / n_tagged;
      double share = link->count / (n + 1.5);
      double ratio = (link->count + .5 * expected) / ((n + .5) * expected);
      if (ratio > 1)
        evidence->word_log_ratio += log (ratio);
      raise_to (&evidence->word_best, share);
      evidence->word_any += surprise (share);
      double covered = rarity * link->count / (uses + 1);
      evidence->coverage += covered / total_rarity;
      raise_to (&evidence->coverage_best, covered);
      if (word->is_mention)
        raise_to (&evidence->mention, share);
      double faded = bmn_tag_links_decay (link->decayed, link->at, query->moment.at);
      raise_to (&evidence->word_best_faded, faded / (n_faded + 1));
      evidence->word_any_faded += surprise (faded / (n_faded + 1));
    }
}

static void
gather_words (BmnTagQuery *query)
{
  const BmnReading *reading = query->reading;
  double total = TINY;
  for (guint i = 0; i < reading->words->len; i++)
    total += bmn_neighbours_rarity (&query->history->neighbours,
                                    g_array_index (reading->words, BmnReadWord, i).id);
  /* BM25 gives at most 2.2 per unit of rarity to a word; 1.2 scales likeness to about 1. */
  query->rarity = total * 1.2;
}

static double *
field_of (BmnTagEvidence *evidence, BmnKeyKind kind)
{
  switch (kind)
    {
    case BMN_KEY_DOMAIN:
      return &evidence->domain;
    case BMN_KEY_FIRST:
      return &evidence->first_word;
    case BMN_KEY_LAST:
      return &evidence->last_word;
    default:
      return &evidence->pair;
    }
}

static void
gather_shape (BmnTagQuery *query, guint64 key)
{
  const BmnTagHistory *history = query->history;
  const BmnTagLinks *row = bmn_link_table_lookup (&history->shape_links, key);
  if (!row || !row->links)
    return;
  double n_tagged = MAX (1, history->n_tagged);
  BmnKeyKind kind = bmn_key_get_kind (key);
  for (guint i = 0; i < row->links->len; i++)
    {
      const BmnTagLink *link = &g_array_index (row->links, BmnTagLink, i);
      if (kind == BMN_KEY_SHAPE)
        {
          /* A shape alone is no reason to consider a tag: only those found otherwise count. */
          BmnTagEvidence *evidence = &query->by_tag[link->tag];
          if (!evidence->is_candidate)
            continue;
          double expected = bmn_tag_count (bmn_tag_history_get (history, link->tag)) / n_tagged;
          evidence->shape += log ((link->count + 2 * expected) / ((row->n + 2) * expected));
        }
      else
        raise_to (field_of (touch (query, link->tag), kind), link->count / (row->n + 1.0));
    }
}

/* Shapes come last in @keys: see bmn_shape_of_draft(). Gathers those of one sort. */
static void
gather_shapes (BmnTagQuery *query, const GArray *keys, gboolean shapes)
{
  for (guint i = 0; i < keys->len; i++)
    {
      guint64 key = g_array_index (keys, guint64, i);
      if ((bmn_key_get_kind (key) == BMN_KEY_SHAPE) == shapes)
        gather_shape (query, key);
    }
}

static void
gather_spelling (BmnTagQuery *query)
{
  const GArray *grams = query->spelling->grams;
  guint64 last = 0;
  for (guint i = 0; i < grams->len; i++)
    {
      guint64 gram = g_array_index (grams, guint64, i);
      if (gram == last)
        continue;
      last = gram;
      GArray *tags = bmn_tag_history_get_gram_tags (query->history, gram);
      for (guint j = 0; tags && j < tags->len; j++)
        touch (query, g_array_index (tags, guint, j))->grams++;
    }
}

static void
choose (BmnTagQuery *query, guint id)
{
  BmnTagEvidence *evidence = touch (query, id);
  if (evidence->is_candidate)
    return;
  evidence->is_candidate = TRUE;
  g_array_append_val (query->candidates, id);
}

/* Chooses the @n tags for which @value is largest and above 0. */
static void
choose_best (BmnTagQuery *query, guint n, gsize value_offset)
{
  BmnTop top;
  bmn_top_init (&top, n);
  for (guint i = 0; i < query->touched->len; i++)
    {
      guint id = g_array_index (query->touched, guint, i);
      double value = G_STRUCT_MEMBER (double, &query->by_tag[id], value_offset);
      if (value > 0)
        bmn_top_add (&top, id, value);
    }
  for (guint i = 0; i < top.n; i++)
    choose (query, top.ids[i]);
}

static void
choose_found (BmnTagQuery *query)
{
  for (guint i = 0; i < query->touched->len; i++)
    {
      guint id = g_array_index (query->touched, guint, i);
      const BmnTagEvidence *evidence = &query->by_tag[id];
      if (evidence->similar > 0
          || (evidence->grams > 0
              && evidence->grams >= .6 * bmn_tag_history_get (query->history, id)->grams->len))
        choose (query, id);
    }
}

/* Chooses the five tags that followed @id most often. */
static void
choose_followers (BmnTagQuery *query, guint id)
{
  const GArray *links = bmn_tag_history_get (query->history, id)->next.links;
  BmnTop top;
  bmn_top_init (&top, 5);
  for (guint i = 0; links && i < links->len; i++)
    {
      const BmnTagLink *link = &g_array_index (links, BmnTagLink, i);
      bmn_top_add (&top, link->tag, link->count);
    }
  for (guint i = 0; i < top.n; i++)
    choose (query, top.ids[i]);
}

void
bmn_tag_query_add_candidate (BmnTagQuery *query, guint id)
{
  choose (query, id);
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x > y) - (x < y);
}

static void
choose_candidates (BmnTagQuery *query)
{
  const BmnTagHistory *history = query->history;
  choose_found (query);
  choose_best (query, 40, G_STRUCT_OFFSET (BmnTagEvidence, word_any));
  choose_best (query, 10, G_STRUCT_OFFSET (BmnTagEvidence, pair));
  choose_best (query, 10, G_STRUCT_OFFSET (BmnTagEvidence, domain));
  choose_best (query, 10, G_STRUCT_OFFSET (BmnTagEvidence, first_word));
  for (guint i = 0; i < history->freshest.n; i++)
    choose (query, history->freshest.ids[i]);
  for (guint i = 0; i < history->most_used.n; i++)
    choose (query, history->most_used.ids[i]);
  for (guint i = 0; i < MIN (15, history->n_recent_uses); i++)
    choose (query, history->recent_uses[i]);
  for (guint i = 0; i < history->last_tags->len; i++)
    choose_followers (query, g_array_index (history->last_tags, guint, i));
  g_array_sort (query->candidates, compare_ids);
}

void
bmn_tag_query_run (BmnTagQuery *query,
                   BmnTagHistory *history,
                   const BmnReading *reading,
                   BmnSpelling *spelling,
                   const BmnMoment *moment)
{
  reset (query, history->tags->len);
  g_clear_pointer (&query->spelling, bmn_spelling_free);
  query->history = history;
  query->reading = reading;
  query->spelling = spelling;
  query->moment = *moment;

  g_autoptr (GArray) keys = bmn_shape_of_draft (reading);
  gather_words (query);
  gather_neighbours (query, history);
  for (guint i = 0; i < reading->words->len; i++)
    gather_word (query, &g_array_index (reading->words, BmnReadWord, i), query->rarity / 1.2);
  gather_shapes (query, keys, FALSE);
  gather_spelling (query);
  choose_candidates (query);
  gather_shapes (query, keys, TRUE);
}
