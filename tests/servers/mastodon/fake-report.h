#pragma once

#include "fake-call.h"
#include "fake-fault.h"

G_BEGIN_DECLS

/* Counts the request and adds it to the list of requests. */
void fake_report_request (FakeCall *call, const FakeFault *fault);
/* All that a test may want to know. */
JsonObject *fake_report_state (BmnFakeMastodon *fake) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
