#include "bmn-fake-platform.h"
#include "bmn-error.h"

struct _BmnFakePlatform
{
  BmnPlatform parent_instance;

  BmnFakeServer *server; /* not owned */
  BmnLimits *limits;     /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnFakePlatform, bmn_fake_platform, BMN_TYPE_PLATFORM)

static const BmnCapabilities *
fake_get_capabilities (BmnPlatform *platform)
{
  return &BMN_FAKE_PLATFORM (platform)->server->caps;
}

static const BmnLimits *
fake_get_limits (BmnPlatform *platform)
{
  BmnFakePlatform *self = BMN_FAKE_PLATFORM (platform);
  self->limits->max_parts = self->server->max_parts;
  return self->limits;
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_platform_host_save_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fake_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task)
{
  BmnAccount *account = bmn_platform_get_account (platform);
  const char *secret = g_hash_table_lookup (inputs, "secret");
  if (g_strcmp0 (secret, "wrong") == 0)
    {
      g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                               "The password is not right.");
      return;
    }
  g_free (account->handle);
  account->handle = g_strdup (g_hash_table_lookup (inputs, "handle"));
  bmn_platform_host_set_fact (bmn_platform_get_host (platform), "software", "fake 1.0");
  bmn_platform_host_save_credentials_async (bmn_platform_get_host (platform), secret,
                                            g_task_get_cancellable (task), on_saved,
                                            g_object_ref (task));
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_platform_host_remove_credentials_finish (BMN_PLATFORM_HOST (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
fake_sign_out (BmnPlatform *platform, GTask *task)
{
  bmn_platform_host_remove_credentials_async (bmn_platform_get_host (platform),
                                              g_task_get_cancellable (task), on_removed,
                                              g_object_ref (task));
}

static void
fake_check (BmnPlatform *platform, GTask *task)
{
  BmnFakeServer *server = BMN_FAKE_PLATFORM (platform)->server;
  server->n_check_calls++;
  if (server->check_error)
    g_task_return_error (task, g_error_copy (server->check_error));
  else
    g_task_return_pointer (task,
                           bmn_account_health_new (bmn_platform_get_account (platform)->handle,
                                                   server->session_ends_at),
                           (GDestroyNotify)bmn_account_health_free);
}

static void
fake_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  bmn_fake_server_publish (BMN_FAKE_PLATFORM (platform)->server,
                           bmn_platform_get_account (platform)->id, request, task);
}

static void
fake_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  bmn_fake_server_read_back (BMN_FAKE_PLATFORM (platform)->server,
                             bmn_platform_get_account (platform)->id, request, task);
}

static void
fake_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task)
{
  bmn_fake_server_remove (BMN_FAKE_PLATFORM (platform)->server,
                          bmn_platform_get_account (platform)->id, request, task);
}

static void
bmn_fake_platform_finalize (GObject *object)
{
  bmn_limits_free (BMN_FAKE_PLATFORM (object)->limits);
  G_OBJECT_CLASS (bmn_fake_platform_parent_class)->finalize (object);
}

static void
bmn_fake_platform_class_init (BmnFakePlatformClass *klass)
{
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->get_capabilities = fake_get_capabilities;
  platform_class->get_limits = fake_get_limits;
  platform_class->sign_in = fake_sign_in;
  platform_class->sign_out = fake_sign_out;
  platform_class->check = fake_check;
  platform_class->publish = fake_publish;
  platform_class->read_back = fake_read_back;
  platform_class->remove = fake_remove;
  G_OBJECT_CLASS (klass)->finalize = bmn_fake_platform_finalize;
}

static void
bmn_fake_platform_init (BmnFakePlatform *self)
{
  self->limits = bmn_limits_new ();
  /* With a limit on text it is one that has mentions, see bmn_text_dialect_of_limits(). */
  self->limits->max_length = 5000;
  self->limits->max_media = 4;
}

BmnPlatform *
bmn_fake_platform_new (const BmnAccount *account,
                       BmnHttpClient *http,
                       BmnPlatformHost *host,
                       BmnFakeServer *server)
{
  BmnFakePlatform *self
      = g_object_new (BMN_TYPE_FAKE_PLATFORM, "account", account, "http", http, "host", host, NULL);
  self->server = server;
  return BMN_PLATFORM (self);
}
