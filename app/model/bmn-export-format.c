#include "bmn-export-format.h"
#include "bmn-nick-private.h"

static const char *const format_nicks[] = { "csv", "json", "ics", NULL };

const char *
bmn_export_format_to_nick (BmnExportFormat format)
{
  return bmn_nick_get (format_nicks, format);
}

gboolean
bmn_export_format_from_nick (const char *nick, BmnExportFormat *format)
{
  int value = bmn_nick_find (format_nicks, nick);
  if (value < 0)
    return FALSE;
  *format = value;
  return TRUE;
}
