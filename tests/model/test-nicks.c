#include "bmn-attempt.h"
#include "bmn-platform-error.h"
#include "bmn-target-state.h"
#include <gio/gio.h>
#include "bmn-visibility.h"

static void
test_states (void)
{
  for (int i = 0; i < BMN_TARGET_N_STATES; i++)
    {
      BmnTargetState state;
      g_assert_true (bmn_target_state_from_nick (bmn_target_state_to_nick (i), &state));
      g_assert_cmpint (state, ==, i);
      g_assert_nonnull (bmn_target_state_get_label (i));
    }
  BmnTargetState state;
  g_assert_false (bmn_target_state_from_nick ("gone", &state));
  g_assert_false (bmn_target_state_from_nick (NULL, &state));
}

static void
test_platform_errors (void)
{
  for (int i = 0; i < BMN_PLATFORM_ERROR_LAST; i++)
    {
      BmnPlatformError code;
      g_assert_true (bmn_platform_error_from_nick (bmn_platform_error_to_nick (i), &code));
      g_assert_cmpint (code, ==, i);
    }
}

static void
test_retry_at (void)
{
  g_autoptr (GError) error = bmn_platform_error_new_rate_limited (42, "wait %d s", 7);
  g_autoptr (GError) copy = g_error_copy (error);
  g_assert_error (copy, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED);
  g_assert_cmpint (bmn_platform_error_get_retry_at (copy), ==, 42);
  g_assert_cmpstr (copy->message, ==, "wait 7 s");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");
  g_assert_cmpint (bmn_platform_error_get_retry_at (other), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/nicks/target-state", test_states);
  g_test_add_func ("/model/nicks/platform-error", test_platform_errors);
  g_test_add_func ("/model/platform-error/retry-at", test_retry_at);
  return g_test_run ();
}
