#include "bmn-account-health.h"

BmnAccountHealth *
bmn_account_health_new (const char *handle, gint64 session_ends_at)
{
  BmnAccountHealth *health = g_new0 (BmnAccountHealth, 1);
  health->handle = g_strdup (handle);
  health->session_ends_at = session_ends_at;
  return health;
}

void
bmn_account_health_free (BmnAccountHealth *health)
{
  g_free (health->handle);
  g_free (health);
}
