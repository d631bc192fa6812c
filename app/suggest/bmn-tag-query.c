#include "bmn-tag-query-private.h"
#include "bmn-shape-private.h"

#include <math.h>
#include <stdlib.h>

#define DAY 86400.0
#define N_NEIGHBOURS 40

/* Things that went with more tags than this are asked only about tags at hand. */
#define MAX_LINKS 256

/* A tag counts as spelled by the draft if so much of its letter groups stand there. */
#define MIN_SPELLED 0.6

/* BM25 gives at most 2.2 per unit of rarity to a word; this scales likeness to about 1. */
#define RARITY_SCALE 1.2

/* Keeps a total from being 0 where it divides. */
#define TINY 1e-9

void
bmn_tag_query_init (BmnTagQuery *query)
{
  *query = (BmnTagQuery){ 0 };
  query->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  query->by_id = g_array_new (FALSE, FALSE, sizeof (guint));
  query->with_grams = g_array_new (FALSE, FALSE, sizeof (guint));
  query->candidates = g_array_new (FALSE, FALSE, sizeof (guint));
}

void
bmn_tag_query_clear (BmnTagQuery *query)
{
  g_clear_pointer (&query->spelling, bmn_spelling_free);
  g_clear_pointer (&query->by_tag, g_free);
  g_clear_pointer (&query->touched, g_array_unref);
  g_clear_pointer (&query->by_id, g_array_unref);
  g_clear_pointer (&query->grams, g_free);
  g_clear_pointer (&query->with_grams, g_array_unref);
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
  g_array_set_size (query->by_id, 0);
  for (guint i = 0; i < query->with_grams->len; i++)
    query->grams[g_array_index (query->with_grams, guint, i)] = 0;
  g_array_set_size (query->with_grams, 0);
  g_array_set_size (query->candidates, 0);
  if (n_tags > query->n_by_tag)
    {
      guint grown = MAX (n_tags, query->n_by_tag * 2);
      query->by_tag = g_renew (BmnTagEvidence, query->by_tag, grown);
      query->grams = g_renew (guint16, query->grams, grown);
      for (guint i = query->n_by_tag; i < grown; i++)
        {
          query->by_tag[i] = (BmnTagEvidence){ 0 };
          query->grams[i] = 0;
        }
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
  double age = MAX (0, query->moment.at - at);
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

static gboolean
is_long (const BmnTagLinks *row)
{
  return row->n_links > MAX_LINKS;
}

static int
compare_ids (gconstpointer a, gconstpointer b)
{
  guint x = *(const guint *)a, y = *(const guint *)b;
  return (x > y) - (x < y);
}

/* Lists what is touched so far by id, which is how links are sorted. */
static void
sort_touched (BmnTagQuery *query)
{
  g_array_set_size (query->by_id, 0);
  g_array_append_vals (query->by_id, query->touched->data, query->touched->len);
  if (query->by_id->len > 1)
    qsort (query->by_id->data, query->by_id->len, sizeof (guint), compare_ids);
}

/*
 * Calls @take for the tags that went with a thing. What went with very many tags, such as a
 * word that every other post has, tells little about which: there only the tags that
 * something else brought up are looked at, which bounds the time of a question.
 */
static void
for_each_link (BmnTagQuery *query,
               const BmnTagLinks *row,
               void (*take) (BmnTagQuery *query, const BmnTagLink *link, gconstpointer data),
               gconstpointer data)
{
  if (!is_long (row))
    {
      for (guint i = 0; i < row->n_links; i++)
        take (query, &row->links[i], data);
      return;
    }
  if (query->by_id->len != query->touched->len)
    sort_touched (query);
  guint place = 0;
  for (guint i = 0; i < query->by_id->len; i++)
    {
      guint id = g_array_index (query->by_id, guint, i);
      place = bmn_tag_links_find_from (row, place, id);
      if (place == row->n_links)
        return;
      if (row->links[place].tag == id)
        take (query, &row->links[place], data);
    }
}

/* One word of the draft, as its links are weighed. */
typedef struct
{
  gboolean is_mention;
  double rarity;
  double rarity_share;
  double n;
  double n_faded;
  double n_tagged;
} Word;

static void
take_word_link (BmnTagQuery *query, const BmnTagLink *link, gconstpointer data)
{
  const Word *word = data;
  BmnTagEvidence *evidence = touch (query, link->tag);
  double uses = bmn_tag_history_get_count (query->history, link->tag);
  double expected = uses / word->n_tagged;
  double share = link->count / (word->n + 1.5);
  double ratio = (link->count + .5 * expected) / ((word->n + .5) * expected);
  if (ratio > 1)
    evidence->word_log_ratio += log (ratio);
  raise_to (&evidence->word_best, share);
  evidence->word_any += surprise (share);
  double covered = link->count / (uses + 1);
  evidence->coverage += word->rarity_share * covered;
  raise_to (&evidence->coverage_best, word->rarity * covered);
  if (word->is_mention)
    raise_to (&evidence->mention, share);
  double faded = bmn_tag_links_decay (link->decayed, link->minute, query->moment.at);
  raise_to (&evidence->word_best_faded, faded / (word->n_faded + 1));
  evidence->word_any_faded += surprise (faded / (word->n_faded + 1));
}

/* Words with few tags come first, so that they bring up tags for the others to speak of. */
static void
gather_words (BmnTagQuery *query, gboolean long_ones)
{
  const BmnTagHistory *history = query->history;
  for (guint i = 0; i < query->reading->words->len; i++)
    {
      const BmnReadWord *read = &g_array_index (query->reading->words, BmnReadWord, i);
      const BmnTagLinks *row = bmn_tag_history_get_word_links (history, read->id);
      if (!row || is_long (row) != long_ones)
        continue;
      double rarity = bmn_neighbours_rarity (&history->neighbours, read->id);
      Word word = { read->is_mention,
                    rarity,
                    rarity / (query->rarity / RARITY_SCALE),
                    row->n,
                    bmn_tag_links_decay (row->decayed, row->minute, query->moment.at),
                    MAX (1, history->n_tagged) };
      for_each_link (query, row, take_word_link, &word);
    }
}

static void
measure_rarity (BmnTagQuery *query)
{
  const BmnReading *reading = query->reading;
  double total = TINY;
  for (guint i = 0; i < reading->words->len; i++)
    total += bmn_neighbours_rarity (&query->history->neighbours,
                                    g_array_index (reading->words, BmnReadWord, i).id);
  query->rarity = total * RARITY_SCALE;
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
    default:
      return &evidence->last_word;
    }
}

typedef struct
{
  BmnKeyKind kind;
  double n;
} Context;

static void
take_context_link (BmnTagQuery *query, const BmnTagLink *link, gconstpointer data)
{
  const Context *context = data;
  raise_to (field_of (touch (query, link->tag), context->kind), link->count / (context->n + 1));
}

/* First and last word, domains. */
static void
gather_contexts (BmnTagQuery *query, const GArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    {
      guint64 key = g_array_index (keys, guint64, i);
      const BmnTagLinks *row = bmn_link_table_lookup (&query->history->context_links, key);
      Context context = { bmn_key_get_kind (key), row ? row->n : 0 };
      if (row)
        for_each_link (query, row, take_context_link, &context);
    }
}

/* A shape alone is no reason to consider a tag: only those found otherwise count. */
static void
gather_shapes (BmnTagQuery *query)
{
  const BmnTagHistory *history = query->history;
  double n_tagged = MAX (1, history->n_tagged);
  guint traits[BMN_N_TRAITS_OF_DRAFT];
  bmn_shape_get_traits (query->reading, traits);
  for (guint i = 0; i < query->candidates->len; i++)
    {
      guint id = g_array_index (query->candidates, guint, i);
      const BmnTag *tag = bmn_tag_history_get (history, id);
      double expected = bmn_tag_count (tag) / n_tagged;
      double product = 1;
      for (guint j = 0; j < BMN_N_TRAITS_OF_DRAFT; j++)
        {
          double with = tag->by_trait[traits[j]];
          if (with > 0)
            product *= (with + 2 * expected) / ((history->by_trait[traits[j]] + 2) * expected);
        }
      query->by_tag[id].shape = log (product);
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
        {
          guint id = g_array_index (tags, guint, j);
          if (query->grams[id]++ == 0)
            g_array_append_val (query->with_grams, id);
        }
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

/* Those that similar posts carry, and those that the draft spells. */
static void
choose_found (BmnTagQuery *query)
{
  for (guint i = 0; i < query->touched->len; i++)
    {
      guint id = g_array_index (query->touched, guint, i);
      if (query->by_tag[id].similar > 0)
        choose (query, id);
    }
  for (guint i = 0; i < query->with_grams->len; i++)
    {
      guint id = g_array_index (query->with_grams, guint, i);
      if (query->grams[id] >= MIN_SPELLED * bmn_tag_history_get (query->history, id)->grams->len)
        choose (query, id);
    }
}

/* Chooses the five tags that followed @id most often. */
static void
choose_followers (BmnTagQuery *query, guint id)
{
  const BmnTagLinks *next = &bmn_tag_history_get (query->history, id)->next;
  BmnTop top;
  bmn_top_init (&top, 5);
  for (guint i = 0; i < next->n_links; i++)
    bmn_top_add (&top, next->links[i].tag, next->links[i].count);
  for (guint i = 0; i < top.n; i++)
    choose (query, top.ids[i]);
}

void
bmn_tag_query_add_candidate (BmnTagQuery *query, guint id)
{
  choose (query, id);
}

static void
list_last_used (BmnTagQuery *query)
{
  const BmnTagHistory *history = query->history;
  query->n_last_used = 0;
  for (guint i = 0; i < history->n_recent_uses; i++)
    {
      guint id = history->recent_uses[i], j = 0;
      while (j < query->n_last_used && query->last_used[j] != id)
        j++;
      if (j == query->n_last_used)
        query->last_used[query->n_last_used++] = id;
    }
}

/* The tags of late, which need no evidence from the draft. */
static void
choose_recent (BmnTagQuery *query)
{
  const BmnTagHistory *history = query->history;
  for (guint i = 0; i < history->freshest.n; i++)
    choose (query, history->freshest.ids[i]);
  for (guint i = 0; i < history->most_used.n; i++)
    choose (query, history->most_used.ids[i]);
  for (guint i = 0; i < MIN (15, history->n_recent_uses); i++)
    choose (query, history->recent_uses[i]);
  for (guint i = 0; i < history->last_tags->len; i++)
    choose_followers (query, g_array_index (history->last_tags, guint, i));
}

static void
choose_by_text (BmnTagQuery *query)
{
  choose_found (query);
  choose_best (query, 40, G_STRUCT_OFFSET (BmnTagEvidence, word_any));
  choose_best (query, 10, G_STRUCT_OFFSET (BmnTagEvidence, domain));
  choose_best (query, 10, G_STRUCT_OFFSET (BmnTagEvidence, first_word));
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
  measure_rarity (query);
  list_last_used (query);
  choose_recent (query);
  gather_neighbours (query, history);
  gather_words (query, FALSE);
  gather_words (query, TRUE);
  gather_contexts (query, keys);
  gather_spelling (query);
  choose_by_text (query);
  g_array_sort (query->candidates, compare_ids);
  gather_shapes (query);
}
