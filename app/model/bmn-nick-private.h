#pragma once

#include <glib.h>

/*
 * Enumerations have stable names for the store, the command line and JSON. Each is a
 * %NULL-terminated array indexed by the value, so that a name is said once.
 */

/* Returns: (transfer none): the name of @value; %NULL below 0 or past the end */
const char *bmn_nick_get (const char *const *nicks, int value);

/* Returns: the value named @nick, or −1 */
int bmn_nick_find (const char *const *nicks, const char *nick);
