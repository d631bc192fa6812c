#include "bmn-outside-tags.h"
#include "bmn-accounts.h"

/* The fact's name, and within it a key file: what is damaged in it counts as never read. */
#define FACT "outside-tags"
#define GROUP "tags"
#define READ_AT "read-at"

/* The lists of one, each with what says why it is missing. */
static const struct
{
  const char *name;
  const char *lack_name;
  gsize list;
  gsize lack;
} lists[] = {
  { "followed", "followed-lack", G_STRUCT_OFFSET (BmnOutsideTags, followed),
    G_STRUCT_OFFSET (BmnOutsideTags, followed_lack) },
  { "trending", "trending-lack", G_STRUCT_OFFSET (BmnOutsideTags, trending),
    G_STRUCT_OFFSET (BmnOutsideTags, trending_lack) },
};

static GStrv *
list_of (const BmnOutsideTags *tags, gsize i)
{
  return G_STRUCT_MEMBER_P (tags, lists[i].list);
}

static char **
lack_of (const BmnOutsideTags *tags, gsize i)
{
  return G_STRUCT_MEMBER_P (tags, lists[i].lack);
}

BmnOutsideTags *
bmn_outside_tags_new (void)
{
  BmnOutsideTags *tags = g_new0 (BmnOutsideTags, 1);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    *list_of (tags, i) = g_new0 (char *, 1);
  return tags;
}

void
bmn_outside_tags_free (BmnOutsideTags *tags)
{
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      g_strfreev (*list_of (tags, i));
      g_free (*lack_of (tags, i));
    }
  g_free (tags);
}

static void
read_lists (BmnOutsideTags *tags, const char *fact)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  if (!g_key_file_load_from_data (file, fact, (gsize)-1, G_KEY_FILE_NONE, NULL))
    return;
  tags->read_at = g_key_file_get_int64 (file, GROUP, READ_AT, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GStrv list = g_key_file_get_string_list (file, GROUP, lists[i].name, NULL, NULL);
      if (list)
        {
          g_strfreev (*list_of (tags, i));
          *list_of (tags, i) = list;
        }
      *lack_of (tags, i) = g_key_file_get_string (file, GROUP, lists[i].lack_name, NULL);
    }
}

BmnOutsideTags *
bmn_outside_tags_get (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (GHashTable) facts = bmn_facts_get_all (tx, account_id, error);
  if (!facts)
    return NULL;
  BmnOutsideTags *tags = bmn_outside_tags_new ();
  const char *fact = g_hash_table_lookup (facts, FACT);
  if (fact)
    read_lists (tags, fact);
  return tags;
}

gboolean
bmn_outside_tags_put (BmnTransaction *tx,
                      gint64 account_id,
                      const BmnOutsideTags *tags,
                      GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_key_file_set_int64 (file, GROUP, READ_AT, tags->read_at);
  for (gsize i = 0; i < G_N_ELEMENTS (lists); i++)
    {
      GStrv list = *list_of (tags, i);
      g_key_file_set_string_list (file, GROUP, lists[i].name, (const char *const *)list,
                                  g_strv_length (list));
      if (*lack_of (tags, i))
        g_key_file_set_string (file, GROUP, lists[i].lack_name, *lack_of (tags, i));
    }
  g_autofree char *fact = g_key_file_to_data (file, NULL, NULL);
  return bmn_facts_set (tx, account_id, FACT, fact, error);
}
