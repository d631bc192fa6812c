#pragma once

#include "bmn-platform-host.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/*
 * BmnAccountHost: what the session is for one account's platform object. Facts are read from
 * the store when it is made and kept in step as they are set; credentials are always asked of
 * the keyring.
 */

#define BMN_TYPE_ACCOUNT_HOST (bmn_account_host_get_type ())
G_DECLARE_FINAL_TYPE (BmnAccountHost, bmn_account_host, BMN, ACCOUNT_HOST, GObject)

/**
 * bmn_account_host_new:
 * @session: kept
 * @account_id: 0 while the account is being signed in: what is saved until
 *   bmn_account_host_adopt_async() is kept in memory
 * @label: what a keyring manager shows
 */
BmnAccountHost *bmn_account_host_new (BmnSession *session,
                                      gint64 account_id,
                                      const char *label,
                                      GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_account_host_adopt_async:
 *
 * Gives the host its account, now stored, and saves what sign-in left in memory.
 */
void bmn_account_host_adopt_async (BmnAccountHost *self,
                                   gint64 account_id,
                                   const char *label,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
gboolean bmn_account_host_adopt_finish (BmnAccountHost *self, GAsyncResult *result, GError **error);

G_END_DECLS
