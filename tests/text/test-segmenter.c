#include <string.h>

#include "bmn-error.h"
#include "bmn-segmenter.h"

static char *
pieces (BmnSegmenter *segmenter, const char *text)
{
  g_autoptr (GError) error = NULL;
  GString *list = g_string_new (NULL);
  BmnSegment segment;
  g_assert_true (bmn_segmenter_set_text (segmenter, text, -1, &error));
  while (bmn_segmenter_next (segmenter, &segment))
    {
      if (list->len > 0)
        g_string_append_c (list, '|');
      g_string_append_len (list, text + segment.start, segment.end - segment.start);
    }
  return g_string_free (list, FALSE);
}

/* One segmenter for all texts, as it is meant to be used. */
static void
test_pieces (void)
{
  const struct
  {
    BmnSegmentKind kind;
    const char *text;
    const char *pieces;
  } cases[] = {
    { BMN_SEGMENT_GRAPHEMES, "", "" },
    { BMN_SEGMENT_GRAPHEMES, "e\u0301👨‍👩‍👧🇩🇪",
      "e\u0301|👨‍👩‍👧|🇩🇪" },
    { BMN_SEGMENT_WORDS, "Hello, world! It's 3 o'clock.", "Hello|world|It's|3|o'clock" },
    { BMN_SEGMENT_WORDS, "… — 👍", "" },
    { BMN_SEGMENT_WORDS, "我喜欢吃苹果", "我|喜欢|吃|苹果" },
    { BMN_SEGMENT_WORDS, "สวัสดีชาวโลก", "สวัสดี|ชาว|โลก" },
    { BMN_SEGMENT_WORDS, "東京に住む", "東京|に|住む" },
    { BMN_SEGMENT_WORDS, "שלום עולם", "שלום|עולם" },
    { BMN_SEGMENT_SENTENCES, "Mr. Smith left. He was late!", "Mr. Smith left. |He was late!" },
    { BMN_SEGMENT_SENTENCES, "好。是吗？", "好。|是吗？" },
    { BMN_SEGMENT_SENTENCES, "One\nTwo", "One\n|Two" },
    { BMN_SEGMENT_LINES, "a well-known word", "a |well-|known |word" },
  };
  for (int kind = 0; kind <= BMN_SEGMENT_LINES; kind++)
    {
      g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (kind, NULL);
      for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
        if ((int)cases[i].kind == kind)
          {
            g_autofree char *list = pieces (segmenter, cases[i].text);
            g_assert_cmpstr (list, ==, cases[i].pieces);
          }
    }
}

static void
test_length (void)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, "xx-nowhere");
  BmnSegment word;
  g_assert_true (bmn_segmenter_set_text (segmenter, "one two", 3, NULL));
  g_assert_true (bmn_segmenter_next (segmenter, &word));
  g_assert_cmpuint (word.end, ==, 3);
  g_assert_false (bmn_segmenter_next (segmenter, &word));
}

static void
test_invalid (void)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  g_autoptr (GError) error = NULL;
  gsize n = 0;
  g_assert_false (bmn_segmenter_set_text (segmenter, "a\xff", -1, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_false (bmn_text_count_graphemes ("\xc3", &n, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

static void
test_graphemes (void)
{
  gsize n = 0;
  g_assert_true (bmn_text_count_graphemes ("नमस्ते👍🏽", &n, NULL));
  g_assert_cmpuint (n, ==, 4);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/segmenter/pieces", test_pieces);
  g_test_add_func ("/text/segmenter/length", test_length);
  g_test_add_func ("/text/segmenter/invalid", test_invalid);
  g_test_add_func ("/text/segmenter/graphemes", test_graphemes);
  return g_test_run ();
}
