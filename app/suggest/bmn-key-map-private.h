#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint64 key; /* 0 marks a free place */
  guint32 value;
} BmnKeyEntry;

/*
 * BmnKeyMap: numbers to numbers, by open addressing in one block of memory.
 *
 * The engine looks up a few hundred keys for each post of a history of perhaps 100 000, so
 * that a chained table with an allocation per entry would be most of its time and memory.
 */
typedef struct
{
  BmnKeyEntry *entries; /* (owned) */
  guint n_used;
  guint n_places; /* a power of two, or 0 */
} BmnKeyMap;

#define BMN_KEY_MAP_NONE G_MAXUINT32

void bmn_key_map_init (BmnKeyMap *map);
void bmn_key_map_clear (BmnKeyMap *map);

/* Returns: the value of @key, or %BMN_KEY_MAP_NONE; @key is not 0 */
guint32 bmn_key_map_lookup (const BmnKeyMap *map, guint64 key);

/* Sets the value of a @key that is not in @map yet. */
void bmn_key_map_insert (BmnKeyMap *map, guint64 key, guint32 value);

/*
 * What a key is about. A key packs its kind and up to two numbers of 28 bits, so that a
 * word, a hashtag and a shape of text can all stand in one map.
 */
typedef enum
{
  BMN_KEY_WORD = 1,
  BMN_KEY_FIRST,
  BMN_KEY_LAST,
  BMN_KEY_DOMAIN,
  BMN_KEY_SHAPE,
  BMN_KEY_TAG,
  BMN_KEY_NO_TAG,
  BMN_KEY_NO_LINK,
  BMN_KEY_ANY,
} BmnKeyKind;

static inline guint64
bmn_key (BmnKeyKind kind, guint32 a, guint32 b)
{
  return ((guint64)kind << 56) | ((guint64)(a & 0xfffffff) << 28) | (b & 0xfffffff);
}

static inline BmnKeyKind
bmn_key_get_kind (guint64 key)
{
  return (BmnKeyKind)(key >> 56);
}

/* FNV-1a, 64 bits; never 0. */
guint64 bmn_hash_bytes (const char *bytes, gsize length);

/* Returns: (transfer full): the keys of a @map whose values are the numbers from 0 on, by
 *   value */
guint64 *bmn_key_map_list (const BmnKeyMap *map) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
