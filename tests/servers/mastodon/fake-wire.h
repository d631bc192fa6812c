#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* The name under which a connection's local address bears its GSocket. */
#define FAKE_WIRE_SOCKET "fake-wire-socket"

/* Sends the answer through libsoup. */
void fake_wire_send (FakeCall *call);

/* What no well-behaved library would send: each takes the connection away from libsoup and
 * finishes it. */

/* A TCP reset: SO_LINGER 0. */
void fake_wire_reset (FakeCall *call);
/* An orderly end without a byte of answer. */
void fake_wire_close (FakeCall *call);
/* Left open and silent until the server stops. */
void fake_wire_hold (FakeCall *call);
/* The head promises the whole body, @bytes of it come. */
void fake_wire_cut (FakeCall *call, gint64 bytes);
/* One byte of head and body every @ms. */
void fake_wire_drip (FakeCall *call, guint ms);
/* @mebibytes of zeros in chunks. */
void fake_wire_huge (FakeCall *call, gint64 mebibytes);

/* Runs @func after @ms of real time in the server's context; never after the server stopped. */
void fake_timer_add (
    BmnFakeMastodon *fake, guint ms, GSourceFunc func, gpointer data, GDestroyNotify destroy);
void fake_timers_clear (BmnFakeMastodon *fake);

G_END_DECLS
