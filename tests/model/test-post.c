#include "bmn-error.h"
#include "bmn-post.h"

static BmnPost *
post_with_text (const char *text)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return post;
}

static void
test_copy_is_deep (void)
{
  g_autoptr (BmnPost) post = post_with_text ("one");
  post->note = g_strdup ("for the boss");
  post->poll = bmn_poll_new ((const char *[]){ "yes", "no", NULL }, 3600);
  g_autoptr (BmnPost) copy = bmn_post_copy (post);
  BmnPart *part = post->parts->pdata[0];
  part->text[0] = 'X';
  post->poll->options[0][0] = 'X';
  g_assert_cmpstr (((BmnPart *)copy->parts->pdata[0])->text, ==, "one");
  g_assert_cmpstr (copy->poll->options[0], ==, "yes");
  g_assert_cmpstr (copy->note, ==, "for the boss");
}

static void
test_validate (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPost) empty = bmn_post_new ();
  g_assert_false (bmn_post_validate (empty, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);

  const char *bad[] = { "", " \n\t", "broken \xff byte" };
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (BmnPost) post = post_with_text (bad[i]);
      g_assert_false (bmn_post_validate (post, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
      g_clear_error (&error);
    }

  g_autoptr (BmnPost) good = post_with_text ("fine");
  g_assert_true (bmn_post_validate (good, &error));
  good->poll = bmn_poll_new ((const char *[]){ "only one", NULL }, 3600);
  g_assert_false (bmn_post_validate (good, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

static void
test_excerpt (void)
{
  const struct
  {
    const char *text;
    gsize max;
    const char *excerpt;
  } cases[] = {
    { "short", 10, "short" },
    { "two\n\nlines  here ", 40, "two lines here" },
    { "Grüße aus Köln", 5, "Grüße…" },
    { "a b", 2, "a…" },
    { "", 5, "" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = post_with_text (cases[i].text);
      g_autofree char *excerpt = bmn_post_excerpt (post, cases[i].max);
      g_assert_cmpstr (excerpt, ==, cases[i].excerpt);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/model/post/copy-is-deep", test_copy_is_deep);
  g_test_add_func ("/model/post/validate", test_validate);
  g_test_add_func ("/model/post/excerpt", test_excerpt);
  return g_test_run ();
}
