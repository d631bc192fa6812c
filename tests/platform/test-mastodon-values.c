#include "bmn-html-text.h"
#include "bmn-json.h"
#include "bmn-mastodon-rules-private.h"
#include "bmn-mastodon-status-private.h"

#include <string.h>

static void
test_html (void)
{
  static const struct
  {
    const char *html;
    const char *text;
  } cases[] = {
    { "", "" },
    { "<p>One</p><p>Two</p>", "One\n\nTwo" },
    { "<p>One<br>two<br />three</p>", "One\ntwo\nthree" },
    { "&lt;b&gt; &amp; &quot;q&quot; &#39;s&#39;", "<b> & \"q\" 's'" },
    { "<p>Hi <span class=\"h-card\"><a href=\"https://a.b/@c\">@<span>c</span></a></span>!</p>",
      "Hi @c!" },
    { "<a href=\"https://e.org/l\"><span class=\"invisible\">https://</span>"
      "<span class=\"ellipsis\">e.org/l</span><span class=\"invisible\">ong</span></a>",
      "https://e.org/long" },
    { "<p>unclosed <b>bold<p>next", "unclosed bold\n\nnext" },
    { "plain äöü 日本語 👩‍👩‍👧", "plain äöü 日本語 👩‍👩‍👧" },
    { "<script>alert(1)</script><style>p{}</style>text", "text" },
    { "<ul><li>a</li><li>b</li></ul>", "a\nb" },
    { "<p>a</p>\0<p>b</p>", "a" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = bmn_html_to_text (cases[i].html);
      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

/* However deep it nests: text comes out, or nothing, and the stack holds. */
static void
test_html_deep (void)
{
  g_autoptr (GString) html = g_string_new (NULL);
  for (guint i = 0; i < 200000; i++)
    g_string_append (html, "<div><b>");
  g_string_append (html, "deep");
  g_autofree char *text = bmn_html_to_text (html->str);
  g_assert_nonnull (text);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  JsonNode *node = bmn_json_parse (bytes, NULL);
  g_assert_nonnull (node);
  return node;
}

static void
test_rules (void)
{
  static const struct
  {
    const char *json;
    gint64 max_characters;
    gint64 max_media;
    gint64 image_bytes;
    gint64 poll_options;
    const char *domain;
  } cases[] = {
    { "{}", 500, 4, 16777216, 4, NULL },
    { "{\"domain\":\"a.b\",\"configuration\":{\"statuses\":{\"max_characters\":11000,"
      "\"max_media_attachments\":16},\"media_attachments\":{\"image_size_limit\":99},"
      "\"polls\":{\"max_options\":9}}}",
      11000, 16, 99, 9, "a.b" },
    { "{\"uri\":\"p.q\",\"max_toot_chars\":5000,\"upload_limit\":77,"
      "\"poll_limits\":{\"max_options\":20}}",
      5000, 4, 77, 20, "p.q" },
    { "{\"configuration\":{\"statuses\":{\"max_characters\":\"many\",\"max_media_attachments\":-3}}"
      "}",
      500, 4, 16777216, 4, NULL },
    { "{\"configuration\":[],\"max_toot_chars\":9223372036854775807}", 500, 4, 16777216, 4, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].json);
      g_autoptr (BmnMastodonRules) first
          = bmn_mastodon_rules_new_from_instance (bmn_json_node_object (node));
      g_autofree char *text = bmn_mastodon_rules_to_text (first);
      g_autoptr (BmnMastodonRules) rules = bmn_mastodon_rules_new_from_text (text);
      g_assert_cmpint (rules->max_characters, ==, cases[i].max_characters);
      g_assert_cmpint (rules->max_media, ==, cases[i].max_media);
      g_assert_cmpint (rules->image_bytes, ==, cases[i].image_bytes);
      g_assert_cmpint (rules->poll_options, ==, cases[i].poll_options);
      g_assert_cmpstr (rules->domain, ==, cases[i].domain);
    }
  g_autoptr (BmnMastodonRules) broken = bmn_mastodon_rules_new_from_text ("[[");
  g_assert_cmpint (broken->max_characters, ==, 500);
}

static void
test_status (void)
{
  static const struct
  {
    const char *json;
    gboolean is_status;
  } cases[] = {
    { "{\"id\":\"1\",\"content\":\"<p>x</p>\",\"created_at\":\"2026-01-01T00:00:00.000Z\"}", TRUE },
    { "{\"id\":\"01J\",\"content\":\"\",\"created_at\":\"then\"}", TRUE },
    { "{\"id\":\"1\",\"scheduled_at\":\"2026-01-01T00:00:00.000Z\",\"params\":{}}", FALSE },
    { "{\"id\":1,\"content\":\"x\",\"created_at\":\"2026-01-01T00:00:00Z\"}", FALSE },
    { "{\"id\":\"\",\"content\":\"x\",\"created_at\":\"2026-01-01T00:00:00Z\"}", FALSE },
    { "{\"error\":\"no\"}", FALSE },
    { "[]", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse (cases[i].json);
      g_autoptr (BmnMastodonStatus) status
          = bmn_mastodon_status_parse (bmn_json_node_object (node));
      g_assert_cmpint (status != NULL, ==, cases[i].is_status);
      if (status)
        {
          g_assert_cmpint (status->likes, ==, BMN_COUNT_UNKNOWN);
          g_assert_null (status->parent_id);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/mastodon/html", test_html);
  g_test_add_func ("/platform/mastodon/html-deep", test_html_deep);
  g_test_add_func ("/platform/mastodon/rules", test_rules);
  g_test_add_func ("/platform/mastodon/status", test_status);
  return g_test_run ();
}
