#include "bmn-mastodon-private.h"
#include "bmn-platform-error.h"
#include "bmn-platform-reader.h"
#include "mastodon-fixture.h"

#define ADD(name, func, ...)                                                                       \
  {                                                                                                \
    static const char *const options[] = { __VA_ARGS__ __VA_OPT__ (, ) NULL };                     \
    g_test_add ("/platform/mastodon/" name, MastodonFixture, options, mastodon_fixture_set_up,     \
                func, mastodon_fixture_tear_down);                                                 \
  }

#define SECOND ((gint64)G_USEC_PER_SEC)

/* Somebody posts; @more: further members of the JSON. Returns: (transfer full): */
static void
post (MastodonFixture *fixture, const char *text, const char *more)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "text", text);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) node = json_builder_get_root (builder);
  g_autofree char *object = bmn_json_to_string (node);
  object[strlen (object) - 1] = '\0';
  g_autofree char *json = g_strconcat (object, more ? more : "", "}", NULL);
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "status", json);
}

static BmnPublishRequest *
lost_request (const char *text)
{
  BmnPublishRequest *request = mastodon_request_new (text, NULL);
  request->first_sent_at = g_get_real_time ();
  return request;
}

/* What servers make of a text and still is the same. */
static void
test_likeness (MastodonFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "Plain words",
    "Two\nlines and\n\nparagraphs   with blanks",
    "Greetings to @bob and @carol@example.org!",
    "See https://example.org/a/very/long/path?with=query&more=words#fragment for more",
    "Tags #Cats #Straße and <b>no</b> &amp; markup & \"quotes\"",
    "Ελληνικά, 日本語 and 👩‍👩‍👧",
    "e\xcc\x81 is \xc3\xa9",
  };
  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (BmnPublishRequest) request = lost_request (texts[i]);
      g_autoptr (GError) error = NULL;
      g_test_message ("%s", texts[i]);
      g_autoptr (GPtrArray) before = mastodon_read_back (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (before->len, ==, 0);
      mastodon_fixture_fault (fixture, "close-after", ",\"count\":1");
      g_assert_null (mastodon_publish (fixture, request, &error));
      g_clear_error (&error);
      g_autoptr (GPtrArray) after = mastodon_read_back (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (after->len, ==, 1);
    }
}

static void
test_not_ours (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = lost_request ("The daily greeting to everybody");
  g_autoptr (GError) error = NULL;
  /* Older than the attempt, somebody else's, an answer, another text. */
  post (fixture, "The daily greeting to everybody", ",\"created_at\":\"2026-01-01T00:00:00Z\"");
  post (fixture, "The daily greeting to everybody", ",\"account\":\"bob\"");
  post (fixture, "Something else that is long enough", NULL);
  g_autoptr (GPtrArray) none = mastodon_read_back (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  /* One that belongs to another receipt. */
  g_autoptr (BmnPublishRequest) other
      = mastodon_request_new ("The daily greeting to everybody", NULL);
  g_autoptr (GPtrArray) receipts = mastodon_publish (fixture, other, &error);
  g_assert_no_error (error);
  g_hash_table_add (request->known_ids, g_strdup (((BmnReceipt *)receipts->pdata[0])->remote_id));
  g_autoptr (GPtrArray) still_none = mastodon_read_back (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (still_none->len, ==, 0);
}

/* One that is nearly ours is neither ours nor nobody's. */
static void
test_doubtful (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = lost_request ("Fresh bread every morning at seven");
  g_autoptr (GError) error = NULL;
  post (fixture, "Fresh bread every morning at seven (shortened by the server)", NULL);
  g_assert_null (mastodon_read_back (fixture, request, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME);
}

/* Two of ours: the older is taken, and that keys are ignored is remembered. */
static void
test_doubled (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = lost_request ("Twice, alas");
  g_autoptr (GError) error = NULL;
  post (fixture, "Twice, alas", NULL);
  post (fixture, "Twice, alas", NULL);
  g_autoptr (GPtrArray) found = mastodon_read_back (fixture, request, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 1);
  g_autoptr (JsonNode) state = mastodon_fixture_state (fixture);
  g_assert_cmpstr (((BmnReceipt *)found->pdata[0])->remote_id, ==,
                   bmn_json_get_string (mastodon_state_get (state, "statuses", 0), "id"));
  const char *fact
      = bmn_platform_host_get_fact (BMN_PLATFORM_HOST (fixture->host), BMN_MASTODON_FACT_KEYS);
  g_assert_true (g_str_has_prefix (fact, "no "));
}

/* Behind many newer ones, and with a clock that is wrong by two hours. */
static void
test_far (MastodonFixture *fixture, gconstpointer data)
{
  static const gint64 offsets[] = { 0, 7200 * SECOND, -7200 * SECOND };
  for (gsize i = 0; i < G_N_ELEMENTS (offsets); i++)
    {
      g_autoptr (GError) error = NULL;
      memory_host_set_offset (fixture->host, offsets[i]);
      g_autofree char *text = g_strdup_printf ("Far behind number %zu", i);
      g_autoptr (BmnPublishRequest) request = lost_request (text);
      request->first_sent_at += offsets[i];
      post (fixture, text, NULL);
      post (fixture, "noise from somewhere else", ",\"count\":95");
      g_autoptr (GPtrArray) found = mastodon_read_back (fixture, request, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (found->len, ==, 1);
    }
}

/* A list that cannot be read is never taken for an empty one. */
static void
test_unreadable (MastodonFixture *fixture, gconstpointer data)
{
  static const char *const kinds[]
      = { "error-before", "close-before", "json-swapped", "json-truncated",
          "json-null",    "json-types",   "json-missing", "html" };
  post (fixture, "Is it there?", NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (BmnPublishRequest) request = lost_request ("Is it there?");
      g_autoptr (GError) error = NULL;
      g_autofree char *json = g_strdup_printf (
          "{\"kind\":\"%s\",\"route\":\"GET /api/v1/accounts/*\",\"count\":1}", kinds[i]);
      g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "faults", json);
      g_test_message ("%s", kinds[i]);
      g_assert_null (mastodon_read_back (fixture, request, &error));
      g_assert_nonnull (error);
    }
}

/*
 * Reading.
 */

static BmnPlatformReader *
reader_of (MastodonFixture *fixture)
{
  return BMN_PLATFORM_READER (fixture->platform);
}

static BmnReaderPage *
list_own (MastodonFixture *fixture, const char *cursor, guint max)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  bmn_platform_reader_list_own_async (reader_of (fixture), cursor, max, NULL, mastodon_take_result,
                                      &result);
  mastodon_wait (&result);
  BmnReaderPage *page = bmn_platform_reader_list_own_finish (reader_of (fixture), result, &error);
  g_assert_no_error (error);
  return page;
}

static void
test_own (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree char *cursor = NULL;
  guint n_pages = 0;
  post (fixture, "<Mine> & only mine", ",\"count\":25");
  post (fixture, "Not mine", ",\"account\":\"bob\"");
  do
    {
      g_autoptr (BmnReaderPage) page = list_own (fixture, cursor, 10);
      for (guint i = 0; i < page->items->len; i++)
        {
          const BmnHistoryPost *item = page->items->pdata[i];
          g_assert_true (g_str_has_prefix (item->text, "<Mine> & only mine"));
          g_assert_cmpint (item->likes, ==, 0);
          g_assert_true (g_hash_table_add (seen, g_strdup (item->remote_id)));
        }
      g_free (cursor);
      cursor = g_strdup (page->next);
    }
  while (cursor && ++n_pages < 10);
  g_assert_cmpuint (g_hash_table_size (seen), ==, 25);
}

static void
test_counts (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("Liked", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) receipts = mastodon_publish (fixture, request, &error);
  g_assert_no_error (error);
  const char *id = ((BmnReceipt *)receipts->pdata[0])->remote_id;
  g_autofree char *json
      = g_strdup_printf ("{\"id\":\"%s\",\"favourites\":3,\"reblogs\":1,\"by\":\"bob\"}", id);
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "engage", json);
  const char *const ids[] = { id, "no-such-status", NULL };
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_read_counts_async (reader_of (fixture), ids, NULL, mastodon_take_result,
                                         &result);
  mastodon_wait (&result);
  g_autoptr (GPtrArray) posts
      = bmn_platform_reader_read_counts_finish (reader_of (fixture), result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (posts->len, ==, 1);
  const BmnHistoryPost *counted = posts->pdata[0];
  g_assert_cmpint (counted->likes, ==, 3);
  g_assert_cmpint (counted->reposts, ==, 1);
  g_assert_cmpint (counted->replies, ==, 0);
  g_assert_cmpint (counted->counted_at, >, 0);
}

static BmnReaderPage *
list_notifications (MastodonFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_list_notifications_async (reader_of (fixture), NULL, 40, NULL,
                                                mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_reader_list_notifications_finish (reader_of (fixture), result, error);
}

static void
test_notifications (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  post (fixture, "@alice hi <there>", ",\"account\":\"bob\"");
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (fixture, "follow", "{\"by\":\"carol\"}");
  g_autoptr (BmnReaderPage) page = list_notifications (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 2);
  const BmnNotification *follow = page->items->pdata[0];
  const BmnNotification *mention = page->items->pdata[1];
  g_assert_cmpint (follow->kind, ==, BMN_NOTIFICATION_FOLLOW);
  g_assert_cmpstr (follow->author_handle, ==, "@carol");
  g_assert_cmpint (mention->kind, ==, BMN_NOTIFICATION_MENTION);
  g_assert_cmpstr (mention->text, ==, "@alice hi <there>");
}

static BmnReaderPage *
list_hashtag (MastodonFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_list_hashtag_async (reader_of (fixture), "cats", NULL, 20, NULL,
                                          mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_reader_list_hashtag_finish (reader_of (fixture), result, error);
}

static GPtrArray *
list_trends (MastodonFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_list_trends_async (reader_of (fixture), 10, NULL, mastodon_take_result,
                                         &result);
  mastodon_wait (&result);
  return bmn_platform_reader_list_trends_finish (reader_of (fixture), result, error);
}

static void
test_hashtags (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  post (fixture, "Look, #cats", ",\"account\":\"bob\",\"count\":3");
  g_autoptr (BmnReaderPage) page = list_hashtag (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (page->items->len, ==, 3);
  g_autoptr (GPtrArray) trends = list_trends (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trends->len, ==, 1);
  const BmnTrend *trend = trends->pdata[0];
  g_assert_cmpstr (trend->hashtag, ==, "cats");
  g_assert_cmpint (trend->uses, ==, 3);
  g_assert_cmpint (trend->accounts, ==, 1);
}

static GPtrArray *
list_followed (MastodonFixture *fixture, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_list_followed_tags_async (reader_of (fixture), 10, NULL, mastodon_take_result,
                                                &result);
  mastodon_wait (&result);
  return bmn_platform_reader_list_followed_tags_finish (reader_of (fixture), result, error);
}

static void
test_followed (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) none = list_followed (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (none->len, ==, 0);
  g_autoptr (JsonNode) ignored
      = mastodon_fixture_control (fixture, "follow-tag", "{\"name\":\"RareBirds\"}");
  g_autoptr (GPtrArray) followed = list_followed (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (followed->len, ==, 1);
  g_assert_cmpstr (followed->pdata[0], ==, "rarebirds");
}

static BmnAccountFacts *
look_up (MastodonFixture *fixture, const char *handle, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  bmn_platform_reader_look_up_account_async (reader_of (fixture), handle, NULL,
                                             mastodon_take_result, &result);
  mastodon_wait (&result);
  return bmn_platform_reader_look_up_account_finish (reader_of (fixture), result, error);
}

static void
test_look_up (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnAccountFacts) known = look_up (fixture, "carol", &error);
  g_assert_no_error (error);
  g_assert_true (known->has_avatar);
  gint64 age = g_get_real_time () - known->created_at;
  g_assert_cmpint (age / G_TIME_SPAN_DAY, >=, 399);
  g_autoptr (JsonNode) ignored = mastodon_fixture_control (
      fixture, "account", "{\"account\":\"carol\",\"avatar\":false,\"days\":3}");
  g_autoptr (BmnAccountFacts) bare = look_up (fixture, "carol", &error);
  g_assert_no_error (error);
  g_assert_false (bare->has_avatar);
  g_assert_cmpint (bare->created_at, >, known->created_at);
  g_assert_null (look_up (fixture, "nobody@far.example", &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/* What a server has not is said, not taken for empty. */
static void
test_lacks (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (list_notifications (fixture, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  g_assert_null (list_hashtag (fixture, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  g_assert_null (list_trends (fixture, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
  g_clear_error (&error);
  g_assert_null (list_followed (fixture, &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
}

/* Reads leave the last requests of a rate limit to publishing. */
static void
test_publishing_first (MastodonFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < 40 && !error; i++)
    {
      g_autoptr (BmnReaderPage) page = list_hashtag (fixture, &error);
    }
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED);
  g_assert_cmpint (bmn_platform_error_get_retry_at (error), >, g_get_real_time ());
  g_clear_error (&error);
  g_autoptr (BmnPublishRequest) request = mastodon_request_new ("First", NULL);
  g_autoptr (GPtrArray) receipts = mastodon_publish (fixture, request, &error);
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("likeness", test_likeness);
  ADD ("not-ours", test_not_ours);
  ADD ("doubtful", test_doubtful);
  ADD ("doubled", test_doubled);
  ADD ("far", test_far);
  ADD ("far-without-links", test_far, "--switch=no-link-header");
  ADD ("unreadable", test_unreadable);
  ADD ("own", test_own);
  ADD ("own-ulid", test_own, "--switch=ids-ulid", "--switch=https-links");
  ADD ("own-without-links", test_own, "--switch=no-link-header");
  ADD ("counts", test_counts);
  ADD ("notifications", test_notifications);
  ADD ("hashtags", test_hashtags);
  ADD ("followed-tags", test_followed);
  ADD ("look-up", test_look_up);
  ADD ("lacks", test_lacks, "--switch=no-notifications", "--switch=no-trends",
       "--switch=no-tag-timeline", "--switch=no-followed-tags");
  ADD ("publishing-first", test_publishing_first, "--limit=rate_requests=40");
  ADD ("publishing-first-epoch", test_publishing_first, "--limit=rate_requests=40",
       "--switch=reset-epoch");
  return g_test_run ();
}
