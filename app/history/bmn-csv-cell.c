#include "bmn-csv-cell-private.h"

gboolean
bmn_csv_cell_needs_apostrophe (const char *text)
{
  static const char *const beginnings[]
      = { "=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠" };
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (text, beginnings[i]))
      return TRUE;
  return FALSE;
}

const char *
bmn_csv_cell_get_text (const char *cell)
{
  return *cell == '\'' && bmn_csv_cell_needs_apostrophe (cell + 1) ? cell + 1 : cell;
}
