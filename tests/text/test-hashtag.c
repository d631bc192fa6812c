#include "bmn-error.h"
#include "bmn-hashtag.h"

static void
test_fold (void)
{
  const char *cases[][2] = {
    { "#Café", "café" },       { "＃CAFÉ", "café" }, { "cafe\u0301", "café" },
    { "Straße", "strasse" },   { "ＡＢＣ", "abc" },  { "#日本", "日本" },
    { "#ΣΊΣΥΦΟΣ", "σίσυφοσ" }, { "", "" },           { "#", "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *folded = bmn_hashtag_fold (cases[i][0], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (folded, ==, cases[i][1]);
    }
}

static void
test_invalid (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_hashtag_fold ("#\xc3", &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/hashtag/fold", test_fold);
  g_test_add_func ("/text/hashtag/invalid", test_invalid);
  return g_test_run ();
}
