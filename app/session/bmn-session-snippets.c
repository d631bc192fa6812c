#include "bmn-session-snippets.h"
#include "bmn-session-private.h"

#include "bmn-entity-finder.h"
#include "bmn-error.h"
#include "bmn-hashtag.h"
#include "bmn-snippets.h"

#include <glib/gi18n-lib.h>

static gboolean
list_snippets (BmnTransaction *tx, gpointer data, GError **error)
{
  GPtrArray **snippets = data;
  *snippets = bmn_snippets_list (tx, error);
  return *snippets != NULL;
}

GPtrArray *
bmn_session_list_snippets (BmnSession *self, GError **error)
{
  GPtrArray *snippets = NULL;
  return bmn_store_read (bmn_session_get_store (self), list_snippets, &snippets, error) ? snippets
                                                                                        : NULL;
}

/* Returns: whether @word, with its sign, is one hashtag and nothing else */
static gboolean
is_hashtag (const char *word)
{
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (word, BMN_TEXT_DIALECT_MASTODON, NULL);
  if (!entities || entities->len != 1)
    return FALSE;
  const BmnEntity *entity = entities->pdata[0];
  return entity->kind == BMN_ENTITY_HASHTAG && entity->byte_start == 0
         && word[entity->byte_end] == '\0';
}

/* Returns: (transfer full): the hashtags with their sign, separated by blanks; %NULL with an
 * error */
static char *
tidy_hashtags (const char *text, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) tidy = g_string_new (NULL);
  g_auto (GStrv) words = g_strsplit_set (text, " ,;\t\r\n", -1);
  for (guint i = 0; words[i]; i++)
    {
      if (!*words[i])
        continue;
      g_autofree char *tag = g_str_has_prefix (words[i], "#") || g_str_has_prefix (words[i], "＃")
                                 ? g_strdup (words[i])
                                 : g_strconcat ("#", words[i], NULL);
      if (!is_hashtag (tag))
        {
          g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("“%s” is no hashtag. Take it out or write it as one word."), words[i]);
          return NULL;
        }
      char *folded = bmn_hashtag_fold (tag, error);
      if (!folded)
        return NULL;
      if (g_hash_table_add (known, folded))
        g_string_append_printf (tidy, "%s%s", tidy->len ? " " : "", tag);
    }
  return g_string_free (g_steal_pointer (&tidy), FALSE);
}

static gboolean
put_snippet (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_snippets_put (tx, data, error);
}

gboolean
bmn_session_put_snippet (BmnSession *self, BmnSnippet *snippet, GError **error)
{
  if (!bmn_snippet_validate (snippet, error))
    return FALSE;
  g_strstrip (snippet->name);
  if (snippet->kind == BMN_SNIPPET_HASHTAGS)
    {
      char *tidy = tidy_hashtags (snippet->text, error);
      if (!tidy)
        return FALSE;
      g_free (snippet->text);
      snippet->text = tidy;
      if (!bmn_snippet_validate (snippet, error))
        return FALSE;
    }
  return bmn_store_write (bmn_session_get_store (self), put_snippet, snippet, error);
}

static gboolean
delete_snippet (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_snippets_delete (tx, *(const gint64 *)data, error);
}

gboolean
bmn_session_remove_snippet (BmnSession *self, gint64 id, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), delete_snippet, &id, error);
}
