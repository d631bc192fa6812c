#pragma once

#include <gio/gio.h>

/* Returns: whether anybody on the Internet could reach @address: not this computer, not its
 * networks, and no form of IPv6 that wraps such an address. By IANA's registries of special
 * purpose addresses (RFC 6890). */
gboolean bmn_address_is_public (GInetAddress *address);
