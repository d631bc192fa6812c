#include "bmn-tag-history-private.h"

static void
save_ids (const GArray *ids, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, ids->len);
  bmn_state_put_uints (writer, (const guint *)ids->data, ids->len);
}

static void
load_ids (GArray *ids, BmnStateReader *reader, guint n_tags)
{
  guint n = bmn_state_get_count (reader, 1);
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      guint id = (guint)bmn_state_get_uint (reader, MAX (n_tags, 1) - 1);
      g_array_append_val (ids, id);
    }
  if (n_tags == 0 && ids->len > 0)
    bmn_state_fail (reader);
}

/* What each tagged post carried; a tag's uses are those of the posts. */
static void
save_documents (const BmnTagHistory *history, BmnStateWriter *writer)
{
  bmn_neighbours_save (&history->neighbours, writer);
  for (guint i = 0; i < history->neighbours.documents->len; i++)
    {
      guint n;
      const guint *tags = bmn_tag_history_get_document_tags (history, i, &n);
      bmn_state_put_uint (writer, n);
      bmn_state_put_uints (writer, tags, n);
    }
}

static void
load_documents (BmnTagHistory *history,
                BmnStateReader *reader,
                const double *times,
                guint n_times,
                guint n_words)
{
  bmn_neighbours_load (&history->neighbours, reader, times, n_times, n_words);
  for (guint i = 0; i < history->neighbours.documents->len && !reader->failed; i++)
    {
      guint first = history->document_tags->len;
      double at = g_array_index (history->neighbours.documents, BmnDocument, i).at;
      load_ids (history->document_tags, reader, history->tags->len);
      g_array_append_val (history->document_ends, history->document_tags->len);
      for (guint j = first; j < history->document_tags->len; j++)
        bmn_tag_append_use (
            bmn_tag_history_get (history, g_array_index (history->document_tags, guint, j)), at, i);
    }
}

static void
save_text (const BmnTagHistory *history, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, history->word_links->len);
  for (guint i = 0; i < history->word_links->len; i++)
    bmn_tag_links_save (&g_array_index (history->word_links, BmnTagLinks, i), writer);
  bmn_link_table_save (&history->context_links, writer);
}

static void
load_text (BmnTagHistory *history, BmnStateReader *reader, guint n_words)
{
  guint n = (guint)bmn_state_get_uint (reader, n_words);
  g_array_set_size (history->word_links, n);
  for (guint i = 0; i < n && !reader->failed; i++)
    bmn_tag_links_load (&g_array_index (history->word_links, BmnTagLinks, i), reader,
                        history->tags->len);
  bmn_link_table_load (&history->context_links, reader, history->tags->len);
}

static void
save_latest (const BmnTagHistory *history, BmnStateWriter *writer)
{
  save_ids (history->last_tags, writer);
  bmn_state_put_uint (writer, history->recent_sets.length);
  for (const GList *set = history->recent_sets.head; set; set = set->next)
    save_ids (set->data, writer);
  bmn_state_put_uint (writer, history->n_recent_uses);
  bmn_state_put_uints (writer, history->recent_uses, history->n_recent_uses);
  bmn_top_save (&history->most_used, writer);
  bmn_top_save (&history->freshest, writer);
}

static void
load_latest (BmnTagHistory *history, BmnStateReader *reader)
{
  guint n_tags = history->tags->len;
  load_ids (history->last_tags, reader, n_tags);
  guint n_sets = (guint)bmn_state_get_uint (reader, BMN_TAG_HISTORY_RECENT_SETS);
  for (guint i = 0; i < n_sets && !reader->failed; i++)
    {
      GArray *set = g_array_new (FALSE, FALSE, sizeof (guint));
      g_queue_push_tail (&history->recent_sets, set);
      load_ids (set, reader, n_tags);
    }
  guint most = n_tags > 0 ? BMN_TAG_HISTORY_RECENT_USES : 0;
  history->n_recent_uses = (guint)bmn_state_get_uint (reader, most);
  bmn_state_get_uints (reader, history->recent_uses, history->n_recent_uses, MAX (n_tags, 1) - 1);
  bmn_top_load (&history->most_used, reader, n_tags);
  bmn_top_load (&history->freshest, reader, n_tags);
}

void
bmn_tag_history_save (const BmnTagHistory *history, BmnStateWriter *writer)
{
  bmn_state_put_uint (writer, history->tags->len);
  for (guint i = 0; i < history->tags->len; i++)
    bmn_tag_save (bmn_tag_history_get (history, i), writer);
  save_documents (history, writer);
  save_text (history, writer);
  save_latest (history, writer);
  bmn_state_put_uint (writer, history->n_posts);
  bmn_state_put_uint (writer, history->n_tagged);
  bmn_state_put_uints (writer, history->by_weekday, G_N_ELEMENTS (history->by_weekday));
  bmn_state_put_uints (writer, history->by_part_of_day, G_N_ELEMENTS (history->by_part_of_day));
  bmn_state_put_uints (writer, history->by_hour, G_N_ELEMENTS (history->by_hour));
  bmn_state_put_uints (writer, history->by_trait, G_N_ELEMENTS (history->by_trait));
  bmn_state_put_double (writer, history->repeat);
  bmn_state_put_double (writer, history->mean_tags);
  bmn_state_put_double (writer, history->last_at);
  bmn_state_put_double (writer, history->last_tagged_at);
}

static void
load_tags (BmnTagHistory *history, BmnStateReader *reader)
{
  guint n = bmn_state_get_count (reader, BMN_TAG_MIN_BYTES);
  for (guint i = 0; i < n && !reader->failed; i++)
    {
      g_autoptr (BmnTag) tag = bmn_tag_load (reader, n);
      if (tag && bmn_tag_history_find (history, tag->name) == BMN_TAG_NONE)
        bmn_tag_history_add (history, g_steal_pointer (&tag));
      else
        bmn_state_fail (reader);
    }
}

/* A tag is there because it was used. */
static void
count_uses (BmnTagHistory *history, BmnStateReader *reader)
{
  for (guint i = 0; i < history->tags->len; i++)
    {
      guint n = bmn_tag_count (bmn_tag_history_get (history, i));
      g_array_index (history->counts, guint, i) = n;
      if (n == 0)
        bmn_state_fail (reader);
    }
}

void
bmn_tag_history_load (BmnTagHistory *history,
                      BmnStateReader *reader,
                      const double *times,
                      guint n_times,
                      guint n_words)
{
  load_tags (history, reader);
  load_documents (history, reader, times, n_times, n_words);
  count_uses (history, reader);
  load_text (history, reader, n_words);
  load_latest (history, reader);
  history->n_posts = (guint)bmn_state_get_uint (reader, G_MAXINT);
  history->n_tagged = (guint)bmn_state_get_uint (reader, G_MAXINT);
  bmn_state_get_uints (reader, history->by_weekday, G_N_ELEMENTS (history->by_weekday), G_MAXINT);
  bmn_state_get_uints (reader, history->by_part_of_day, G_N_ELEMENTS (history->by_part_of_day),
                       G_MAXINT);
  bmn_state_get_uints (reader, history->by_hour, G_N_ELEMENTS (history->by_hour), G_MAXINT);
  bmn_state_get_uints (reader, history->by_trait, G_N_ELEMENTS (history->by_trait), G_MAXINT);
  history->repeat = bmn_state_get_double (reader);
  history->mean_tags = bmn_state_get_double (reader);
  history->last_at = bmn_state_get_double (reader);
  history->last_tagged_at = bmn_state_get_double (reader);
}
