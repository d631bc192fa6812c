#pragma once

#include "bmn-session-private.h"
#include "bmn-session-thread.h"

G_BEGIN_DECLS

/* As bmn_session_thread_new(), to open sessions by bmn_session_open_in(): the seam for tests. */
BmnSessionThread *
bmn_session_thread_new_in (const BmnSessionSurroundings *around) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
