#include "bmn-public-address-private.h"

#include <string.h>

static gboolean
matches_any (GInetAddress *address, const char *const *masks)
{
  for (; *masks; masks++)
    {
      g_autoptr (GInetAddressMask) mask = g_inet_address_mask_new_from_string (*masks, NULL);
      if (g_inet_address_mask_matches (mask, address))
        return TRUE;
    }
  return FALSE;
}

/* Returns: (transfer full) (nullable): the IPv4 address that @address stands for */
static GInetAddress *
unwrap (GInetAddress *address)
{
  static const char *const wrappers[] = { "::ffff:0:0/96", "64:ff9b::/96", NULL };
  if (!matches_any (address, wrappers))
    return NULL;
  return g_inet_address_new_from_bytes (g_inet_address_to_bytes (address) + 12,
                                        G_SOCKET_FAMILY_IPV4);
}

gboolean
bmn_address_is_public (GInetAddress *address)
{
  static const char *const special4[]
      = { "0.0.0.0/8",      "10.0.0.0/8",     "100.64.0.0/10", "127.0.0.0/8",
          "169.254.0.0/16", "172.16.0.0/12",  "192.0.0.0/24",  "192.0.2.0/24",
          "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
          "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",   NULL };
  /* Of IPv6 only this was ever given out; within it, tunnels, tests and documentation. */
  static const char *const global6[] = { "2000::/3", NULL };
  static const char *const special6[]
      = { "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", NULL };
  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV4)
    return !matches_any (address, special4);
  g_autoptr (GInetAddress) inner = unwrap (address);
  if (inner)
    return bmn_address_is_public (inner);
  return matches_any (address, global6) && !matches_any (address, special6);
}
