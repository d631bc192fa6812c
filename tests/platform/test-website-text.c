#include "bmn-json.h"
#include "bmn-website-markup-private.h"
#include "bmn-website-page-private.h"
#include "site-fixture.h"

#include <string.h>

static void
test_markdown (void)
{
  const char *cases[][2] = {
    { "plain text.", "plain text.\n" },
    { "one\ntwo", "one  \ntwo\n" },
    { "one\r\ntwo\rthree", "one  \ntwo  \nthree\n" },
    { "one\n\ntwo", "one\n\ntwo\n" },
    { "# no heading", "\\# no heading\n" },
    { "#hashtag", "\\#hashtag\n" },
    { "a #hashtag", "a #hashtag\n" },
    { "- no list", "\\- no list\n" },
    { "+ no list", "\\+ no list\n" },
    { "* no list", "\\* no list\n" },
    { "1. no list", "1\\. no list\n" },
    { "2026) no list", "2026\\) no list\n" },
    { "3.5 kg", "3\\.5 kg\n" },
    { "---", "\\---\n" },
    { "===", "&#61;==\n" },
    { "    no code", "&nbsp;&nbsp;&nbsp;&nbsp;no code\n" },
    { "\tno code", "&nbsp;&nbsp;&nbsp;&nbsp;no code\n" },
    { "> no quote", "&#62; no quote\n" },
    { "`no` _em_ *em* \\x", "\\`no\\` \\_em\\_ \\*em\\* \\\\x\n" },
    { "[no](link) ![no](image)", "\\[no\\](link) !\\[no\\](image)\n" },
    { "<script>&amp;", "&#60;script&#62;&#38;amp;\n" },
    { "{{ site.title }} {% x %}", "&#123;&#123; site.title &#125;&#125; &#123;% x %&#125;\n" },
    { "~~no~~ a|b $x$", "&#126;&#126;no&#126;&#126; a\\|b \\$x\\$\n" },
    { "```", "\\`\\`\\`\n" },
    { "see https://example.org/a_b?c=d&e=f now",
      "see [https://example.org/a\\_b?c=d&#38;e=f](https://example.org/a_b?c=d&e=f) now\n" },
    { "https://example.org/{{x}}", NULL },
    { "Grüße, 世界 👋", "Grüße, 世界 👋\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      bmn_website_append_markdown (out, cases[i][0]);
      if (cases[i][1])
        g_assert_cmpstr (out->str, ==, cases[i][1]);
      g_assert_null (strstr (out->str, "{{"));
    }
}

static void
test_html (void)
{
  const char *cases[][2] = {
    { "a < b & \"c\"", "<p>a &lt; b &amp; &quot;c&quot;</p>\n" },
    { "one\ntwo\n\nthree", "<p>one<br>\ntwo</p>\n<p>three</p>\n" },
    { "\n\none\n\n", "<p>one</p>\n" },
    { "", "" },
    { "bell \a", "<p>bell \357\277\275</p>\n" },
    { "https://example.org/?a=\"b\"",
      "<p><a href=\"https://example.org/?a=\">https://example.org/?a=</a>&quot;b&quot;</p>\n" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) out = g_string_new (NULL);
      bmn_website_append_html (out, cases[i][0]);
      g_assert_cmpstr (out->str, ==, cases[i][1]);
    }
}

/* Texts that want to be something else: each must come out of the file as it went in. */
static const char *const nasty[] = {
  "---\ntitle: no\n---\n",
  "\"quotes\" and \\ and 'more'\nbellman: {}\n",
  "\a\x1b[31m \x7f \xc2\x85 \xe2\x80\xa8 \xe2\x80\xa9 \xef\xbb\xbf \xef\xbf\xbe",
  "]]></content></entry><script>alert(1)</script><!-- -->",
  "{{< shortcode >}} {{ liquid }} {% raw %} <%= erb %>",
  "!!python/object: &anchor *alias ? : - # | > %",
  "שלום עולם \xe2\x80\xae rtl \xf0\x9f\x8f\xb4\xe2\x80\x8d\xe2\x98\xa0\xef\xb8\x8f",
  "yes",
  "null",
  "1e3",
  "~",
  "2026-12-01",
};

static void
test_round_trip (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autoptr (BmnPublishRequest) request
          = site_request ("key", (const char *[]){ nasty[i], nasty[i], NULL });
      request->post->title = g_strdup (nasty[i]);
      request->post->content_warning = g_strdup (nasty[i]);
      request->post->language = g_strdup (nasty[i]);
      g_autoptr (BmnWebsitePage) page = bmn_website_page_new (request, "key", nasty[i], SITE_NOW);
      g_autofree char *text = bmn_website_page_to_markdown (page, NULL);
      g_autoptr (BmnWebsitePage) again = bmn_website_page_parse (text, strlen (text));
      g_assert_nonnull (again);
      g_assert_true (bmn_website_page_same_content (page, again));
      g_assert_cmpstr (again->author, ==, nasty[i]);
      g_assert_cmpstr (again->title, ==, nasty[i]);
      g_assert_cmpint (again->date, ==, SITE_NOW);
      g_assert_cmpstr (((BmnPart *)again->parts->pdata[1])->text, ==, nasty[i]);

      /* Cut anywhere in the front matter it is no page, and no crash. */
      const gsize whole = strstr (text, "\n---\n") - text;
      for (gsize n = 0; n < whole; n += 7)
        {
          g_autoptr (BmnWebsitePage) cut = bmn_website_page_parse (text, n);
          g_assert_null (cut);
        }
    }
}

/* Each line of front matter is a name and a value that JSON, and so YAML, can read. */
static void
test_front_matter (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autoptr (BmnPublishRequest) request
          = site_request ("key", (const char *[]){ nasty[i], NULL });
      request->post->title = g_strdup (nasty[i]);
      g_autoptr (BmnWebsitePage) page = bmn_website_page_new (request, "key", "x", SITE_NOW);
      g_autofree char *text = bmn_website_page_to_markdown (page, NULL);
      g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
      g_assert_cmpstr (lines[0], ==, "---");
      guint n = 1;
      for (; !g_str_equal (lines[n], "---"); n++)
        {
          const char *value = strstr (lines[n], ": ");
          g_assert_nonnull (value);
          g_autoptr (GBytes) bytes = g_bytes_new_static (value + 2, strlen (value + 2));
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) node = bmn_json_parse (bytes, &error);
          g_assert_no_error (error);
          const char *unsafe[] = { "\x7f",         "\xc2\x85",     "\xe2\x80\xa8",
                                   "\xe2\x80\xa9", "\xef\xbb\xbf", "\xef\xbf\xbe" };
          for (gsize j = 0; j < G_N_ELEMENTS (unsafe); j++)
            g_assert_null (strstr (value, unsafe[j]));
        }
      g_assert_cmpuint (n, >=, 5);
    }
}

static void
test_feeds_hold (void)
{
  g_autoptr (Site) site = site_new (NULL, "https://example.org/?");
  for (gsize i = 0; i < G_N_ELEMENTS (nasty); i++)
    {
      g_autofree char *key = g_strdup_printf ("key-%zu", i);
      g_autoptr (BmnPublishRequest) request
          = site_request (key, (const char *[]){ nasty[i], nasty[i], NULL });
      g_autoptr (GError) error = NULL;
      request->post->title = g_strdup (nasty[i]);
      request->post->content_warning = g_strdup (nasty[i]);
      request->post->language = g_strdup (nasty[i]);
      site_attach (site, request, nasty[i], "image/png", nasty[i]);
      g_autoptr (GPtrArray) receipts = site_publish (site, request, &error);
      g_assert_no_error (error);
      g_autoptr (GPtrArray) found = site_read_back (site, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 2);
    }
  site_assert_feeds_valid (site);
}

static void
test_hashtags (void)
{
  g_autoptr (Site) site = site_new (NULL, NULL);
  g_autoptr (BmnPublishRequest) request
      = site_request ("key", (const char *[]){ "#Coffee and #tea", "again #coffee, #世界", NULL });
  request->post->tags = g_strdupv ((char *[]){ (char *)"private label", NULL });
  request->post->note = g_strdup ("private note");
  g_autoptr (GPtrArray) receipts = site_publish (site, request, NULL);
  g_autofree char *page = site_read (site, "posts/key.md");
  g_assert_nonnull (strstr (page, "\ntags: [\"Coffee\",\"tea\",\"世界\"]\n"));
  g_autofree char *atom = site_read (site, "feed.xml");
  g_assert_nonnull (strstr (atom, "<category term=\"tea\"/>"));
  g_assert_null (strstr (page, "private"));
  g_assert_null (strstr (atom, "private"));
  site_assert_feeds_valid (site);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/website-text/markdown", test_markdown);
  g_test_add_func ("/platform/website-text/html", test_html);
  g_test_add_func ("/platform/website-text/round-trip", test_round_trip);
  g_test_add_func ("/platform/website-text/front-matter", test_front_matter);
  g_test_add_func ("/platform/website-text/feeds-hold", test_feeds_hold);
  g_test_add_func ("/platform/website-text/hashtags", test_hashtags);
  return g_test_run ();
}
