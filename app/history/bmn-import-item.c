#include "bmn-import-item-private.h"

void
bmn_import_item_free (BmnImportItem *item)
{
  g_clear_pointer (&item->post, bmn_history_post_free);
  g_clear_pointer (&item->readings, g_array_unref);
  g_free (item->problem);
  g_free (item);
}
