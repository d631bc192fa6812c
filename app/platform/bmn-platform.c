#include "bmn-platform.h"
#include "bmn-platform-task-private.h"
#include "bmn-platform-validate-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  BmnAccount *account;   /* (owned) */
  BmnHttpClient *http;   /* (owned) (nullable) */
  BmnPlatformHost *host; /* (owned) (nullable) */
} BmnPlatformPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BmnPlatform, bmn_platform, G_TYPE_OBJECT)

enum
{
  PROP_ACCOUNT = 1,
  PROP_HTTP,
  PROP_HOST,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

#define PRIVATE(self) ((BmnPlatformPrivate *)bmn_platform_get_instance_private (self))

static void
bmn_platform_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BmnPlatformPrivate *priv = PRIVATE (BMN_PLATFORM (object));
  switch (id)
    {
    case PROP_ACCOUNT:
      priv->account = bmn_account_copy (g_value_get_pointer (value));
      break;
    case PROP_HTTP:
      priv->http = g_value_dup_object (value);
      break;
    case PROP_HOST:
      priv->host = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bmn_platform_finalize (GObject *object)
{
  BmnPlatformPrivate *priv = PRIVATE (BMN_PLATFORM (object));
  g_clear_pointer (&priv->account, bmn_account_free);
  g_clear_object (&priv->http);
  g_clear_object (&priv->host);
  G_OBJECT_CLASS (bmn_platform_parent_class)->finalize (object);
}

static char *
make_uuid (BmnPlatform *self)
{
  return g_uuid_string_random ();
}

static gboolean
validate_limits (BmnPlatform *self, const BmnPost *post, GPtrArray *parts, GError **error)
{
  return bmn_platform_validate_limits (bmn_platform_get_limits (self), post, parts, error);
}

static void
bmn_platform_class_init (BmnPlatformClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->set_property = bmn_platform_set_property;
  object_class->finalize = bmn_platform_finalize;
  klass->make_key = make_uuid;
  klass->validate = validate_limits;

  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;
  properties[PROP_ACCOUNT] = g_param_spec_pointer ("account", NULL, NULL, flags);
  properties[PROP_HTTP] = g_param_spec_object ("http", NULL, NULL, BMN_TYPE_HTTP_CLIENT, flags);
  properties[PROP_HOST] = g_param_spec_object ("host", NULL, NULL, BMN_TYPE_PLATFORM_HOST, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
bmn_platform_init (BmnPlatform *self)
{
}

BmnAccount *
bmn_platform_get_account (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return PRIVATE (self)->account;
}

BmnHttpClient *
bmn_platform_get_http (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return PRIVATE (self)->http;
}

BmnPlatformHost *
bmn_platform_get_host (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return PRIVATE (self)->host;
}

const BmnCapabilities *
bmn_platform_get_capabilities (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return BMN_PLATFORM_GET_CLASS (self)->get_capabilities (self);
}

const BmnLimits *
bmn_platform_get_limits (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return BMN_PLATFORM_GET_CLASS (self)->get_limits (self);
}

char *
bmn_platform_make_key (BmnPlatform *self)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), NULL);
  return BMN_PLATFORM_GET_CLASS (self)->make_key (self);
}

gboolean
bmn_platform_validate (BmnPlatform *self, const BmnPost *post, GPtrArray *parts, GError **error)
{
  g_return_val_if_fail (BMN_IS_PLATFORM (self), FALSE);
  return BMN_PLATFORM_GET_CLASS (self)->validate (self, post, parts, error);
}

void
bmn_platform_sign_in_async (BmnPlatform *self,
                            GHashTable *inputs,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  BmnPlatformClass *klass = BMN_PLATFORM_GET_CLASS (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_sign_in_async);
  if (bmn_platform_task_may_begin (task, klass->sign_in != NULL))
    klass->sign_in (self, inputs, task);
}

gboolean
bmn_platform_sign_in_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_boolean (self, result, error);
}

void
bmn_platform_sign_out_async (BmnPlatform *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  BmnPlatformClass *klass = BMN_PLATFORM_GET_CLASS (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_sign_out_async);
  if (bmn_platform_task_may_begin (task, klass->sign_out != NULL))
    klass->sign_out (self, task);
}

gboolean
bmn_platform_sign_out_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_boolean (self, result, error);
}

void
bmn_platform_check_async (BmnPlatform *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  BmnPlatformClass *klass = BMN_PLATFORM_GET_CLASS (self);
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_check_async);
  if (bmn_platform_task_may_begin (task, klass->check != NULL))
    klass->check (self, task);
}

BmnAccountHealth *
bmn_platform_check_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

typedef void (*BmnRequestFunc) (BmnPlatform *self, BmnPublishRequest *request, GTask *task);

/* The request lives as long as its task, so that no subclass has to keep it. */
static void
begin_request (BmnPlatform *self, BmnRequestFunc func, BmnPublishRequest *request, GTask *task)
{
  g_object_set_data_full (G_OBJECT (task), "bmn-request", bmn_publish_request_ref (request),
                          (GDestroyNotify)bmn_publish_request_unref);
  /* What was done is told, though it was cancelled meanwhile. */
  g_task_set_check_cancellable (task, FALSE);
  if (bmn_platform_task_may_begin (task, func != NULL))
    func (self, request, task);
}

void
bmn_platform_publish_async (BmnPlatform *self,
                            BmnPublishRequest *request,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_publish_async);
  begin_request (self, BMN_PLATFORM_GET_CLASS (self)->publish, request, task);
}

GPtrArray *
bmn_platform_publish_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_read_back_async (BmnPlatform *self,
                              BmnPublishRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_read_back_async);
  begin_request (self, BMN_PLATFORM_GET_CLASS (self)->read_back, request, task);
}

GPtrArray *
bmn_platform_read_back_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_edit_async (BmnPlatform *self,
                         BmnPublishRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_edit_async);
  begin_request (self, BMN_PLATFORM_GET_CLASS (self)->edit, request, task);
}

GPtrArray *
bmn_platform_edit_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_pointer (self, result, error);
}

void
bmn_platform_remove_async (BmnPlatform *self,
                           BmnPublishRequest *request,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (BMN_IS_PLATFORM (self));
  g_autoptr (GTask) task = BMN_PLATFORM_TASK (bmn_platform_remove_async);
  begin_request (self, BMN_PLATFORM_GET_CLASS (self)->remove, request, task);
}

gboolean
bmn_platform_remove_finish (BmnPlatform *self, GAsyncResult *result, GError **error)
{
  return bmn_platform_task_take_boolean (self, result, error);
}
