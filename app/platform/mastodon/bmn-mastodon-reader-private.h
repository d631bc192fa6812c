#pragma once

#include "bmn-platform-reader.h"

G_BEGIN_DECLS

/* Fills in all that Mastodon's API has; a server that lacks an endpoint says so when asked. */
void bmn_mastodon_reader_init (BmnPlatformReaderInterface *iface);

G_END_DECLS
