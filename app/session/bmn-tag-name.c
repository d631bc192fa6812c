#include "bmn-tag-name-private.h"

#include "bmn-levers.h"

char *
bmn_tag_name (const char *tag)
{
  /* The engine's own rule, so that a decision is always about the hashtag it suggests. */
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  bmn_levers_set_tag (names, tag, TRUE);
  GHashTableIter iter;
  gpointer name;
  g_hash_table_iter_init (&iter, names);
  return g_strdup (g_hash_table_iter_next (&iter, &name, NULL) ? name : "");
}
