#include "bmn-account-levers.h"

BmnAccountLevers *
bmn_account_levers_new (void)
{
  BmnAccountLevers *levers = g_new0 (BmnAccountLevers, 1);
  levers->pinned = g_new0 (char *, 1);
  levers->muted = g_new0 (char *, 1);
  levers->excluded = g_array_new (FALSE, FALSE, sizeof (gint64));
  return levers;
}

void
bmn_account_levers_free (BmnAccountLevers *levers)
{
  g_strfreev (levers->pinned);
  g_strfreev (levers->muted);
  g_array_unref (levers->excluded);
  g_free (levers);
}
