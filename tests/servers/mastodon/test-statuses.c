#include "test-support.h"

#include <string.h>

#define TEN "0123456789"
#define HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN TEN
#define LINK "https://example.com/" HUNDRED

static void
test_validation (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *body;
    guint status;
    const char *error; /* the beginning of it */
  } cases[] = {
    { "status=hello", 200, NULL },
    { "status=", 422, "Validation failed: Text can't be blank" },
    { "status=+%0A", 422, "Validation failed: Text can't be blank" },
    { "{\"status\":\"hello\"}", 200, NULL },
    { "{\"status\":7}", 422, "Validation failed: status is invalid" },
    { "{\"status\":\"x\",\"media_ids\":\"1\"}", 422, "Validation failed: media_ids is invalid" },
    { "{\"status\":\"x\",\"sensitive\":[1]}", 422, "Validation failed: sensitive is invalid" },
    { "{\"status\":\"x\",\"spoiler_text\":null}", 200, NULL },
    { "[\"status\"]", 422, "Validation failed: Text can't be blank" },
    { "status=x&visibility=secret", 422, "Validation failed: Visibility" },
    { "status=x&visibility=direct", 200, NULL },
    { "status=x&language=pt-BR", 200, NULL },
    { "status=x&language=qq", 422, "Validation failed: Language is invalid" },
    { "status=x&language=english", 422, "Validation failed: Language is invalid" },
    { "status=x&in_reply_to_id=404", 404, "Record not found" },
    { "status=x&media_ids[]=404", 422, "Media 404 not found" },
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED, 200, NULL },
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "!", 422,
      "Validation failed: Text character limit of 500 exceeded" },
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED HUNDRED "&spoiler_text=!", 422,
      "Validation failed: Text character limit of 500 exceeded" },
    /* 476 and a space and a link of 23, whatever its length */
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED TEN TEN TEN TEN TEN TEN TEN "123456+" LINK, 200,
      NULL },
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED TEN TEN TEN TEN TEN TEN TEN "1234567+" LINK, 422,
      "Validation failed: Text character limit" },
    /* 494 and a space and @user */
    { "status=" HUNDRED HUNDRED HUNDRED HUNDRED TEN TEN TEN TEN TEN TEN TEN TEN TEN
      "1234+@user@a.very.long.example.com",
      200, NULL },
    { "status=x&poll[options][]=a&poll[options][]=b&poll[expires_in]=300", 200, NULL },
    { "status=x&poll[options][]=a&poll[expires_in]=300", 422, "Validation failed: Options must" },
    { "status=x&poll[options][]=a&poll[options][]=a&poll[expires_in]=300", 422,
      "Validation failed: Options contain duplicate" },
    { "status=x&poll[options][]=a&poll[options][]=b&poll[expires_in]=299", 422,
      "Validation failed: Expires at is too soon" },
    { "status=x&poll[options][]=a&poll[options][]=b&poll[expires_in]=2629747", 422,
      "Validation failed: Expires at is too far" },
    { "status=x&poll[options][]=a&poll[options][]=b", 422, "Validation failed: Poll" },
    { "{\"status\":\"x\",\"poll\":{\"options\":[\"a\",\"b\",\"c\",\"d\",\"e\"],"
      "\"expires_in\":600}}",
      422, "Validation failed: Options can't contain more than 4" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (Reply) reply = request (fixture, "POST", "/api/v1/statuses", cases[i].body);
      const char *error = member_string (reply->json, "error");
      g_test_message ("%s", cases[i].body);
      g_assert_cmpuint (reply->status, ==, cases[i].status);
      if (cases[i].error)
        g_assert_true (g_str_has_prefix (error, cases[i].error));
      else
        g_assert_nonnull (member_string (reply->json, "uri"));
    }
}

static void
test_graphemes (Fixture *fixture, gconstpointer data)
{
  /* A family is one character; 500 of them pass, 501 do not. */
  g_autoptr (GString) text = g_string_new ("status=");
  for (int i = 0; i < 500; i++)
    g_string_append (text, "👩‍👩‍👧‍👦");
  g_free (expect (fixture, "POST", "/api/v1/statuses", text->str, 200));
  g_string_append (text, "é");
  g_free (expect (fixture, "POST", "/api/v1/statuses", text->str, 422));
}

static void
test_content (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *text;
    const char *html;
  } cases[] = {
    { "one\ntwo\n\nthree", "<p>one<br />two</p><p>three</p>" },
    { "a < b & c > \"d\"", "<p>a &lt; b &amp; c &gt; &quot;d&quot;</p>" },
    { "see https://www.example.com/1.",
      "<p>see <a href=\"https://www.example.com/1\" target=\"_blank\" rel=\"nofollow noopener\" "
      "translate=\"no\"><span class=\"invisible\">https://www.</span><span class=\"\">"
      "example.com/1</span><span class=\"invisible\"></span></a>.</p>" },
    { "https://example.com/page/that/is/very/long",
      "<p><a href=\"https://example.com/page/that/is/very/long\" target=\"_blank\" "
      "rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">https://</span>"
      "<span class=\"ellipsis\">example.com/page/that/is/very/</span><span class=\"invisible\">"
      "long</span></a></p>" },
    { "#Tag #1 #größe a#b",
      "<p><a href=\"U/tags/tag\" class=\"mention hashtag\" rel=\"tag\">#<span>Tag</span></a> #1 "
      "<a href=\"U/tags/gr%C3%B6%C3%9Fe\" class=\"mention hashtag\" rel=\"tag\">#<span>größe"
      "</span></a> a#b</p>" },
    { "@bob @nobody bob@carol.example",
      "<p><span class=\"h-card\" translate=\"no\"><a href=\"U/@bob\" class=\"u-url mention\">"
      "@<span>bob</span></a></span> @nobody bob@carol.example</p>" },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *form = soup_form_encode ("status", cases[i].text, NULL);
      g_autoptr (Reply) reply = request (fixture, "POST", "/api/v1/statuses", form);
      g_autoptr (GString) html = g_string_new (member_string (reply->json, "content"));
      g_string_replace (html, bmn_fake_mastodon_get_url (fixture->fake), "U", 0);
      g_assert_cmpstr (html->str, ==, cases[i].html);
    }
}

static void
test_key (Fixture *fixture, gconstpointer data)
{
  fixture->key = g_strdup ("one");
  g_autofree char *first = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_autofree char *second = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_assert_cmpstr (first, ==, second);
  g_assert_cmpint (state_length (fixture, "statuses"), ==, 1);

  /* The key is the account's own. */
  g_autofree char *mine = g_steal_pointer (&fixture->token);
  fixture->token = bmn_fake_mastodon_create_token (fixture->fake, "write", "bob");
  g_autofree char *other = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_assert_cmpstr (first, !=, other);
  g_free (fixture->token);
  fixture->token = g_steal_pointer (&mine);

  bmn_fake_mastodon_advance (fixture->fake, 3599);
  g_autofree char *late = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_assert_cmpstr (first, ==, late);
  bmn_fake_mastodon_advance (fixture->fake, 2);
  g_autofree char *forgotten = expect (fixture, "POST", "/api/v1/statuses", "status=a", 200);
  g_assert_cmpstr (first, !=, forgotten);
  g_assert_cmpint (state_length (fixture, "duplicates"), ==, 1);
}

static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autofree char *root = expect (fixture, "POST", "/api/v1/statuses", "status=1", 200);
  g_autofree char *body = g_strdup_printf ("status=2&in_reply_to_id=%s", root);
  g_autofree char *reply = expect (fixture, "POST", "/api/v1/statuses", body, 200);
  g_autofree char *body3 = g_strdup_printf ("status=3&in_reply_to_id=%s", reply);
  g_free (expect (fixture, "POST", "/api/v1/statuses", body3, 200));
  g_autofree char *path = g_strdup_printf ("/api/v1/statuses/%s/context", reply);
  g_autoptr (Reply) context = request (fixture, "GET", path, NULL);
  g_assert_cmpstr (member_string (context->json, "ancestors.0.id"), ==, root);
  g_assert_cmpstr (member_string (context->json, "descendants.0.content"), ==, "<p>3</p>");
  g_autofree char *root_path = g_strdup_printf ("/api/v1/statuses/%s", root);
  g_autoptr (Reply) got = request (fixture, "GET", root_path, NULL);
  g_assert_cmpint (member_int (got->json, "replies_count"), ==, 1);
}

static void
test_edit_and_delete (Fixture *fixture, gconstpointer data)
{
  g_autofree char *id = expect (fixture, "POST", "/api/v1/statuses", "status=1", 200);
  g_autofree char *path = g_strdup_printf ("/api/v1/statuses/%s", id);
  g_autofree char *history = g_strconcat (path, "/history", NULL);
  g_autofree char *source = g_strconcat (path, "/source", NULL);
  bmn_fake_mastodon_advance (fixture->fake, 60);
  g_free (expect (fixture, "PUT", path, "status=", 422));
  g_autoptr (Reply) edited = request (fixture, "PUT", path, "status=2");
  g_assert_cmpstr (member_string (edited->json, "content"), ==, "<p>2</p>");
  g_assert_nonnull (member_string (edited->json, "edited_at"));
  g_autoptr (Reply) versions = request (fixture, "GET", history, NULL);
  g_assert_cmpint (member_length (versions->json, ""), ==, 2);
  g_assert_cmpstr (member_string (versions->json, "0.content"), ==, "<p>1</p>");
  g_autoptr (Reply) plain = request (fixture, "GET", source, NULL);
  g_assert_cmpstr (member_string (plain->json, "text"), ==, "2");

  g_autofree char *mine = g_steal_pointer (&fixture->token);
  fixture->token = bmn_fake_mastodon_create_token (fixture->fake, "write", "bob");
  g_free (expect (fixture, "DELETE", path, NULL, 404));
  g_free (expect (fixture, "PUT", path, "status=3", 404));
  g_free (fixture->token);
  fixture->token = g_steal_pointer (&mine);

  g_autoptr (Reply) deleted = request (fixture, "DELETE", path, NULL);
  g_assert_cmpuint (deleted->status, ==, 200);
  g_assert_cmpstr (member_string (deleted->json, "text"), ==, "2");
  g_free (expect (fixture, "GET", path, NULL, 404));
  g_free (expect (fixture, "DELETE", path, NULL, 404));
}

static void
test_visibility (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *visibility;
    const char *viewer; /* NULL for anybody */
    guint status;
  } cases[] = {
    { "public", NULL, 200 },    { "unlisted", NULL, 200 }, { "private", NULL, 404 },
    { "direct", NULL, 404 },    { "private", "bob", 200 }, { "direct", "bob", 200 },
    { "direct", "carol", 404 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *body
          = g_strdup_printf ("status=%%40bob+hi&visibility=%s", cases[i].visibility);
      g_autofree char *id = expect (fixture, "POST", "/api/v1/statuses", body, 200);
      g_autofree char *path = g_strdup_printf ("/api/v1/statuses/%s", id);
      g_autofree char *mine = g_steal_pointer (&fixture->token);
      if (cases[i].viewer)
        fixture->token = bmn_fake_mastodon_create_token (fixture->fake, "read", cases[i].viewer);
      g_free (expect (fixture, "GET", path, NULL, cases[i].status));
      g_free (fixture->token);
      fixture->token = g_steal_pointer (&mine);
    }
}

static void
test_complaints (Fixture *fixture, gconstpointer data)
{
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a&colour=red", 200));
  g_assert_cmpint (state_length (fixture, "complaints"), ==, 2);
  fixture->key = g_strdup ("k");
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=a", 200));
  g_assert_cmpint (state_length (fixture, "complaints"), ==, 2);
  g_free (expect (fixture, "POST", "/api/v1/statuses", "status=b", 200));
  g_assert_cmpint (state_length (fixture, "complaints"), ==, 3);
}

void
add_status_tests (void)
{
  add ("statuses/validation", test_validation);
  add ("statuses/graphemes", test_graphemes);
  add ("statuses/content", test_content);
  add ("statuses/key", test_key);
  add ("statuses/thread", test_thread);
  add ("statuses/edit-and-delete", test_edit_and_delete);
  add ("statuses/visibility", test_visibility);
  add ("statuses/complaints", test_complaints);
}
