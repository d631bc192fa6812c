#include <string.h>

#include "bmn-entity-finder.h"
#include "bmn-error.h"

#define X BMN_TEXT_DIALECT_X
#define BLUESKY BMN_TEXT_DIALECT_BLUESKY
#define MASTODON BMN_TEXT_DIALECT_MASTODON
#define WEBSITE BMN_TEXT_DIALECT_WEBSITE

/* Written as `#tag @user link`, in the order of the text. */
static char *
found (const char *text, BmnTextDialect dialect)
{
  static const char *const sigils[] = {
    [BMN_ENTITY_HASHTAG] = "#",
    [BMN_ENTITY_MENTION] = "@",
    [BMN_ENTITY_LINK] = "",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, dialect, &error);
  g_assert_no_error (error);
  GString *list = g_string_new (NULL);
  for (guint i = 0; i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      g_string_append_printf (list, "%s%s%s", i ? " " : "", sigils[entity->kind], entity->text);
    }
  return g_string_free (list, FALSE);
}

static const struct
{
  BmnTextDialect dialect;
  const char *text;
  const char *found;
} cases[] = {
  /* X: hashtags */
  { X, "Baking #bread and #Käse", "#bread #Käse" },
  { X, "#1 #2024 #4you #a1", "#4you #a1" },
  { X, "＃全角 and＃no", "#全角" },
  { X, "#one#two", "" },
  { X, "text#no (#yes) &#no", "#yes" },
  { X, "#go://x", "" },
  { X, "#l·la #a\u200cb #a-b #c'd", "#l·la #a\u200cb #a #c" },
  { X, "#日本語のタグ、#タグ。", "#日本語のタグ #タグ" },
  { X, "#️⃣ keycap ❤️#heart", "#heart" },
  { X, "#עברית #سلام #หมู #नमस्ते", "#עברית #سلام #หมู #नमस्ते" },
  /* X: mentions */
  { X, "@bob (@eve_1) ＠full .@start", "@bob @eve_1 @full @start" },
  { X, "me@example.invalid @@no @é", "" },
  { X, "@bobé @bob@ @bob://", "" },
  { X, "RT @bob rt:@eve xrt@no", "@bob @eve" },
  { X, "の@userに", "@user" },
  { X, "@user/list @user/1", "@user" },
  { X, "@abcdefghijklmnopqrstuvwxyz", "@abcdefghijklmnopqrst" },
  /* X: links */
  { X, "See http://example.com/a, ok", "http://example.com/a" },
  { X, "example.com and example.notatld", "example.com" },
  { X, "(http://example.com/wiki_(foo)).", "http://example.com/wiki_(foo)" },
  { X, "(example.com/a)", "example.com/a" },
  { X, "見てexample.comを", "example.com" },
  { X, "http://example.comです", "http://example.com" },
  { X, "http://müller.de/ü http://xn--mller-kva.de", "http://müller.de/ü http://xn--mller-kva.de" },
  { X, "http://例え.みんな/", "http://例え.みんな/" },
  { X, "https://example.com:8080/a?b=c&d=e#f!", "https://example.com:8080/a?b=c&d=e#f" },
  { X, "https://t.co/abc123,x", "https://t.co/abc123" },
  { X, "shop.co.za bbc.co.uk site.ck www.x.ck", "shop.co.za bbc.co.uk site.ck www.x.ck" },
  { X, "bob@example.com http:// http://localhost 1.5 e.g. v2.0", "" },
  { X, "-example.com _example.com .example.com", "" },
  { X, "éexample.com éexample.com", "example.com éexample.com" },
  { X, "HTTPS://EXAMPLE.COM/A", "HTTPS://EXAMPLE.COM/A" },
  { X, "http://example.com/#tag http://example.com/@bob",
    "http://example.com/#tag http://example.com/@bob" },
  /* Bluesky */
  { BLUESKY, "hi @alice.example.com, @bob and @eve.test.", "@alice.example.com @eve.test" },
  { BLUESKY, "(@alice.bsky.social) a@b.com x.@c.com", "@alice.bsky.social" },
  { BLUESKY, "see https://example.com/a_(b)? or (https://example.com).",
    "https://example.com/a_(b) https://example.com" },
  { BLUESKY, "example.com/x, file.jpg e.g. httpbin.org", "example.com/x httpbin.org" },
  { BLUESKY, "#tag, #1 #a-b! ＃全角 x#no #️⃣no #🦋", "#tag #a-b #全角 #🦋" },
  { BLUESKY, "#a\u200bb #multi___...", "#a #multi" },
  /* Mastodon */
  { MASTODON, "#tag #12 #1a #a-b ＃全角 #foo_bar", "#tag #1a #a #全角 #foo_bar" },
  { MASTODON, "#l·l #ab· #ファン・タジー x#no /#no", "#l·l #ab #ファン・タジー" },
  { MASTODON, "@bob @eve@example.social. me@x.org @a.b.", "@bob @eve@example.social @a.b" },
  { MASTODON, "https://example.com/ü(x) example.com", "https://example.com/ü(x)" },
  { MASTODON, "https://example.com/@bob/1#x http://localhost/", "https://example.com/@bob/1#x" },
  { MASTODON, "gemini://example.org/ ftp://example.org/", "gemini://example.org/" },
  /* Website */
  { WEBSITE, "#tag @bob https://example.com", "#tag https://example.com" },
};

static void
test_found (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *list = found (cases[i].text, cases[i].dialect);
      g_test_message ("%s: %s", bmn_text_dialect_to_nick (cases[i].dialect), cases[i].text);
      g_assert_cmpstr (list, ==, cases[i].found);
    }
}

static void
test_offsets (void)
{
  const struct
  {
    const char *text;
    gsize start, end, byte_start, byte_end;
  } offsets[] = {
    { "#a", 0, 2, 0, 2 },           { "👨‍👩‍👧 #tag", 6, 10, 19, 23 },
    { "e\u0301 #tag", 3, 7, 4, 8 }, { "שלום #tag", 5, 9, 9, 13 },
    { "日本 #タグ", 3, 6, 7, 14 },  { "é ＃tag", 2, 6, 3, 9 },
  };
  for (int dialect = 0; dialect < BMN_TEXT_N_DIALECTS; dialect++)
    for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
      {
        g_autoptr (GPtrArray) entities = bmn_text_find_entities (offsets[i].text, dialect, NULL);
        g_assert_cmpuint (entities->len, ==, 1);
        const BmnEntity *tag = entities->pdata[0];
        g_assert_cmpuint (tag->start, ==, offsets[i].start);
        g_assert_cmpuint (tag->end, ==, offsets[i].end);
        g_assert_cmpuint (tag->byte_start, ==, offsets[i].byte_start);
        g_assert_cmpuint (tag->byte_end, ==, offsets[i].byte_end);
      }
}

static void
test_urls (void)
{
  const char *urls[][2] = {
    { "example.com/a", "https://example.com/a" },
    { "http://example.com/a", "http://example.com/a" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (urls); i++)
    {
      g_autoptr (GPtrArray) entities = bmn_text_find_entities (urls[i][0], X, NULL);
      g_assert_cmpuint (entities->len, ==, 1);
      const BmnEntity *link = entities->pdata[0];
      g_assert_cmpstr (link->text, ==, urls[i][0]);
      g_assert_cmpstr (link->url, ==, urls[i][1]);
      g_assert_cmpstr (bmn_entity_kind_to_nick (link->kind), ==, "link");
    }
}

/* The lexicon's limits on a Bluesky tag. */
static void
test_bluesky_tag_limits (void)
{
  g_autofree char *a64 = g_strnfill (64, 'a');
  g_autofree char *fits = g_strconcat ("#", a64, NULL);
  g_autofree char *over = g_strconcat ("#", a64, "b", NULL);
  g_autofree char *none = found (over, BLUESKY);
  g_autofree char *one = found (fits, BLUESKY);
  g_assert_cmpstr (one, ==, fits);
  g_assert_cmpstr (none, ==, "");
}

/* Random texts of pieces that mean something: whatever is found is where it says it is. */
static void
test_spans_map_back (void)
{
  static const char *const pieces[] = {
    "#",      "＃",          "@",     "＠",     "a",    "B1",
    "_",      "é",           "日本",  "ไทย",    "שלום", "👨‍👩‍👧",
    "\u0301", "\u200d",      "/",     "(",      ")",    "http://",
    ".",      "com",         "co.uk", " ",      "\n",   "://",
    "-",      "example.org", "?q=",   "\ufe0f",
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (20261123);
  for (int round = 0; round < 4000; round++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (int n = g_rand_int_range (random, 0, 40); n > 0; n--)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      for (int dialect = 0; dialect < BMN_TEXT_N_DIALECTS; dialect++)
        {
          g_autoptr (GPtrArray) entities = bmn_text_find_entities (text->str, dialect, NULL);
          gsize end = 0;
          for (guint i = 0; i < entities->len; i++)
            {
              const BmnEntity *entity = entities->pdata[i];
              g_autofree char *span = g_strndup (text->str + entity->byte_start,
                                                 entity->byte_end - entity->byte_start);
              const char *value = entity->kind == BMN_ENTITY_LINK ? span : g_utf8_next_char (span);
              g_assert_cmpuint (entity->byte_start, >=, end);
              g_assert_cmpstr (value, ==, entity->text);
              g_assert_cmpuint (g_utf8_strlen (text->str, entity->byte_start), ==, entity->start);
              g_assert_cmpuint (g_utf8_strlen (text->str, entity->byte_end), ==, entity->end);
              g_assert_true ((entity->url != NULL) == (entity->kind == BMN_ENTITY_LINK));
              end = entity->byte_end;
            }
        }
    }
}

static void
test_invalid (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (bmn_text_find_entities ("#a\xff", X, &error));
  g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
}

/* What would take a careless scanner quadratic time. */
static void
test_large (void)
{
  static const char *const pieces[]
      = { "a.", "a-", "#", "@a", "http://", "http://a.co/(a", "(a.b", "_a.b", "#a_", "@x@y." };
  for (gsize i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      while (text->len < 1000000)
        g_string_append (text, pieces[i]);
      for (int dialect = 0; dialect < BMN_TEXT_N_DIALECTS; dialect++)
        {
          g_autoptr (GPtrArray) entities = bmn_text_find_entities (text->str, dialect, NULL);
          g_assert_nonnull (entities);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/entities/found", test_found);
  g_test_add_func ("/text/entities/offsets", test_offsets);
  g_test_add_func ("/text/entities/urls", test_urls);
  g_test_add_func ("/text/entities/bluesky-tag-limits", test_bluesky_tag_limits);
  g_test_add_func ("/text/entities/spans-map-back", test_spans_map_back);
  g_test_add_func ("/text/entities/invalid", test_invalid);
  g_test_add_func ("/text/entities/large", test_large);
  return g_test_run ();
}
