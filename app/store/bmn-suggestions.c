#include "bmn-suggestions.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

#define COLUMNS                                                                                    \
  "s.id, s.account_id, s.post_id, s.kind, s.text, s.rank, s.probability, s.shown_at, s.outcome, "  \
  "s.settled_at"

static BmnShownSuggestion *
take_columns (BmnStatement *row)
{
  BmnShownSuggestion *suggestion = bmn_shown_suggestion_new (0, 0, BMN_SUGGESTION_HASHTAG, NULL);
  suggestion->id = bmn_statement_take_int (row);
  suggestion->account_id = bmn_statement_take_int (row);
  suggestion->post_id = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_suggestion_kind_from_nick, &suggestion->kind);
  suggestion->text = bmn_statement_take_text (row);
  suggestion->rank = (guint)bmn_statement_take_int (row);
  suggestion->probability = bmn_statement_take_real (row);
  suggestion->shown_at = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_suggestion_outcome_from_nick, &suggestion->outcome);
  suggestion->settled_at = bmn_statement_take_int (row);
  suggestion->history_id = bmn_statement_take_int (row);
  return suggestion;
}

static gpointer
take_suggestion (BmnStatement *row)
{
  return take_columns (row);
}

gboolean
bmn_suggestions_put (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error)
{
  g_autoptr (BmnStatement) put = bmn_statement_new (
      tx, "INSERT INTO shown_suggestion (account_id, post_id, kind, text, rank, probability, "
          "shown_at, outcome, settled_at) VALUES (?, ?, ?, ?, ?, ?, ?, 'waiting', 0) "
          "ON CONFLICT DO UPDATE SET rank = excluded.rank, probability = excluded.probability, "
          "shown_at = excluded.shown_at WHERE settled_at = 0");
  bmn_statement_put_int (put, suggestion->account_id);
  bmn_statement_put_int (put, suggestion->post_id);
  bmn_statement_put_text (put, bmn_suggestion_kind_to_nick (suggestion->kind));
  bmn_statement_put_text (put, suggestion->text);
  bmn_statement_put_int (put, suggestion->rank);
  bmn_statement_put_real (put, suggestion->probability);
  bmn_statement_put_int (put, suggestion->shown_at);
  return bmn_statement_run (put, error);
}

gboolean
bmn_suggestions_choose (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error)
{
  g_autoptr (BmnStatement) set = bmn_statement_new (
      tx, "UPDATE shown_suggestion SET outcome = ? WHERE account_id = ? AND post_id = ? "
          "AND kind = ? AND text = ? AND settled_at = 0");
  bmn_statement_put_text (set, bmn_suggestion_outcome_to_nick (suggestion->outcome));
  bmn_statement_put_int (set, suggestion->account_id);
  bmn_statement_put_int (set, suggestion->post_id);
  bmn_statement_put_text (set, bmn_suggestion_kind_to_nick (suggestion->kind));
  bmn_statement_put_text (set, suggestion->text);
  return bmn_statement_change (
      set, _ ("This was not suggested for the post, or the post is out already."), error);
}

GStrv
bmn_suggestions_list_dismissed (
    BmnTransaction *tx, gint64 account_id, gint64 post_id, BmnSuggestionKind kind, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT text FROM shown_suggestion WHERE account_id = ? AND post_id = ? AND kind = ? "
          "AND outcome = 'dismissed' AND settled_at = 0");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, post_id);
  bmn_statement_put_text (query, bmn_suggestion_kind_to_nick (kind));
  return bmn_statement_take_texts (query, error);
}

GPtrArray *
bmn_suggestions_list (BmnTransaction *tx, gint64 account_id, guint limit, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS ", s.history_post_id FROM shown_suggestion s WHERE s.account_id = ? "
          "ORDER BY s.shown_at DESC, s.id DESC LIMIT ?");
  bmn_statement_put_int (query, account_id);
  bmn_statement_put_int (query, bmn_statement_limit (limit));
  return bmn_statement_list (query, take_suggestion, (GDestroyNotify)bmn_shown_suggestion_free,
                             error);
}

void
bmn_published_suggestion_free (BmnPublishedSuggestion *published)
{
  g_clear_pointer (&published->suggestion, bmn_shown_suggestion_free);
  g_free (published->text);
  g_free (published);
}

static gpointer
take_published (BmnStatement *row)
{
  BmnPublishedSuggestion *published = g_new0 (BmnPublishedSuggestion, 1);
  published->suggestion = take_columns (row);
  published->text = bmn_statement_take_text (row);
  published->due_at = bmn_statement_take_int (row);
  return published;
}

/* The parts of a thread are history posts of one target; the first has the lowest id. */
GPtrArray *
bmn_suggestions_list_published (BmnTransaction *tx, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (
      tx, "SELECT " COLUMNS ", min (h.id), group_concat (h.text, char (10)), t.due_at "
          "FROM shown_suggestion s "
          "JOIN target t ON t.post_id = s.post_id AND t.account_id = s.account_id "
          "JOIN history_post h ON h.target_id = t.id "
          "WHERE s.settled_at = 0 AND t.state = 'published' AND (?1 = 0 OR s.account_id = ?1) "
          "GROUP BY s.id ORDER BY s.id");
  bmn_statement_put_int (query, account_id);
  return bmn_statement_list (query, take_published, (GDestroyNotify)bmn_published_suggestion_free,
                             error);
}

gboolean
bmn_suggestions_settle (BmnTransaction *tx, const BmnShownSuggestion *suggestion, GError **error)
{
  g_autoptr (BmnStatement) settle = bmn_statement_new (
      tx, "UPDATE shown_suggestion SET outcome = ?, settled_at = ?, history_post_id = ? "
          "WHERE id = ?");
  bmn_statement_put_text (settle, bmn_suggestion_outcome_to_nick (suggestion->outcome));
  bmn_statement_put_int (settle, suggestion->settled_at);
  bmn_statement_put_id (settle, suggestion->history_id);
  bmn_statement_put_int (settle, suggestion->id);
  return bmn_statement_run (settle, error);
}

gboolean
bmn_suggestions_forget_lost (BmnTransaction *tx, GError **error)
{
  g_autoptr (BmnStatement) delete = bmn_statement_new (
      tx, "DELETE FROM shown_suggestion WHERE settled_at = 0 AND post_id IS NULL");
  return bmn_statement_run (delete, error);
}
