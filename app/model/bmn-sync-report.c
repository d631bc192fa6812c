#include "bmn-sync-report.h"
#include "bmn-history-post.h"

BmnSyncReport *
bmn_sync_report_new (void)
{
  BmnSyncReport *report = g_new0 (BmnSyncReport, 1);
  report->followers = BMN_COUNT_UNKNOWN;
  return report;
}

void
bmn_sync_report_free (BmnSyncReport *report)
{
  g_free (report->lack);
  g_free (report);
}
