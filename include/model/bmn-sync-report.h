#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnSyncReport:
 * @n_listed: posts that the platform showed
 * @n_added: of these, how many were new here
 * @n_counted: posts whose counts were read
 * @n_gone: posts found to be no longer there
 * @followers: how many follow the account, or %BMN_COUNT_UNKNOWN
 * @lack: (nullable): what the platform does not offer, in words
 *
 * What a sync of one account has done (so far).
 */
typedef struct
{
  guint n_listed;
  guint n_added;
  guint n_counted;
  guint n_gone;
  gint64 followers;
  char *lack; /* (owned) (nullable) */
} BmnSyncReport;

BmnSyncReport *bmn_sync_report_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_sync_report_free (BmnSyncReport *report);

/* Called now and then in the main context of who asked, while a sync is under way. */
typedef void (*BmnSyncProgressFunc) (const BmnSyncReport *so_far, gpointer data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnSyncReport, bmn_sync_report_free)

G_END_DECLS
