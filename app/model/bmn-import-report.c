#include "bmn-import-report.h"

BmnImportBadRow *
bmn_import_bad_row_new (gint64 row, const char *reason)
{
  BmnImportBadRow *bad_row = g_new0 (BmnImportBadRow, 1);
  bad_row->row = row;
  bad_row->reason = g_strdup (reason);
  return bad_row;
}

void
bmn_import_bad_row_free (BmnImportBadRow *bad_row)
{
  g_free (bad_row->reason);
  g_free (bad_row);
}

BmnImportReport *
bmn_import_report_new (void)
{
  BmnImportReport *report = g_new0 (BmnImportReport, 1);
  report->bad_rows = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_import_bad_row_free);
  report->samples = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  return report;
}

void
bmn_import_report_free (BmnImportReport *report)
{
  g_ptr_array_unref (report->bad_rows);
  g_ptr_array_unref (report->samples);
  g_free (report);
}

void
bmn_import_report_add_bad (BmnImportReport *report, gint64 row, const char *reason)
{
  report->n_bad++;
  if (row == 0)
    g_ptr_array_insert (report->bad_rows, 0, bmn_import_bad_row_new (row, reason));
  else if (report->bad_rows->len < BMN_IMPORT_MAX_BAD_ROWS)
    g_ptr_array_add (report->bad_rows, bmn_import_bad_row_new (row, reason));
}
