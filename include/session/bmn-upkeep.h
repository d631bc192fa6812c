#pragma once

#include "bmn-session.h"
#include "bmn-sync-report.h"

G_BEGIN_DECLS

/*
 * BmnUpkeep: what a program that stays does beside publishing: it reads what becomes of the
 * posts, and once a day deletes media files that no post needs. It works while this process is
 * the one that publishes for the folder, and sleeps until something is due.
 */

#define BMN_TYPE_UPKEEP (bmn_upkeep_get_type ())
G_DECLARE_FINAL_TYPE (BmnUpkeep, bmn_upkeep, BMN, UPKEEP, GObject)

/**
 * bmn_upkeep_new:
 *
 * Begins as soon as @session publishes, bmn_session_start_publishing(). Ends with its last
 * reference, which is to be dropped before the session is closed.
 */
BmnUpkeep *bmn_upkeep_new (BmnSession *session) G_GNUC_WARN_UNUSED_RESULT;

/*
 * Signals:
 *
 * BmnUpkeep::synced (gint64 account_id, const BmnSyncReport *report, const GError *error): an
 * account was read, or could not be; one of @report and @error is %NULL. Tried again by itself.
 */

G_END_DECLS
