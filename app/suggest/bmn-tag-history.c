#include "bmn-tag-history-private.h"
#include "bmn-shape-private.h"

#include <string.h>

static void
free_ids (gpointer data)
{
  g_array_unref (data);
}

static void
clear_links (gpointer data)
{
  bmn_tag_links_clear (data);
}

static void
free_tag (gpointer data)
{
  bmn_tag_free (data);
}

void
bmn_tag_history_init (BmnTagHistory *history)
{
  *history = (BmnTagHistory){ .repeat = .5, .mean_tags = 1.2 };
  history->tags = g_ptr_array_new_with_free_func (free_tag);
  history->counts = g_array_new (FALSE, FALSE, sizeof (guint));
  history->ids = g_hash_table_new (g_str_hash, g_str_equal);
  bmn_neighbours_init (&history->neighbours);
  history->document_tags = g_array_new (FALSE, FALSE, sizeof (guint));
  history->document_ends = g_array_new (FALSE, FALSE, sizeof (guint));
  history->word_links = g_array_new (FALSE, TRUE, sizeof (BmnTagLinks));
  g_array_set_clear_func (history->word_links, clear_links);
  bmn_link_table_init (&history->context_links);
  bmn_key_map_init (&history->gram_places);
  history->gram_tags = g_ptr_array_new_with_free_func (free_ids);
  history->last_tags = g_array_new (FALSE, FALSE, sizeof (guint));
  g_queue_init (&history->recent_sets);
  bmn_top_init (&history->most_used, 20);
  bmn_top_init (&history->freshest, 40);
}

void
bmn_tag_history_clear (BmnTagHistory *history)
{
  g_clear_pointer (&history->ids, g_hash_table_unref);
  g_clear_pointer (&history->tags, g_ptr_array_unref);
  g_clear_pointer (&history->counts, g_array_unref);
  bmn_neighbours_clear (&history->neighbours);
  g_clear_pointer (&history->document_tags, g_array_unref);
  g_clear_pointer (&history->document_ends, g_array_unref);
  g_clear_pointer (&history->word_links, g_array_unref);
  bmn_link_table_clear (&history->context_links);
  bmn_key_map_clear (&history->gram_places);
  g_clear_pointer (&history->gram_tags, g_ptr_array_unref);
  g_clear_pointer (&history->last_tags, g_array_unref);
  g_queue_clear_full (&history->recent_sets, free_ids);
}

guint
bmn_tag_history_find (const BmnTagHistory *history, const char *name)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (history->ids, name));
  return found == 0 ? BMN_TAG_NONE : found - 1;
}

const guint *
bmn_tag_history_get_document_tags (const BmnTagHistory *history, guint document, guint *n_tags)
{
  const guint *ends = (const guint *)history->document_ends->data;
  guint start = document == 0 ? 0 : ends[document - 1];
  *n_tags = ends[document] - start;
  return (const guint *)history->document_tags->data + start;
}

GArray *
bmn_tag_history_get_gram_tags (const BmnTagHistory *history, guint64 gram)
{
  guint place = bmn_key_map_lookup (&history->gram_places, gram);
  return place == BMN_KEY_MAP_NONE ? NULL : g_ptr_array_index (history->gram_tags, place);
}

static void
index_grams (BmnTagHistory *history, const BmnTag *tag, guint id)
{
  for (guint i = 0; i < tag->grams->len; i++)
    {
      guint64 gram = g_array_index (tag->grams, guint64, i);
      GArray *tags = bmn_tag_history_get_gram_tags (history, gram);
      if (!tags)
        {
          tags = g_array_new (FALSE, FALSE, sizeof (guint));
          bmn_key_map_insert (&history->gram_places, gram, history->gram_tags->len);
          g_ptr_array_add (history->gram_tags, tags);
        }
      /* A group that a name repeats is entered once; ids only grow. */
      if (tags->len == 0 || g_array_index (tags, guint, tags->len - 1) != id)
        g_array_append_val (tags, id);
    }
}

guint
bmn_tag_history_add (BmnTagHistory *history, BmnTag *tag)
{
  const guint no_uses = 0;
  guint id = history->tags->len;
  g_ptr_array_add (history->tags, tag);
  g_array_append_val (history->counts, no_uses);
  g_hash_table_insert (history->ids, tag->name, GUINT_TO_POINTER (id + 1));
  index_grams (history, tag, id);
  return id;
}

static guint
find_or_add (BmnTagHistory *history, const BmnReadTag *read)
{
  guint id = bmn_tag_history_find (history, read->name);
  if (id != BMN_TAG_NONE)
    return id;
  return bmn_tag_history_add (history, bmn_tag_new (read->name, read->spelling, history->repeat));
}

static void
push_recent_use (BmnTagHistory *history, guint id)
{
  memmove (history->recent_uses + 1, history->recent_uses,
           (BMN_TAG_HISTORY_RECENT_USES - 1) * sizeof (guint));
  history->recent_uses[0] = id;
  history->n_recent_uses = MIN (history->n_recent_uses + 1, BMN_TAG_HISTORY_RECENT_USES);
}

/* Enters the post into what is known of each of its tags. Returns their ids. */
static GArray *
use_tags (BmnTagHistory *history, const BmnReading *reading, const BmnMoment *moment)
{
  GArray *ids = g_array_sized_new (FALSE, FALSE, sizeof (guint), reading->tags->len);
  for (guint i = 0; i < reading->tags->len; i++)
    {
      const BmnReadTag *read = &g_array_index (reading->tags, BmnReadTag, i);
      guint id = find_or_add (history, read);
      BmnTag *tag = bmn_tag_history_get (history, id);
      bmn_tag_use (tag, read->spelling, moment, history->neighbours.documents->len,
                   history->n_posts, history->n_tagged);
      g_array_index (history->counts, guint, id)++;
      bmn_top_raise (&history->most_used, id, bmn_tag_count (tag));
      bmn_top_raise (&history->freshest, id, bmn_tag_get_fade_rank (tag, BMN_FADE_14_DAYS));
      push_recent_use (history, id);
      g_array_append_val (ids, id);
    }
  return ids;
}

static gboolean
same_ids (const GArray *a, const GArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    {
      if (!bmn_ids_contain (b, g_array_index (a, guint, i)))
        return FALSE;
    }
  return TRUE;
}

/* Learns which tags follow which from one tagged post to the next. */
static void
learn_sequence (BmnTagHistory *history, GArray *ids, double at)
{
  const GArray *last = history->last_tags;
  if (last->len > 0)
    history->repeat += .05 * (same_ids (ids, last) - history->repeat);
  for (guint i = 0; i < last->len; i++)
    {
      guint id = g_array_index (last, guint, i);
      BmnTag *tag = bmn_tag_history_get (history, id);
      tag->repeat += .2 * (bmn_ids_contain (ids, id) - tag->repeat);
      bmn_tag_links_count (&tag->next, (const guint *)ids->data, ids->len, at);
    }
  const GArray *last_but_one = g_queue_peek_nth (&history->recent_sets, 1);
  for (guint i = 0; last_but_one && i < last_but_one->len; i++)
    {
      BmnTag *tag = bmn_tag_history_get (history, g_array_index (last_but_one, guint, i));
      bmn_tag_links_count (&tag->next_but_one, (const guint *)ids->data, ids->len, at);
    }
  g_array_set_size (history->last_tags, 0);
  g_array_append_vals (history->last_tags, ids->data, ids->len);
  g_queue_push_head (&history->recent_sets, g_array_ref (ids));
  if (g_queue_get_length (&history->recent_sets) > BMN_TAG_HISTORY_RECENT_SETS)
    g_array_unref (g_queue_pop_tail (&history->recent_sets));
}

static void
learn_traits (BmnTagHistory *history, const BmnReading *reading, const GArray *ids)
{
  guint traits[BMN_N_TRAITS_OF_DRAFT];
  bmn_shape_get_traits (reading, traits);
  for (guint i = 0; i < BMN_N_TRAITS_OF_DRAFT; i++)
    {
      history->by_trait[traits[i]]++;
      for (guint j = 0; j < ids->len; j++)
        bmn_tag_history_get (history, g_array_index (ids, guint, j))->by_trait[traits[i]]++;
    }
}

/* Learns which tags go with the words and the shape of the text. */
static void
learn_text (BmnTagHistory *history, const BmnReading *reading, const GArray *ids, double at)
{
  const guint *tags = (const guint *)ids->data;
  for (guint i = 0; i < reading->words->len; i++)
    {
      guint word = g_array_index (reading->words, BmnReadWord, i).id;
      if (word >= history->word_links->len)
        g_array_set_size (history->word_links, word + 1);
      bmn_tag_links_count (&g_array_index (history->word_links, BmnTagLinks, word), tags, ids->len,
                           at);
    }
  if (ids->len == 0)
    return;
  learn_traits (history, reading, ids);
  g_autoptr (GArray) keys = bmn_shape_of_draft (reading);
  for (guint i = 0; i < keys->len; i++)
    bmn_link_table_count (&history->context_links, g_array_index (keys, guint64, i), tags, ids->len,
                          at);
}

static void
count_tagged (BmnTagHistory *history, const GArray *ids, const BmnMoment *moment)
{
  history->by_weekday[moment->weekday]++;
  history->by_part_of_day[moment->hour / 3]++;
  history->by_hour[moment->hour]++;
  history->mean_tags += .05 * (ids->len - history->mean_tags);
  history->last_tagged_at = moment->at;
  history->n_tagged++;
}

void
bmn_tag_history_observe (BmnTagHistory *history,
                         const BmnReading *reading,
                         const BmnMoment *moment,
                         gboolean is_reply,
                         guint post)
{
  history->n_posts++;
  g_autoptr (GArray) ids = use_tags (history, reading, moment);
  if (ids->len > 0)
    {
      bmn_neighbours_add (&history->neighbours, reading, post, moment->at);
      g_array_append_vals (history->document_tags, ids->data, ids->len);
      g_array_append_val (history->document_ends, history->document_tags->len);
      count_tagged (history, ids, moment);
      if (!is_reply)
        learn_sequence (history, ids, moment->at);
    }
  if (ids->len > 0 || !is_reply)
    learn_text (history, reading, ids, moment->at);
  history->last_at = moment->at;
}
