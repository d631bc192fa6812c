#include "check-support.h"

static BmnLinkState
look_up_link (const char *url, char **target, gpointer user_data)
{
  if (g_str_has_prefix (url, "https://dead."))
    return BMN_LINK_DEAD;
  if (g_str_has_prefix (url, "https://short.example/bad"))
    *target = g_strdup ("https://www.evil.example/x");
  else if (g_str_has_prefix (url, "https://short."))
    *target = g_strdup ("https://long.example/page");
  return *target ? BMN_LINK_REDIRECTED : BMN_LINK_ALIVE;
}

static gboolean
look_up_stranger (const char *handle, BmnStranger *stranger, gpointer user_data)
{
  if (!g_str_has_suffix (handle, "new.example.com"))
    return FALSE;
  *stranger = (BmnStranger){ .is_new = TRUE };
  return TRUE;
}

static void
test_links (void)
{
  const char *distrusted[] = { "evil.example", "BÜCHER.example", "", NULL };
  const BmnCheckContext context = { .distrusted = distrusted, .look_up_link = look_up_link };
  const struct
  {
    const char *text;
    BmnCheckKind kind;
    const char *span;
    const char *replacement;
  } cases[] = {
    { "é https://dead.example.com/a b", BMN_CHECK_LINK, "https://dead.example.com/a", NULL },
    { "😀 https://short.example.com/a", BMN_CHECK_LINK, "https://short.example.com/a",
      "https://long.example/page" },
    { "https://fine.example.com/", BMN_CHECK_LINK, NULL, NULL },
    { "https://evil.example.com/", BMN_CHECK_DISTRUSTED_LINK, NULL, NULL },
    { "https://fine.example.com/evil.example", BMN_CHECK_DISTRUSTED_LINK, NULL, NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = find_in_text (cases[i].text, cases[i].kind, &context);
      g_autofree char *span = first_span (findings, cases[i].text);
      g_assert_cmpstr (span, ==, cases[i].span);
      if (span)
        g_assert_cmpstr (((BmnFinding *)findings->pdata[0])->replacement, ==, cases[i].replacement);
    }
}

static void
test_distrusted (void)
{
  const char *distrusted[] = { "rumours.com", "bücher.de", NULL };
  const BmnCheckContext context = { .distrusted = distrusted };
  const struct
  {
    const char *text;
    gboolean found;
  } cases[] = {
    { "see https://rumours.com/a", TRUE },
    { "see https://news.Rumours.com/a", TRUE },
    { "see https://xn--bcher-kva.de/", TRUE },
    { "see https://goodrumours.com/a", FALSE },
    { "see https://rumours.com.example.org/a", FALSE },
    { "see https://example.org/rumours.com", FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings
          = find_in_text (cases[i].text, BMN_CHECK_DISTRUSTED_LINK, &context);
      g_assert_cmpuint (findings->len, ==, cases[i].found);
      if (cases[i].found)
        g_assert_cmpint (((BmnFinding *)findings->pdata[0])->severity, ==, BMN_SEVERITY_SEVERE);
    }
}

static void
test_lookalikes (void)
{
  const char *known[] = { "cityhall@social.example.com", "paypal@pay.example.com", NULL };
  const BmnCheckContext context = { .known = known, .look_up_stranger = look_up_stranger };
  const struct
  {
    const char *text;
    const char *span;
    BmnSeverity severity;
  } cases[] = {
    { "é @cityhall@social.example.com", NULL, 0 },
    { "é @CityHall@Social.example.com", NULL, 0 },
    { "é @c1tyhall@social.example.com ok", "@c1tyhall@social.example.com", BMN_SEVERITY_INFO },
    { "é @cityha1l@social.example.com", "@cityha1l@social.example.com", BMN_SEVERITY_WARNING },
    { "@cityhal@social.example.com", "@cityhal@social.example.com", BMN_SEVERITY_INFO },
    { "@cityhal@new.example.com", "@cityhal@new.example.com", BMN_SEVERITY_WARNING },
    { "@cityhall@other.example.com", NULL, 0 },
    { "@cityhall@new.example.com", "@cityhall@new.example.com", BMN_SEVERITY_WARNING },
    { "@townhouse@new.example.com", NULL, 0 },
    { "@somebody@social.example.com", NULL, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) findings = find_in_text (cases[i].text, BMN_CHECK_LOOKALIKE, &context);
      g_autofree char *span = first_span (findings, cases[i].text);
      g_assert_cmpstr (span, ==, cases[i].span);
      if (!span)
        continue;
      const BmnFinding *finding = findings->pdata[0];
      g_assert_cmpint (finding->severity, ==, cases[i].severity);
      g_assert_cmpstr (finding->replacement, ==, "@cityhall@social.example.com");
    }
}

static void
test_duplicates (void)
{
  const struct
  {
    gint64 post_id;
    gint64 series_id;
    const char *text;
  } earlier[] = {
    { 7, 0, "Our market opens on Saturday at nine in the old town, come early!" },
    { 8, 5, "Every Monday: the library reads to children at ten, all are welcome." },
    { 9, 0, "Good morning" },
    { 0, 0, "東京の図書館は月曜日に子供たちに本を読みます" },
  };
  g_autoptr (BmnDuplicateIndex) published = bmn_duplicate_index_new ();
  g_autoptr (BmnDuplicateIndex) queued = bmn_duplicate_index_new ();
  bmn_duplicate_index_add (published, 0, 0, "\xff\xfe is no text");
  for (gsize i = 0; i < G_N_ELEMENTS (earlier); i++)
    bmn_duplicate_index_add (i % 2 ? queued : published, earlier[i].post_id, earlier[i].series_id,
                             earlier[i].text);
  const BmnCheckContext context = { .published = published, .queued = queued };
  const struct
  {
    const char *text;
    gint64 id;
    gint64 series_id;
    gboolean found;
  } cases[] = {
    { "Our market opens on Saturday at nine in the old town, come early!", 0, 0, TRUE },
    { "our market opens on saturday at nine in the old town — come EARLY", 0, 0, TRUE },
    { "Our market opens on Sunday at ten by the river, bring friends!", 0, 0, FALSE },
    { "Our market opens on Saturday at nine in the old town, come early!", 7, 0, FALSE },
    { "Every Monday: the library reads to children at ten, all are welcome.", 0, 0, TRUE },
    { "Every Monday: the library reads to children at ten, all are welcome.", 11, 5, FALSE },
    { "Every Monday: the library reads to children at ten, all are welcome.", 5, 0, FALSE },
    { "Good morning ", 0, 0, TRUE },
    { "Good evening", 0, 0, FALSE },
    { "東京の図書館は月曜日に子供たちに本を読みます。", 0, 0, TRUE },
    { "", 0, 0, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = post_with_text (cases[i].text);
      post->id = cases[i].id;
      post->series_id = cases[i].series_id;
      g_autoptr (GPtrArray) findings = find_in_post (post, BMN_CHECK_DUPLICATE, &context);
      g_assert_cmpuint (findings->len, ==, cases[i].found);
    }
}

/* Each part of a thread is compared by itself. */
static void
test_duplicate_part (void)
{
  g_autoptr (BmnDuplicateIndex) published = bmn_duplicate_index_new ();
  bmn_duplicate_index_add (published, 0, 0, "Come to the market on Saturday, all of you");
  const BmnCheckContext context = { .published = published };
  g_autoptr (BmnPost) post = post_with_text ("Something that was never said before by us");
  g_ptr_array_add (post->parts, bmn_part_new ("come to the market on saturday, all of you"));
  g_autoptr (GPtrArray) findings = find_in_post (post, BMN_CHECK_DUPLICATE, &context);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpuint (((BmnFinding *)findings->pdata[0])->part, ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/check/context/links", test_links);
  g_test_add_func ("/check/context/distrusted", test_distrusted);
  g_test_add_func ("/check/context/lookalikes", test_lookalikes);
  g_test_add_func ("/check/context/duplicates", test_duplicates);
  g_test_add_func ("/check/context/duplicate-part", test_duplicate_part);
  return g_test_run ();
}
