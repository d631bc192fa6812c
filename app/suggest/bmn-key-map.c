#include "bmn-key-map-private.h"

void
bmn_key_map_init (BmnKeyMap *map)
{
  *map = (BmnKeyMap){ 0 };
}

void
bmn_key_map_clear (BmnKeyMap *map)
{
  g_clear_pointer (&map->entries, g_free);
  bmn_key_map_init (map);
}

/* The finaliser of SplitMix64: packed keys differ in few bits, places must differ in many. */
static guint
place_of (guint64 key, guint n_places)
{
  key = (key ^ (key >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  key = (key ^ (key >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return (guint)(key ^ (key >> 31)) & (n_places - 1);
}

/* The place that holds @key, or the free one where it belongs. */
static guint
find_place (const BmnKeyMap *map, guint64 key)
{
  guint place = place_of (key, map->n_places);
  while (map->entries[place].key != 0 && map->entries[place].key != key)
    place = (place + 1) & (map->n_places - 1);
  return place;
}

guint32
bmn_key_map_lookup (const BmnKeyMap *map, guint64 key)
{
  if (map->n_places == 0)
    return BMN_KEY_MAP_NONE;
  const BmnKeyEntry *entry = &map->entries[find_place (map, key)];
  return entry->key == key ? entry->value : BMN_KEY_MAP_NONE;
}

static void
grow (BmnKeyMap *map)
{
  BmnKeyMap old = *map;
  map->n_places = old.n_places == 0 ? 64 : old.n_places * 2;
  map->entries = g_new0 (BmnKeyEntry, map->n_places);
  for (guint i = 0; i < old.n_places; i++)
    {
      if (old.entries[i].key != 0)
        map->entries[find_place (map, old.entries[i].key)] = old.entries[i];
    }
  g_free (old.entries);
}

void
bmn_key_map_insert (BmnKeyMap *map, guint64 key, guint32 value)
{
  if (map->n_used >= map->n_places / 4 * 3)
    grow (map);
  BmnKeyEntry *entry = &map->entries[find_place (map, key)];
  g_return_if_fail (entry->key == 0);
  *entry = (BmnKeyEntry){ key, value };
  map->n_used++;
}

guint64
bmn_hash_bytes (const char *bytes, gsize length)
{
  guint64 hash = G_GUINT64_CONSTANT (0xcbf29ce484222325);
  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guchar)bytes[i]) * G_GUINT64_CONSTANT (0x100000001b3);
  return hash == 0 ? 1 : hash;
}

guint64 *
bmn_key_map_list (const BmnKeyMap *map)
{
  guint64 *keys = g_new0 (guint64, map->n_used + 1);
  for (guint i = 0; i < map->n_places; i++)
    {
      if (map->entries[i].key != 0)
        keys[map->entries[i].value] = map->entries[i].key;
    }
  return keys;
}
