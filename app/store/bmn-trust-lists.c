#include "bmn-trust-lists.h"
#include "bmn-statement-private.h"

#include <glib/gi18n-lib.h>

/* The statements of one list. */
static const struct
{
  const char *add;
  const char *remove;
  const char *list;
} lists[] = {
  [BMN_TRUST_DISTRUSTED_DOMAINS] = {
    "INSERT INTO distrusted_domain (domain) VALUES (?) ON CONFLICT DO NOTHING",
    "DELETE FROM distrusted_domain WHERE domain = ?",
    "SELECT domain FROM distrusted_domain ORDER BY domain",
  },
  [BMN_TRUST_KNOWN_HANDLES] = {
    "INSERT INTO known_handle (handle) VALUES (?) ON CONFLICT DO NOTHING",
    "DELETE FROM known_handle WHERE handle = ?",
    "SELECT handle FROM known_handle ORDER BY handle",
  },
};

gboolean
bmn_trust_lists_set (
    BmnTransaction *tx, BmnTrustList list, const char *item, gboolean present, GError **error)
{
  g_autoptr (BmnStatement) set
      = bmn_statement_new (tx, present ? lists[list].add : lists[list].remove);
  bmn_statement_put_text (set, item);
  return present ? bmn_statement_run (set, error)
                 : bmn_statement_change (set, _ ("This is not on the list."), error);
}

GStrv
bmn_trust_lists_get (BmnTransaction *tx, BmnTrustList list, GError **error)
{
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, lists[list].list);
  return bmn_statement_take_texts (query, error);
}
