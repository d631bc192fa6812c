#pragma once

#include "bmn-account.h"
#include "bmn-capabilities.h"
#include "bmn-limits.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * BmnAccountOverview:
 * @account: as it is stored
 * @platform_name: (transfer none): translated
 * @capabilities: what it can do by now
 * @limits: what it accepts by now
 * @can_sync: whether its platform tells anything of what was published
 * @needs_sign_in: whether posts wait because the platform refused the credentials
 * @session_ends_at: when the user must sign in again at the latest, µs; 0 where not known or
 *   never
 * @n_planned: posts that wait for their time
 * @n_at_server: of these, those that the server holds or may hold
 * @n_history: posts of its history
 * @synced_at: when its posts were last read from the platform, µs; 0 for never
 *
 * What a page about an account shows, as one state of the data.
 */
typedef struct
{
  BmnAccount *account; /* (owned) */
  const char *platform_name;
  BmnCapabilities capabilities;
  BmnLimits *limits; /* (owned) */
  gboolean can_sync;
  gboolean needs_sign_in;
  gint64 session_ends_at;
  guint n_planned;
  guint n_at_server;
  gint64 n_history;
  gint64 synced_at;
} BmnAccountOverview;

void bmn_account_overview_free (BmnAccountOverview *overview);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccountOverview, bmn_account_overview_free)

/* In the session's main context; waits for the disk, briefly. Returns: (transfer full): %NULL
 * with %BMN_ERROR_NOT_FOUND or the store's error */
BmnAccountOverview *bmn_session_get_account_overview (BmnSession *self,
                                                      gint64 id,
                                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Likewise. Returns: (transfer full) (element-type BmnAccountOverview): of all, by id */
GPtrArray *
bmn_session_list_account_overviews (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
