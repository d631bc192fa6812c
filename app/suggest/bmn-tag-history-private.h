#pragma once

#include "bmn-state-private.h"
#include "bmn-neighbours-private.h"
#include "bmn-tag-private.h"
#include "bmn-top-private.h"

G_BEGIN_DECLS

/* How many of the last tag uses and of the last tagged posts are remembered in order. */
#define BMN_TAG_HISTORY_RECENT_USES 40
#define BMN_TAG_HISTORY_RECENT_SETS 10

/* BmnTagHistory: which hashtags an account used, when and with what. */
typedef struct
{
  GPtrArray *tags;          /* (owned) (element-type BmnTag): by id, in the order of first use */
  GArray *counts;           /* (owned) (element-type guint): uses, by id: read more than all else */
  GHashTable *ids;          /* (owned) (element-type utf8 guint): name to id + 1 */
  BmnNeighbours neighbours; /* over the tagged posts */
  GArray *document_tags; /* (owned) (element-type guint): of all documents, one behind the other */
  GArray *document_ends; /* (owned) (element-type guint): where each one's end */
  GArray *word_links;    /* (owned) (element-type BmnTagLinks): by word id */
  BmnLinkTable context_links; /* by bmn_shape_of_draft(), tagged posts only */
  BmnKeyMap gram_places;
  GPtrArray *gram_tags; /* (owned) (element-type GArray): ids of the tags with a group of letters */
  guint n_posts;
  guint n_tagged;
  GArray *last_tags;  /* (owned) (element-type guint): of the last tagged post that is no reply */
  GQueue recent_sets; /* (owned) (element-type GArray): of the last tagged posts, newest first */
  guint recent_uses[BMN_TAG_HISTORY_RECENT_USES]; /* newest first */
  guint n_recent_uses;
  guint by_weekday[7];
  guint by_part_of_day[8];
  guint by_hour[24];
  guint by_trait[BMN_N_TRAITS]; /* tagged posts */
  double repeat;         /* moving share of tagged posts with just the tags of the one before */
  double mean_tags;      /* moving number of tags of a tagged post */
  double last_at;        /* of the last post, 0 for none */
  double last_tagged_at; /* of the last tagged one, 0 for none */
  BmnTop most_used;      /* always current: a count never falls */
  BmnTop freshest;       /* by faded count, likewise */
} BmnTagHistory;

void bmn_tag_history_init (BmnTagHistory *history);
void bmn_tag_history_clear (BmnTagHistory *history);

/* @post: number of the post; posts come by time */
void bmn_tag_history_observe (BmnTagHistory *history,
                              const BmnReading *reading,
                              const BmnMoment *moment,
                              gboolean is_reply,
                              guint post);

static inline BmnTag *
bmn_tag_history_get (const BmnTagHistory *history, guint id)
{
  return g_ptr_array_index (history->tags, id);
}

/* Returns: (nullable): what went with a word */
static inline const BmnTagLinks *
bmn_tag_history_get_word_links (const BmnTagHistory *history, guint word)
{
  const BmnTagLinks *row = word < history->word_links->len
                               ? &g_array_index (history->word_links, BmnTagLinks, word)
                               : NULL;
  return row && row->n > 0 ? row : NULL;
}

static inline guint
bmn_tag_history_get_count (const BmnTagHistory *history, guint id)
{
  return g_array_index (history->counts, guint, id);
}

/* Returns: the number of the post that @use was in */
static inline guint
bmn_tag_history_get_post (const BmnTagHistory *history, const BmnTagUse *use)
{
  return g_array_index (history->neighbours.documents, BmnDocument, use->document).post;
}

#define BMN_TAG_NONE G_MAXUINT

/* Returns: the id of a tag by its lower-case name, or %BMN_TAG_NONE */
guint bmn_tag_history_find (const BmnTagHistory *history, const char *name);

/* Returns: (transfer none): ids of the tags of a document of the neighbours */
const guint *
bmn_tag_history_get_document_tags (const BmnTagHistory *history, guint document, guint *n_tags);

/* Returns: (nullable): ids of the tags with this group of letters */
GArray *bmn_tag_history_get_gram_tags (const BmnTagHistory *history, guint64 gram);

static inline gboolean
bmn_ids_contain (const GArray *ids, guint id)
{
  for (guint i = 0; i < ids->len; i++)
    {
      if (g_array_index (ids, guint, i) == id)
        return TRUE;
    }
  return FALSE;
}

void bmn_tag_history_save (const BmnTagHistory *history, BmnStateWriter *writer);

/* Fills an empty @history; @times, @n_words: as for bmn_neighbours_load() */
void bmn_tag_history_load (BmnTagHistory *history,
                           BmnStateReader *reader,
                           const double *times,
                           guint n_times,
                           guint n_words);

/* Adds a tag whose name is new. Returns: its id */
guint bmn_tag_history_add (BmnTagHistory *history, BmnTag *tag);

G_END_DECLS
