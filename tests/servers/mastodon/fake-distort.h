#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* Spoils the JSON of an answer; @how is the name of a fault that begins with "json-". */
void fake_distort (FakeCall *call, const char *how);

G_END_DECLS
