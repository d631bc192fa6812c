#include "test-support.h"

/* The fake is held to the documentation here, by nothing but HTTP. */
int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add_oauth_tests ();
  add_status_tests ();
  add_schedule_tests ();
  add_media_tests ();
  add_read_tests ();
  add_switch_tests ();
  add_fault_tests ();
  if (argc > 1)
    add_program_tests (argv[1]);
  return g_test_run ();
}
