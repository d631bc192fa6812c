#include "bmn-engine-private.h"

#include <string.h>

/*
 * A loaded engine holds what it learnt and not what it learnt it from. The texts come back
 * when they are wanted: one by one with bmn_engine_add_history(), or all that are asked for
 * through the history function.
 */

void
bmn_engine_set_history_func (BmnEngine *engine,
                             BmnEngineHistoryFunc func,
                             gpointer data,
                             GDestroyNotify destroy)
{
  if (engine->history_destroy)
    engine->history_destroy (engine->history_data);
  engine->history_func = func;
  engine->history_data = data;
  engine->history_destroy = destroy;
}

void
bmn_engine_take_text (BmnEngine *engine, BmnRecord *record, const BmnHistoryPost *post)
{
  g_autofree char *text = bmn_reader_sanitise (post->text ? post->text : "");
  guint64 hash = bmn_hash_bytes (text, strlen (text));
  gboolean is_same = hash == record->text_hash;
  /* What came back, or was changed, is learnt in its place. */
  if (record->is_gone || !is_same)
    engine->is_stale = TRUE;
  record->is_gone = FALSE;
  if (record->text && is_same)
    return;
  engine->n_without_text -= record->text ? 0 : 1;
  g_free (record->text);
  record->text = g_steal_pointer (&text);
  record->text_hash = hash;
}

void
bmn_engine_fetch_texts (BmnEngine *engine, gint64 from)
{
  if (engine->n_without_text == 0)
    return;
  g_autoptr (GPtrArray) posts
      = engine->history_func ? engine->history_func (from, engine->history_data) : NULL;
  for (guint i = 0; posts && i < posts->len; i++)
    {
      const BmnHistoryPost *post = g_ptr_array_index (posts, i);
      BmnRecord *record = bmn_engine_find_record (engine, post->id);
      if (record)
        bmn_engine_take_text (engine, record, post);
    }
  for (guint i = 0; i < engine->records->len; i++)
    {
      BmnRecord *record = g_ptr_array_index (engine->records, i);
      if (!record->text && record->at >= from)
        record->is_gone = TRUE;
    }
}
