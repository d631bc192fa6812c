/* Prints the names of all failpoints, a line each, for tests that kill at every one. */
#include "bmn-failpoint.h"

int
main (void)
{
  for (const char *const *name = bmn_failpoint_names (); *name; name++)
    g_print ("%s\n", *name);
  return 0;
}
