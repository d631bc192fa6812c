#include "fake-host.h"
#include "bmn-error.h"

struct _FakeHost
{
  GObject parent_instance;
  gint64 now;
};

static void fake_host_iface_init (BmnPlatformHostInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeHost,
                               fake_host,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_HOST, fake_host_iface_init))

static gint64
fake_host_now (BmnPlatformHost *host)
{
  return FAKE_HOST (host)->now;
}

static void
fake_host_ask (BmnPlatformHost *host, const char *question, GTask *task)
{
  g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, "nobody is there");
}

static void
fake_host_iface_init (BmnPlatformHostInterface *iface)
{
  iface->now = fake_host_now;
  iface->ask = fake_host_ask;
}

static void
fake_host_class_init (FakeHostClass *klass)
{
}

static void
fake_host_init (FakeHost *self)
{
}

FakeHost *
fake_host_new (gint64 now)
{
  FakeHost *self = g_object_new (FAKE_TYPE_HOST, NULL);
  self->now = now;
  return self;
}

void
fake_host_set_now (FakeHost *self, gint64 now)
{
  self->now = now;
}
