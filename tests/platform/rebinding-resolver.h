#pragma once

#include <gio/gio.h>

/* A resolver for which every name has a public address when it is first asked for, and is this
 * computer ever after: as the name server of somebody who wants to be let in answers. */
#define REBINDING_TYPE_RESOLVER (rebinding_resolver_get_type ())
G_DECLARE_FINAL_TYPE (RebindingResolver, rebinding_resolver, REBINDING, RESOLVER, GResolver)

GResolver *rebinding_resolver_new (void);
guint rebinding_resolver_n_lookups (GResolver *resolver);
