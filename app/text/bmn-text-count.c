#include "bmn-text-count.h"

#include <string.h>

#include "bmn-text-units-private.h"

gboolean
bmn_text_count (const char *text, const BmnLimits *limits, BmnTextCount *count, GError **error)
{
  g_autoptr (GArray) units = bmn_text_units_new (text, limits, error);
  if (units == NULL)
    return FALSE;
  gboolean refused = FALSE;
  gsize start = 0;
  *count = (BmnTextCount){ .bytes = strlen (text), .fits = TRUE };
  for (guint i = 0; i < units->len; i++)
    {
      const BmnTextUnit *unit = &g_array_index (units, BmnTextUnit, i);
      count->length += unit->weight;
      if ((limits->max_length > 0 && count->length > limits->max_length)
          || (limits->max_bytes > 0 && unit->end > limits->max_bytes))
        count->fits = FALSE;
      refused |= unit->refused;
      if (count->fits && !refused)
        count->valid_end_byte = unit->end;
      start = unit->end;
    }
  count->valid = count->fits && !refused && (limits->rule != BMN_COUNT_X || start > 0);
  return TRUE;
}
