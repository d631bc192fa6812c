#include "bmn-levers-private.h"
#include "bmn-reader-private.h"

void
bmn_levers_init (BmnLevers *levers)
{
  *levers = (BmnLevers){ 0 };
  levers->pinned = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  levers->muted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

void
bmn_levers_clear (BmnLevers *levers)
{
  g_clear_pointer (&levers->pinned, g_hash_table_unref);
  g_clear_pointer (&levers->muted, g_hash_table_unref);
}

char *
bmn_levers_name_of (const char *tag)
{
  g_autofree char *valid = g_utf8_make_valid (tag, -1);
  const char *name = valid;
  if (*name == '#')
    name++;
  else if (g_str_has_prefix (name, "＃"))
    name = g_utf8_next_char (name);
  g_autoptr (BmnReader) reader = bmn_reader_new ();
  return bmn_reader_lower (reader, name);
}

void
bmn_levers_set_tag (GHashTable *set, const char *tag, gboolean present)
{
  g_autofree char *name = bmn_levers_name_of (tag);
  if (!present)
    g_hash_table_remove (set, name);
  else if (*name)
    g_hash_table_add (set, g_steal_pointer (&name));
}
