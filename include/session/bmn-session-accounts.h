#pragma once

#include "bmn-account-health.h"
#include "bmn-account.h"
#include "bmn-capabilities.h"
#include "bmn-input.h"
#include "bmn-limits.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/* Returns: (transfer full): stable names of all platforms, in the order shown to users */
GStrv bmn_session_list_platforms (BmnSession *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (nullable) (transfer none): the platform's translated name */
const char *bmn_session_get_platform_name (BmnSession *self, const char *platform);
/* Returns: (nullable) (transfer none): what it wants to know of a new account; ends with a row
 * without name */
const BmnInput *bmn_session_get_platform_inputs (BmnSession *self, const char *platform);

/**
 * bmn_session_add_account_async:
 * @name: (nullable): what the user calls it; %NULL for one made from what the platform says
 * @inputs: (element-type utf8 utf8): by bmn_session_get_platform_inputs(); may hold secrets
 *
 * Signs in and stores the account. Nothing is kept where sign-in fails.
 */
void bmn_session_add_account_async (BmnSession *self,
                                    const char *platform,
                                    const char *name,
                                    GHashTable *inputs,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* Returns: (transfer full): the account with its id */
BmnAccount *bmn_session_add_account_finish (BmnSession *self,
                                            GAsyncResult *result,
                                            GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_sign_in_account_async:
 * @inputs: (element-type utf8 utf8): as for bmn_session_add_account_async(); what is not given
 *   is taken from the account's settings
 *
 * Signs in to a known account anew and lets go of the posts that were held back because of it,
 * as far as it is not too late for them. %BMN_ERROR_CONFLICT where it turns out to be another
 * account; the old credentials stay where it fails.
 */
void bmn_session_sign_in_account_async (BmnSession *self,
                                        gint64 id,
                                        GHashTable *inputs,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data);
/* Returns: (transfer full): the account as it is now */
BmnAccount *bmn_session_sign_in_account_finish (BmnSession *self,
                                                GAsyncResult *result,
                                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full) (element-type BmnAccount): by id */
GPtrArray *bmn_session_list_accounts (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
BmnAccount *
bmn_session_get_account (BmnSession *self, gint64 id, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Stores what the user changed: name, zone, pause, missed-post policy, grace, gap. */
gboolean bmn_session_update_account (BmnSession *self, const BmnAccount *account, GError **error);

/**
 * bmn_session_describe_account:
 * @capabilities: (out caller-allocates) (optional): what it can do by now
 * @limits: (out) (optional) (transfer full): what it accepts by now
 */
gboolean bmn_session_describe_account (BmnSession *self,
                                       const BmnAccount *account,
                                       BmnCapabilities *capabilities,
                                       BmnLimits **limits,
                                       GError **error);

/* Asks the platform whether the account works. */
void bmn_session_check_account_async (BmnSession *self,
                                      gint64 id,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
BmnAccountHealth *bmn_session_check_account_finish (BmnSession *self,
                                                    GAsyncResult *result,
                                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_remove_account_async:
 *
 * Signs out (revoking what can be revoked) and forgets the account with its posts' targets
 * and its history. %BMN_ERROR_CONFLICT while something of it is being published. Where the
 * platform cannot be reached the account is removed all the same; the finish function then
 * says so.
 */
void bmn_session_remove_account_async (BmnSession *self,
                                       gint64 id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* @warning: (out) (transfer full) (nullable): what could not be revoked, in words */
gboolean bmn_session_remove_account_finish (BmnSession *self,
                                            GAsyncResult *result,
                                            char **warning,
                                            GError **error);

G_END_DECLS
