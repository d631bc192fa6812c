#include "bmn-snippets.h"
#include "bmn-statement-private.h"

#include "bmn-error.h"

#include <glib/gi18n-lib.h>

static gpointer
take_snippet (BmnStatement *row)
{
  BmnSnippet *snippet = bmn_snippet_new (BMN_SNIPPET_TEMPLATE, NULL, NULL);
  snippet->id = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_snippet_kind_from_nick, &snippet->kind);
  snippet->name = bmn_statement_take_text (row);
  snippet->text = bmn_statement_take_text (row);
  return snippet;
}

static const char *
missing (void)
{
  return _ ("This template or group of hashtags is not there any more.");
}

/* Returns: whether no other of the kind has the name */
static gboolean
check_name (BmnTransaction *tx, const BmnSnippet *snippet, GError **error)
{
  g_autoptr (BmnStatement) query
      = bmn_statement_new (tx, "SELECT id FROM snippet WHERE kind = ? AND name = ? AND id != ?");
  bmn_statement_put_text (query, bmn_snippet_kind_to_nick (snippet->kind));
  bmn_statement_put_text (query, snippet->name);
  bmn_statement_put_int (query, snippet->id);
  gboolean is_taken = bmn_statement_next (query);
  if (!bmn_statement_finish (query, error))
    return FALSE;
  if (is_taken)
    g_set_error (error, BMN_ERROR, BMN_ERROR_CONFLICT,
                 _ ("There is one called “%s” already. Choose another name."), snippet->name);
  return !is_taken;
}

gboolean
bmn_snippets_put (BmnTransaction *tx, BmnSnippet *snippet, GError **error)
{
  if (!check_name (tx, snippet, error))
    return FALSE;
  gboolean is_new = snippet->id == 0;
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, is_new ? "INSERT INTO snippet (kind, name, text) VALUES (?, ?, ?)"
                 : "UPDATE snippet SET kind = ?, name = ?, text = ? WHERE id = ?");
  bmn_statement_put_text (put, bmn_snippet_kind_to_nick (snippet->kind));
  bmn_statement_put_text (put, snippet->name);
  bmn_statement_put_text (put, snippet->text);
  if (is_new)
    return bmn_statement_insert (put, &snippet->id, error);
  bmn_statement_put_int (put, snippet->id);
  return bmn_statement_change (put, missing (), error);
}

gboolean
bmn_snippets_delete (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (tx, "DELETE FROM snippet WHERE id = ?");
  bmn_statement_put_int (delete, id);
  return bmn_statement_change (delete, missing (), error);
}

GPtrArray *
bmn_snippets_list (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT id, kind, name, text FROM snippet ORDER BY kind DESC, lower (name), id");
  return bmn_statement_list (query, take_snippet, (GDestroyNotify)bmn_snippet_free, error);
}
