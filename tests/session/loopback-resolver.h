#pragma once

#include <gio/gio.h>

/* A resolver for which every name is this computer, but for those that begin with `nobody.`,
 * which do not exist, and with `unreachable.`, of which no name server tells. */
#define LOOPBACK_TYPE_RESOLVER (loopback_resolver_get_type ())
G_DECLARE_FINAL_TYPE (LoopbackResolver, loopback_resolver, LOOPBACK, RESOLVER, GResolver)

GResolver *loopback_resolver_new (void);
