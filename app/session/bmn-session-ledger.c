#include "bmn-session-ledger.h"
#include "bmn-session-private.h"

#include "bmn-ledger.h"

typedef struct
{
  gint64 since;
  guint limit;
  GPtrArray *entries; /* (owned) (nullable) */
} Query;

static gboolean
list_ledger (BmnTransaction *tx, gpointer data, GError **error)
{
  Query *query = data;
  query->entries = bmn_ledger_list (tx, query->since, query->limit, error);
  return query->entries != NULL;
}

GPtrArray *
bmn_session_list_ledger (BmnSession *self, gint64 since, guint limit, GError **error)
{
  Query query = { .since = since, .limit = limit };
  return bmn_store_read (bmn_session_get_store (self), list_ledger, &query, error) ? query.entries
                                                                                   : NULL;
}
