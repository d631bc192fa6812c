#include "bmn-limits.h"

BmnLimits *
bmn_limits_new (void)
{
  return g_new0 (BmnLimits, 1);
}

BmnLimits *
bmn_limits_copy (const BmnLimits *limits)
{
  BmnLimits *copy = g_memdup2 (limits, sizeof *limits);
  copy->mime_types = g_strdupv (limits->mime_types);
  return copy;
}

void
bmn_limits_free (BmnLimits *limits)
{
  g_strfreev (limits->mime_types);
  g_free (limits);
}
