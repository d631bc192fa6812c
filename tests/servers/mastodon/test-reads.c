#include "test-support.h"

#include <string.h>

static char *
alice_path (Fixture *fixture, const char *rest)
{
  g_autofree char *id = expect (fixture, "GET", "/api/v1/accounts/verify_credentials", NULL, 200);
  return g_strdup_printf ("/api/v1/accounts/%s/statuses%s", id, rest);
}

/* The address that the Link header gives for @relation; NULL where it gives none. */
static char *
link_to (Reply *reply, const char *relation)
{
  const char *header = reply_header (reply, "Link");
  g_autofree char *pattern = g_strdup_printf ("<([^>]*)>; rel=\"%s\"", relation);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  return header && g_regex_match (regex, header, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* Every status is met once, newest first, on the way by "next". */
static void
walk (Fixture *fixture)
{
  g_free (expect (fixture, "POST", "/_control/status", "text=S&count=45", 200));
  g_autofree char *path = alice_path (fixture, "?limit=20&exclude_replies=true");
  int seen = 0;
  while (path)
    {
      g_autoptr (Reply) page = request (fixture, "GET", path, NULL);
      g_assert_cmpuint (page->status, ==, 200);
      for (int i = 0; i < member_length (page->json, ""); i++)
        {
          g_autofree char *where = g_strdup_printf ("%d.content", i);
          g_autofree char *wanted = g_strdup_printf ("<p>S %d</p>", 45 - seen++);
          g_assert_cmpstr (member_string (page->json, where), ==, wanted);
        }
      g_free (path);
      path = link_to (page, "next");
    }
  g_assert_cmpint (seen, ==, 45);
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  walk (fixture);
}

static void
test_pages_of_ulids (Fixture *fixture, gconstpointer data)
{
  bmn_fake_mastodon_set_switch (fixture->fake, "ids-ulid", TRUE, NULL);
  walk (fixture);
}

static void
test_pages_of_words (Fixture *fixture, gconstpointer data)
{
  bmn_fake_mastodon_set_switch (fixture->fake, "ids-words", TRUE, NULL);
  walk (fixture);
}

static void
test_cursors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Reply) made = request (fixture, "POST", "/_control/status", "text=S&count=10");
  const struct
  {
    const char *cursor;
    int at; /* index of the status the cursor names */
    const char *first;
    int length;
  } cases[] = {
    { "max_id", 5, "<p>S 5</p>", 3 },    { "max_id", 0, NULL, 0 },
    { "since_id", 5, "<p>S 10</p>", 3 }, { "since_id", 8, "<p>S 10</p>", 1 },
    { "min_id", 2, "<p>S 6</p>", 3 },    { "min_id", 9, NULL, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *where = g_strdup_printf ("ids.%d", cases[i].at);
      g_autofree char *rest
          = g_strdup_printf ("?limit=3&%s=%s", cases[i].cursor, member_string (made->json, where));
      g_autofree char *path = alice_path (fixture, rest);
      g_autoptr (Reply) page = request (fixture, "GET", path, NULL);
      g_assert_cmpint (member_length (page->json, ""), ==, cases[i].length);
      g_assert_cmpstr (member_string (page->json, "0.content"), ==, cases[i].first);
    }
}

static void
test_filters (Fixture *fixture, gconstpointer data)
{
  g_autofree char *bobs = expect (fixture, "POST", "/_control/status", "account=bob&text=hi", 200);
  g_autofree char *own = expect (fixture, "POST", "/api/v1/statuses", "status=%23a+own", 200);
  g_autofree char *thread = g_strdup_printf ("status=thread&in_reply_to_id=%s", own);
  g_autofree char *reply = g_strdup_printf ("status=reply&in_reply_to_id=%s", bobs);
  g_free (expect (fixture, "POST", "/api/v1/statuses", thread, 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", reply, 200));
  g_free (expect (fixture, "POST", "/_control/status", "text=boost&reblog=1", 200));
  const struct
  {
    const char *query;
    int length;
  } cases[] = {
    { "", 4 },
    { "?exclude_replies=true", 3 }, /* a thread of one's own is no reply to others */
    { "?exclude_reblogs=1", 3 },
    { "?exclude_replies=0", 4 },
    { "?only_media=true", 0 },
    { "?tagged=A", 1 },
    { "?pinned=true", 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = alice_path (fixture, cases[i].query);
      g_autoptr (Reply) page = request (fixture, "GET", path, NULL);
      g_assert_cmpint (member_length (page->json, ""), ==, cases[i].length);
    }
}

static void
test_notifications (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = expect (fixture, "POST", "/api/v1/statuses", "status=x", 200);
  g_autofree char *engage
      = g_strdup_printf ("{\"id\":\"%s\",\"favourites\":3,\"reblogs\":2,\"by\":\"bob\"}", id);
  g_free (expect (fixture, "POST", "/_control/engage", engage, 200));
  g_free (expect (fixture, "POST", "/_control/follow", "by=carol", 200));
  g_free (expect (fixture, "POST", "/_control/status", "account=carol&text=hey+%40alice", 200));
  g_autoptr (Reply) all = request (fixture, "GET", "/api/v1/notifications", NULL);
  g_assert_cmpint (member_length (all->json, ""), ==, 4);
  g_assert_cmpstr (member_string (all->json, "0.type"), ==, "mention");
  g_assert_cmpstr (member_string (all->json, "0.account.username"), ==, "carol");
  const struct
  {
    const char *query;
    int length;
  } cases[] = {
    { "?types[]=favourite&types[]=reblog", 2 },
    { "?exclude_types[]=follow", 3 },
    { "?limit=1", 1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/api/v1/notifications", cases[i].query, NULL);
      g_autoptr (Reply) some = request (fixture, "GET", path, NULL);
      g_assert_cmpint (member_length (some->json, ""), ==, cases[i].length);
    }
  g_autofree char *path = g_strdup_printf ("/api/v1/statuses/%s", id);
  g_autoptr (Reply) status = request (fixture, "GET", path, NULL);
  g_assert_cmpint (member_int (status->json, "favourites_count"), ==, 3);
  g_assert_cmpint (member_int (status->json, "reblogs_count"), ==, 2);
}

static void
test_tags (Fixture *fixture, gconstpointer data)
{
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=%23Cats+%23dogs", 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=%23cats", 200));
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=%23cats&visibility=unlisted", 200));
  g_autoptr (Reply) timeline = request (fixture, "GET", "/api/v1/timelines/tag/CATS", NULL);
  g_assert_cmpint (member_length (timeline->json, ""), ==, 2);
  g_autoptr (Reply) both = request (fixture, "GET", "/api/v1/timelines/tag/cats?all[]=dogs", NULL);
  g_assert_cmpint (member_length (both->json, ""), ==, 1);
  g_autoptr (Reply) trends = request (fixture, "GET", "/api/v1/trends/tags?limit=1", NULL);
  g_assert_cmpstr (member_string (trends->json, "0.name"), ==, "cats");
  g_assert_cmpint (member_length (trends->json, "0.history"), ==, 7);
  g_free (expect (fixture, "POST", "/_control/follow-tag", "name=Cats", 200));
  g_autoptr (Reply) followed = request (fixture, "GET", "/api/v1/followed_tags", NULL);
  g_assert_cmpstr (member_string (followed->json, "0.name"), ==, "cats");
  g_autoptr (Reply) found = request (fixture, "GET", "/api/v2/search?q=%23dog", NULL);
  g_assert_cmpint (member_length (found->json, "hashtags"), ==, 1);
  g_assert_cmpint (member_length (found->json, "statuses"), ==, 1);
  g_free (expect (fixture, "GET", "/api/v2/search", NULL, 400));
}

static void
test_lookup (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Reply) bob = request (fixture, "GET", "/api/v1/accounts/lookup?acct=Bob", NULL);
  g_assert_cmpstr (member_string (bob->json, "username"), ==, "bob");
  g_assert_true (g_str_has_suffix (member_string (bob->json, "avatar"), "/avatars/bob.png"));
  g_free (expect (fixture, "POST", "/_control/account", "account=bob&avatar=false&days=3", 200));
  g_autoptr (Reply) bare = request (fixture, "GET", "/api/v1/accounts/lookup?acct=@bob", NULL);
  g_assert_true (g_str_has_suffix (member_string (bare->json, "avatar"), "/missing.png"));
  g_free (expect (fixture, "GET", "/api/v1/accounts/lookup?acct=nobody@far.example", NULL, 404));
  g_free (expect (fixture, "GET", "/api/v1/accounts/lookup", NULL, 404));
}

static void
test_instance (Fixture *fixture, gconstpointer data)
{
  const char *paths[] = { "/api/v1/instance", "/api/v2/instance" };
  bmn_fake_mastodon_set_limit (fixture->fake, "max_characters=777", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (Reply) reply = request (fixture, "GET", paths[i], NULL);
      g_assert_cmpint (member_int (reply->json, "configuration.statuses.max_characters"), ==, 777);
      g_assert_cmpint (
          member_int (reply->json, "configuration.statuses.characters_reserved_per_url"), ==, 23);
      g_assert_cmpint (
          member_length (reply->json, "configuration.media_attachments.supported_mime_types"), ==,
          28);
    }
}

static void
test_rates (Fixture *fixture, gconstpointer data)
{
  bmn_fake_mastodon_set_limit (fixture->fake, "rate_requests=5", NULL);
  bmn_fake_mastodon_set_limit (fixture->fake, "rate_deletes=1", NULL);
  g_autofree char *id = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_autofree char *path = g_strdup_printf ("/api/v1/statuses/%s", id);
  g_autofree char *other = g_strdup ("/api/v1/statuses/404");
  g_autoptr (Reply) deleted = request (fixture, "DELETE", path, NULL);
  g_assert_cmpstr (reply_header (deleted, "X-RateLimit-Limit"), ==, "1");
  g_assert_cmpstr (reply_header (deleted, "X-RateLimit-Remaining"), ==, "0");
  g_free (expect (fixture, "DELETE", other, NULL, 429));
  g_autoptr (Reply) fine = request (fixture, "GET", "/api/v1/notifications", NULL);
  g_assert_cmpuint (fine->status, ==, 200);
  g_assert_cmpstr (reply_header (fine, "X-RateLimit-Remaining"), ==, "1");
  g_assert_nonnull (strchr (reply_header (fine, "X-RateLimit-Reset"), 'T'));
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 200));
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 429));
  /* The side door is never closed. */
  g_free (expect (fixture, "GET", "/_control/state", NULL, 200));
  bmn_fake_mastodon_advance (fixture->fake, 301);
  g_free (expect (fixture, "GET", "/api/v1/notifications", NULL, 200));
}

void
add_read_tests (void)
{
  add ("reads/pages", test_pages);
  add ("reads/pages-of-ulids", test_pages_of_ulids);
  add ("reads/pages-of-words", test_pages_of_words);
  add ("reads/cursors", test_cursors);
  add ("reads/filters", test_filters);
  add ("reads/notifications", test_notifications);
  add ("reads/tags", test_tags);
  add ("reads/lookup", test_lookup);
  add ("reads/instance", test_instance);
  add ("reads/rates", test_rates);
}
