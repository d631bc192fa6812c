#include "bmn-record-index-private.h"

#include <string.h>

/* Half of a SHA-256 tells records apart as well. */
#define PREFIX_LENGTH 16

/* A key is 13 letters of five bits; of a TID, the first is one of the first eight
 * (atproto.com/specs/tid), so 63 bits hold it. */
#define TID_LENGTH 13
static const char tid_letters[] = "234567abcdefghijklmnopqrstuvwxyz";

/* Keys that are no TID lie in a list, and the number is their place in it. */
#define IS_PLACE (G_GUINT64_CONSTANT (1) << 63)
#define TAKEN G_MAXUINT64

typedef struct
{
  guint8 prefix[PREFIX_LENGTH];
  guint64 key;
} Entry;

/* Sorting needs as much memory again, so it is done in parts, by the first byte. */
#define N_PARTS 256

struct _BmnRecordIndex
{
  GArray *parts[N_PARTS]; /* (owned) (element-type Entry) */
  GPtrArray *odd_keys;    /* (owned) (element-type utf8) */
  guint64 n_left;
};

BmnRecordIndex *
bmn_record_index_new (void)
{
  BmnRecordIndex *self = g_new0 (BmnRecordIndex, 1);
  for (guint i = 0; i < N_PARTS; i++)
    self->parts[i] = g_array_new (FALSE, FALSE, sizeof (Entry));
  self->odd_keys = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
bmn_record_index_free (BmnRecordIndex *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_array_unref (self->parts[i]);
  g_ptr_array_unref (self->odd_keys);
  g_free (self);
}

static gboolean
pack_tid (const char *key, guint64 *packed)
{
  guint64 value = 0;
  if (strlen (key) != TID_LENGTH)
    return FALSE;
  for (const char *c = key; *c; c++)
    {
      const char *letter = strchr (tid_letters, *c);
      if (!letter || (c == key && letter - tid_letters >= 8))
        return FALSE;
      value = value << 5 | (guint64)(letter - tid_letters);
    }
  *packed = value;
  return TRUE;
}

static char *
unpack_tid (guint64 packed)
{
  char key[TID_LENGTH + 1] = { 0 };
  for (int i = TID_LENGTH - 1; i >= 0; i--, packed >>= 5)
    key[i] = tid_letters[packed & 31];
  return g_strdup (key);
}

void
bmn_record_index_add (BmnRecordIndex *self, const guint8 *digest, const char *key)
{
  Entry entry;
  memcpy (entry.prefix, digest, PREFIX_LENGTH);
  if (!pack_tid (key, &entry.key))
    {
      entry.key = IS_PLACE | self->odd_keys->len;
      g_ptr_array_add (self->odd_keys, g_strdup (key));
    }
  g_array_append_val (self->parts[digest[0]], entry);
  self->n_left++;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  return memcmp (((const Entry *)a)->prefix, ((const Entry *)b)->prefix, PREFIX_LENGTH);
}

void
bmn_record_index_close (BmnRecordIndex *self)
{
  for (guint i = 0; i < N_PARTS; i++)
    g_array_sort (self->parts[i], compare);
}

GPtrArray *
bmn_record_index_take (BmnRecordIndex *self, const guint8 *digest)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  GArray *part = self->parts[digest[0]];
  Entry wanted;
  guint at;
  memcpy (wanted.prefix, digest, PREFIX_LENGTH);
  if (!g_array_binary_search (part, &wanted, compare, &at))
    return g_steal_pointer (&keys);
  while (at > 0 && compare (&g_array_index (part, Entry, at - 1), &wanted) == 0)
    at--;
  for (; at < part->len && compare (&g_array_index (part, Entry, at), &wanted) == 0; at++)
    {
      Entry *entry = &g_array_index (part, Entry, at);
      if (entry->key == TAKEN)
        continue;
      g_ptr_array_add (keys, entry->key & IS_PLACE
                                 ? g_strdup (self->odd_keys->pdata[entry->key & ~IS_PLACE])
                                 : unpack_tid (entry->key));
      entry->key = TAKEN;
      self->n_left--;
    }
  return g_steal_pointer (&keys);
}

guint64
bmn_record_index_get_left (BmnRecordIndex *self)
{
  return self->n_left;
}
