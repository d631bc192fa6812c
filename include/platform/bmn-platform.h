#pragma once

#include "bmn-account-health.h"
#include "bmn-account.h"
#include "bmn-capabilities.h"
#include "bmn-http-client.h"
#include "bmn-limits.h"
#include "bmn-platform-error.h"
#include "bmn-platform-host.h"
#include "bmn-publish-request.h"

G_BEGIN_DECLS

/*
 * BmnPlatform: one account on one platform. Subclasses live in a folder of their own and are
 * found through the table (bmn-platform-table.h). They have no widgets and never block:
 * whatever takes time completes the #GTask that it is given (transfer none: who answers later
 * takes a reference). All in one main context.
 *
 * Objects are made by bmn_platform_new(), or by g_object_new() of a subclass with the construct
 * properties `account` (a #BmnAccount pointer, copied), `http` and `host`.
 */

#define BMN_TYPE_PLATFORM (bmn_platform_get_type ())
G_DECLARE_DERIVABLE_TYPE (BmnPlatform, bmn_platform, BMN, PLATFORM, GObject)

/**
 * BmnPlatformClass:
 * @get_capabilities: what this account can do by now; may change as the server is known better
 * @get_limits: what this account accepts, from what is known by now
 * @make_key: (nullable): a new idempotency or record key; the default is a random UUID
 * @validate: (nullable): whether the account would take this content; the default checks
 *   lengths, media and alt texts against the limits, a subclass adds its own and chains up
 * @sign_in: uses @inputs (what the user gave, by the names in the table) to get and save
 *   credentials and to fill in the account's handle and settings; task: boolean
 * @sign_out: revokes and removes credentials; task: boolean
 * @check: asks the server who we are and what it allows; task: #BmnAccountHealth
 * @publish: publishes one part (or all, #BmnCapabilities.whole_thread) or hands it over to the
 *   server's schedule; task: #GPtrArray of #BmnReceipt, of each part now out or held
 * @read_back: looks whether it is there, by receipt, else by key, else by likeness; sends
 *   nothing; task: #GPtrArray of #BmnReceipt, empty where it is certain that it is not there;
 *   an error means that we cannot know. With a held receipt, or a time to be held for, it also
 *   looks whether the server holds it.
 * @edit: changes what is out to @request's content, by its receipts; task: as for @publish
 * @remove: deletes what is out or held, by its receipts, last part first; what is gone already
 *   is no error, but for what was held %BMN_ERROR_NOT_FOUND, as it may have gone out; task:
 *   boolean
 *
 * Errors of the tasks: #BmnPlatformError; also %BMN_ERROR_LOCKED, %BMN_ERROR_NO_KEYRING,
 * %BMN_ERROR_NO_SECRET from credentials, %BMN_ERROR_STORAGE from files, %G_IO_ERROR_CANCELLED.
 */
struct _BmnPlatformClass
{
  GObjectClass parent_class;

  const BmnCapabilities *(*get_capabilities) (BmnPlatform *self);
  const BmnLimits *(*get_limits) (BmnPlatform *self);
  char *(*make_key) (BmnPlatform *self);
  gboolean (*validate) (BmnPlatform *self, const BmnPost *post, GPtrArray *parts, GError **error);
  void (*sign_in) (BmnPlatform *self, GHashTable *inputs, GTask *task);
  void (*sign_out) (BmnPlatform *self, GTask *task);
  void (*check) (BmnPlatform *self, GTask *task);
  void (*publish) (BmnPlatform *self, BmnPublishRequest *request, GTask *task);
  void (*read_back) (BmnPlatform *self, BmnPublishRequest *request, GTask *task);
  void (*edit) (BmnPlatform *self, BmnPublishRequest *request, GTask *task);
  void (*remove) (BmnPlatform *self, BmnPublishRequest *request, GTask *task);
};

/* Returns: (transfer none): the account as this object knows it; sign-in fills it in */
BmnAccount *bmn_platform_get_account (BmnPlatform *self);
/* Returns: (transfer none): */
BmnHttpClient *bmn_platform_get_http (BmnPlatform *self);
/* Returns: (transfer none): */
BmnPlatformHost *bmn_platform_get_host (BmnPlatform *self);

const BmnCapabilities *bmn_platform_get_capabilities (BmnPlatform *self);
const BmnLimits *bmn_platform_get_limits (BmnPlatform *self);
char *bmn_platform_make_key (BmnPlatform *self) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_platform_validate:
 * @parts: (element-type BmnPart): what this account would get
 *
 * Returns: %FALSE with %BMN_PLATFORM_ERROR_REJECTED and what to change, in plain words
 */
gboolean
bmn_platform_validate (BmnPlatform *self, const BmnPost *post, GPtrArray *parts, GError **error);

/* @inputs: (element-type utf8 utf8): by the names in the table; may hold secrets */
void bmn_platform_sign_in_async (BmnPlatform *self,
                                 GHashTable *inputs,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean bmn_platform_sign_in_finish (BmnPlatform *self, GAsyncResult *result, GError **error);

void bmn_platform_sign_out_async (BmnPlatform *self,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean bmn_platform_sign_out_finish (BmnPlatform *self, GAsyncResult *result, GError **error);

void bmn_platform_check_async (BmnPlatform *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
BmnAccountHealth *bmn_platform_check_finish (BmnPlatform *self,
                                             GAsyncResult *result,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* These four take a reference to @request. */
void bmn_platform_publish_async (BmnPlatform *self,
                                 BmnPublishRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Returns: (transfer full) (element-type BmnReceipt): */
GPtrArray *bmn_platform_publish_finish (BmnPlatform *self,
                                        GAsyncResult *result,
                                        GError **error) G_GNUC_WARN_UNUSED_RESULT;

void bmn_platform_read_back_async (BmnPlatform *self,
                                   BmnPublishRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
/* Returns: (transfer full) (element-type BmnReceipt): empty: certainly not there */
GPtrArray *bmn_platform_read_back_finish (BmnPlatform *self,
                                          GAsyncResult *result,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

void bmn_platform_edit_async (BmnPlatform *self,
                              BmnPublishRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GPtrArray *bmn_platform_edit_finish (BmnPlatform *self,
                                     GAsyncResult *result,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

void bmn_platform_remove_async (BmnPlatform *self,
                                BmnPublishRequest *request,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean bmn_platform_remove_finish (BmnPlatform *self, GAsyncResult *result, GError **error);

G_END_DECLS
