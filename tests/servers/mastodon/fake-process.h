#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* Finds the route and reads the parameters. FALSE, with the answer set, where they cannot be
 * read. */
gboolean fake_call_prepare (FakeCall *call);
/* Checks token, scope and rate, then lets the handler answer. */
void fake_call_process (FakeCall *call);
gboolean fake_call_is_control (FakeCall *call);

G_END_DECLS
