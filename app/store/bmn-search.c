#include "bmn-search-private.h"

gboolean
bmn_search_remove (BmnTransaction *tx, gint64 post_id, GError **error)
{
  g_autoptr (BmnStatement) delete
      = bmn_statement_new (tx, "DELETE FROM post_words WHERE rowid = ?");
  bmn_statement_put_int (delete, post_id);
  return bmn_statement_run (delete, error);
}

gboolean
bmn_search_update (BmnTransaction *tx, gint64 post_id, GError **error)
{
  if (!bmn_search_remove (tx, post_id, error))
    return FALSE;
  g_autoptr (BmnStatement) insert = bmn_statement_new (
      tx, "INSERT INTO post_words (rowid, words) SELECT post_id, "
          "bmn_words (group_concat (text, char (10))) FROM post_text WHERE post_id = ? "
          "GROUP BY post_id");
  bmn_statement_put_int (insert, post_id);
  return bmn_statement_run (insert, error);
}

/* Quoted, a word is nothing but a word: quotes inside are doubled (FTS5, "strings"). */
static void
append_quoted (GString *expression, const char *word)
{
  if (expression->len > 0)
    g_string_append_c (expression, ' ');
  g_string_append_c (expression, '"');
  for (const char *p = word; *p; p++)
    {
      if (*p == '"')
        g_string_append_c (expression, '"');
      g_string_append_c (expression, *p);
    }
  g_string_append_c (expression, '"');
}

/* Whether FTS5's tokenizer finds anything in it: an expression without a token finds nothing. */
static gboolean
has_token (const char *word)
{
  for (const char *p = word; *p; p = g_utf8_next_char (p))
    {
      GUnicodeType type = g_unichar_type (g_utf8_get_char (p));
      if (g_unichar_isalnum (g_utf8_get_char (p)) || g_unichar_ismark (g_utf8_get_char (p))
          || type == G_UNICODE_OTHER_SYMBOL || type == G_UNICODE_PRIVATE_USE)
        return TRUE;
    }
  return FALSE;
}

char *
bmn_search_make_expression (BmnTransaction *tx, const char *query)
{
  if (!query)
    return NULL;
  g_autofree char *valid = g_utf8_make_valid (query, -1);
  g_autofree char *cut = tx->db->words (valid);
  g_auto (GStrv) words = g_strsplit_set (cut, " \t\n", -1);
  g_autoptr (GString) expression = g_string_new (NULL);
  for (guint i = 0; words[i]; i++)
    if (has_token (words[i]))
      append_quoted (expression, words[i]);
  if (expression->len == 0)
    return NULL;
  g_string_append (expression, " *");
  return g_string_free (g_steal_pointer (&expression), FALSE);
}
