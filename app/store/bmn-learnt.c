#include "bmn-learnt.h"
#include "bmn-statement-private.h"

/* Every statement here has the account as its only parameter, 0 for all. */
static gboolean
run_for (BmnTransaction *tx, const char *sql, gint64 account_id, GError **error)
{
  g_autoptr (BmnStatement) statement = bmn_statement_new (tx, sql);
  bmn_statement_put_int (statement, account_id);
  return bmn_statement_run (statement, error);
}

gboolean
bmn_learnt_forget (BmnTransaction *tx, gint64 account_id, GError **error)
{
  static const char *const steps[] = {
    "UPDATE engine_state SET serial = serial + 1, last_post = 0, counted_until = 0, asked_at = 0, "
    "state = NULL WHERE ?1 IN (0, account_id)",
    "DELETE FROM shown_suggestion WHERE ?1 IN (0, account_id)",
    "DELETE FROM idea_choice WHERE ?1 IN (0, account_id)",
    "INSERT INTO excluded_post (history_post_id) SELECT id FROM history_post "
    "WHERE ?1 IN (0, account_id) ON CONFLICT DO NOTHING",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (steps); i++)
    if (!run_for (tx, steps[i], account_id, error))
      return FALSE;
  return TRUE;
}

gboolean
bmn_learnt_include_all (BmnTransaction *tx, gint64 account_id, GError **error)
{
  return run_for (tx,
                  "DELETE FROM excluded_post WHERE history_post_id IN "
                  "(SELECT id FROM history_post WHERE ?1 IN (0, account_id))",
                  account_id, error);
}
