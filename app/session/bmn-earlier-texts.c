#include "bmn-earlier-texts-private.h"

#include "bmn-earlier-posts.h"
#include "bmn-engine-states.h"
#include "bmn-entity-finder.h"
#include "bmn-entity.h"

#include <string.h>

/* Whom one mentioned in so many posts one knows. */
#define FAMILIAR 3

struct _BmnEarlierTexts
{
  BmnStore *store; /* (transfer none) */
  gint64 account_id;
  gint64 serial; /* of the history that was read */
  gint64 last_post;
  BmnDuplicateIndex *published; /* (owned) (nullable) */
  BmnDuplicateIndex *queued;    /* (owned) (nullable) */
  GHashTable *mentions;         /* (owned) (element-type utf8 guint): in how many posts */
};

BmnEarlierTexts *
bmn_earlier_texts_new (BmnStore *store, gint64 account_id)
{
  BmnEarlierTexts *self = g_new0 (BmnEarlierTexts, 1);
  self->store = store;
  self->account_id = account_id;
  self->mentions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return self;
}

void
bmn_earlier_texts_free (BmnEarlierTexts *self)
{
  g_clear_pointer (&self->published, bmn_duplicate_index_free);
  g_clear_pointer (&self->queued, bmn_duplicate_index_free);
  g_hash_table_unref (self->mentions);
  g_free (self);
}

typedef struct
{
  const BmnEarlierTexts *self;
  gint64 serial;
  GPtrArray *published; /* (owned) (nullable) (element-type BmnEarlierPost) */
  GPtrArray *queued;    /* (owned) (nullable) (element-type BmnEarlierPost) */
} Reading;

static void
reading_clear (Reading *reading)
{
  g_clear_pointer (&reading->published, g_ptr_array_unref);
  g_clear_pointer (&reading->queued, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Reading, reading_clear)

static gboolean
read_texts (BmnTransaction *tx, gpointer data, GError **error)
{
  Reading *reading = data;
  const BmnEarlierTexts *self = reading->self;
  g_autoptr (BmnEngineState) state = bmn_engine_states_get (tx, self->account_id, FALSE, error);
  if (!state)
    return FALSE;
  reading->serial = state->serial;
  gboolean is_current = self->published && self->serial == state->serial;
  reading->published = bmn_earlier_posts_list_published (tx, self->account_id,
                                                         is_current ? self->last_post : 0, error);
  reading->queued = bmn_earlier_posts_list_queued (tx, self->account_id, error);
  return reading->published && reading->queued;
}

static void
count_mentions (BmnEarlierTexts *self, const char *text)
{
  g_autoptr (GPtrArray) entities
      = strchr (text, '@') ? bmn_text_find_entities (text, BMN_TEXT_DIALECT_MASTODON, NULL) : NULL;
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind != BMN_ENTITY_MENTION)
        continue;
      char *handle = g_utf8_casefold (entity->text, -1);
      guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->mentions, handle));
      g_hash_table_replace (self->mentions, handle, GUINT_TO_POINTER (n + 1));
    }
}

static void
add_all (BmnDuplicateIndex *index, GPtrArray *posts)
{
  for (guint i = 0; i < posts->len; i++)
    {
      const BmnEarlierPost *post = posts->pdata[i];
      bmn_duplicate_index_add (index, post->post_id, post->series_id, post->text);
    }
}

gboolean
bmn_earlier_texts_update (BmnEarlierTexts *self, GError **error)
{
  g_auto (Reading) reading = { .self = self };
  if (!bmn_store_read (self->store, read_texts, &reading, error))
    return FALSE;
  if (!self->published || self->serial != reading.serial)
    {
      g_clear_pointer (&self->published, bmn_duplicate_index_free);
      g_hash_table_remove_all (self->mentions);
      self->published = bmn_duplicate_index_new ();
      self->serial = reading.serial;
      self->last_post = 0;
    }
  add_all (self->published, reading.published);
  for (guint i = 0; i < reading.published->len; i++)
    {
      const BmnEarlierPost *post = reading.published->pdata[i];
      count_mentions (self, post->text);
      self->last_post = post->history_id;
    }
  g_clear_pointer (&self->queued, bmn_duplicate_index_free);
  self->queued = bmn_duplicate_index_new ();
  add_all (self->queued, reading.queued);
  return TRUE;
}

const BmnDuplicateIndex *
bmn_earlier_texts_get_published (const BmnEarlierTexts *self)
{
  return self->published;
}

const BmnDuplicateIndex *
bmn_earlier_texts_get_queued (const BmnEarlierTexts *self)
{
  return self->queued;
}

void
bmn_earlier_texts_add_familiar (const BmnEarlierTexts *self, GStrvBuilder *handles)
{
  GHashTableIter iter;
  gpointer handle, n;
  g_hash_table_iter_init (&iter, self->mentions);
  while (g_hash_table_iter_next (&iter, &handle, &n))
    if (GPOINTER_TO_UINT (n) >= FAMILIAR)
      g_strv_builder_add (handles, handle);
}
