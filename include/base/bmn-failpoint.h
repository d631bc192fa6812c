#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Named places between durable steps at which a test can kill the program, as a power cut
 * would. The environment variable `BELLMAN_FAILPOINT` is `NAME` or `NAME:N` for the N-th
 * passing (from 1); without it a failpoint costs one comparison. A name that is not in the
 * table, or a number that is not one, ends the program at its first failpoint, so that a
 * test with a slip of the pen does not pass.
 */

/**
 * bmn_failpoint:
 * @name: one of bmn_failpoint_names()
 *
 * Ends this process by SIGKILL where `BELLMAN_FAILPOINT` asks for it here. Any thread.
 */
void bmn_failpoint (const char *name);

/* Returns: (transfer none): every name there is, ends with %NULL */
const char *const *bmn_failpoint_names (void);

G_END_DECLS
