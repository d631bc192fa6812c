#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* https://docs.joinmastodon.org/api/oauth-scopes/ All lists are separated by spaces. */
extern const char *const fake_scopes_known[];

gboolean fake_scopes_are_known (const char *scopes);
/* Whether each of @asked is registered; only by its own name, as a subset. */
gboolean fake_scopes_are_within (const char *asked, const char *registered);
/* Whether a token with @held may do what needs any one of @needed; "read" holds "read:statuses". */
gboolean fake_scopes_allow (const char *held, const char *needed);

G_END_DECLS
