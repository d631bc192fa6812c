#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* The route of a request; @id receives the segment at ":id". NULL where there is none. */
const FakeRoute *fake_routes_find (const char *method, const char *path, char **id);

G_END_DECLS
