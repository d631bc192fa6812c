#pragma once

#include "bmn-platform-host.h"

/* A host with a clock that stands still and nobody to ask. */
#define FAKE_TYPE_HOST (fake_host_get_type ())
G_DECLARE_FINAL_TYPE (FakeHost, fake_host, FAKE, HOST, GObject)

FakeHost *fake_host_new (gint64 now);
void fake_host_set_now (FakeHost *self, gint64 now);
