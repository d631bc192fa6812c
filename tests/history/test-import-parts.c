#include "bmn-cbor-reader-private.h"
#include "bmn-date-format-private.h"
#include "bmn-encoding-guess-private.h"
#include "bmn-json-rows-private.h"
#include "bmn-record-index-private.h"
#include "bmn-remote-id-private.h"

#include <string.h>

/*
 * Dates.
 */

static void
test_dates (void)
{
  static const struct
  {
    const char *format, *text, *zone;
    gint64 seconds; /* −1: no date */
  } cases[] = {
    { "iso", "2024-01-02T03:04:05Z", "Europe/Berlin", 1704164645 },
    { "iso", " 2024-01-02 03:04:05 ", "Europe/Berlin", 1704161045 },
    { "iso", "2024-07-02T03:04:05", "Europe/Berlin", 1719882245 },
    { "iso", "2024-01-02", "UTC", -1 },
    { "iso", "2024-13-02T03:04:05Z", "UTC", -1 },
    { "%d.%m.%Y %H:%M", "02.01.2024 03:04", "America/New_York", 1704182640 },
    { "%d.%m.%Y", "31.02.2024", "UTC", -1 },
    { "%d.%m.%Y", "02.01.2024 and more", "UTC", -1 },
    { "%m/%d/%Y %I:%M %p", "1/2/2024 3:04 PM", "UTC", 1704207840 },
    { "%a %b %d %H:%M:%S %z %Y", "Wed Oct 10 20:19:24 +0000 2018", "Asia/Tokyo", 1539202764 },
    { "%a, %d %b %Y %H:%M:%S %z", "Wed, 10 Oct 2018 20:19:24 +0200", "Asia/Tokyo", 1539195564 },
    { "unix", "1704164645", "Asia/Tokyo", 1704164645 },
    { "unix", "170416464500000", "UTC", -1 },
    { "unix", "5", "UTC", -1 },
    { "unix-ms", "1704164645000", "UTC", 1704164645 },
    { "%Y-%m-%d", "", "UTC", -1 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 instant = 0;
      gboolean is_date
          = bmn_date_format_parse (cases[i].format, cases[i].text, cases[i].zone, &instant);
      g_test_message ("%s: %s", cases[i].format, cases[i].text);
      g_assert_cmpint (is_date, ==, cases[i].seconds >= 0);
      if (is_date)
        g_assert_cmpint (instant, ==, cases[i].seconds * G_USEC_PER_SEC);
    }
}

static void
test_date_guesses (void)
{
  static const struct
  {
    const char *dates; /* separated by | */
    const char *format;
    gboolean is_doubtful;
  } cases[] = {
    { "2024-01-02T03:04:05Z|2024-01-03T00:00:00+01:00", "iso", FALSE },
    { "13/02/2024|14/02/2024", "%d/%m/%Y", FALSE },
    { "02/13/2024|02/14/2024", "%m/%d/%Y", FALSE },
    { "03/04/2024", "%d/%m/%Y", TRUE },
    /* As days of one month they are in order, as months they are not. */
    { "01/02/2024|02/02/2024|03/02/2024|01/03/2024", "%d/%m/%Y", FALSE },
    { "02/01/2024|02/02/2024|02/03/2024|03/01/2024", "%m/%d/%Y", FALSE },
    { "1704164645|1704164646", "unix", FALSE },
    { "1704164645123|1704164646123", "unix-ms", FALSE },
    { "1.2.2024 7:05|12.2.2024 17:05", "%d.%m.%Y %H:%M", FALSE },
    { "soon|later", NULL, FALSE },
    { "2024-01-01|soon", NULL, FALSE },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) words = g_strsplit (cases[i].dates, "|", -1);
      g_autoptr (GPtrArray) dates = g_ptr_array_new ();
      gboolean is_doubtful;
      for (guint j = 0; words[j]; j++)
        g_ptr_array_add (dates, words[j]);
      g_test_message ("%s", cases[i].dates);
      g_assert_cmpstr (bmn_date_format_guess (dates, &is_doubtful), ==, cases[i].format);
      g_assert_cmpint (is_doubtful, ==, cases[i].is_doubtful);
    }
}

/*
 * Encodings.
 */

static void
test_encodings (void)
{
  static const char *const encodings[]
      = { "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "windows-1252", "windows-1251", "SHIFT_JIS" };
  static const char german[] = "Datum;Text\nGrüße aus der Bäckerei, es ist schön draußen\n";
  static const char russian[] = "Сегодня у нас свежий хлеб и сладкие булочки для всех гостей\n";
  static const char japanese[] = "今日は焼きたてのパンがあります。お店でお待ちしています。\n";
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    {
      const char *text = i == 5 ? russian : i == 6 ? japanese : german;
      gsize length;
      g_autofree char *bytes = g_convert (text, -1, encodings[i], "UTF-8", NULL, &length, NULL);
      g_autofree char *guess = bmn_encoding_guess ((const guint8 *)bytes, length);
      g_autofree char *back = g_convert (bytes, length, "UTF-8", guess, NULL, NULL, NULL);
      g_test_message ("%s: %s", encodings[i], guess);
      g_assert_cmpstr (back, ==, text);
    }
}

/*
 * Identifiers: as the platforms' own readers have them.
 */

static void
test_remote_ids (void)
{
  static const struct
  {
    const char *platform, *setting, *value, *url, *id;
  } cases[] = {
    { "mastodon", "server", "https://social.example",
      "https://social.example/users/shop/statuses/112233", "112233" },
    { "mastodon", "server", "https://social.example", "https://social.example/@shop/112233",
      "112233" },
    { "mastodon", "server", "https://social.example",
      "https://social.example/users/shop/statuses/01HXYZ", "01HXYZ" },
    { "mastodon", "server", "https://new.example",
      "https://social.example/users/shop/statuses/112233", NULL },
    { "mastodon", "server", "https://social.example",
      "https://social.example/users/shop/statuses/1/activity", NULL },
    { "mastodon", "server", "https://social.example", "https://social.example/objects/1", NULL },
    { "mastodon", "server", "https://social.example", "112233", NULL },
    { "bluesky", "did", "did:plc:abc", "https://bsky.app/profile/shop.example/post/3kabc",
      "at://did:plc:abc/app.bsky.feed.post/3kabc" },
    { "bluesky", "did", "did:plc:abc", "https://evil.example/profile/shop.example/post/3k", NULL },
    { "website", "dir", "/tmp", "https://x.com/shop/status/99", "99" },
    { "website", "dir", "/tmp", "https://www.twitter.com/shop/statuses/99", "99" },
    { "website", "dir", "/tmp", "https://shop.example/99", NULL },
    { "website", "dir", "/tmp", "::", NULL },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnAccount) account = bmn_account_new (cases[i].platform, "shop");
      bmn_account_set_setting (account, cases[i].setting, cases[i].value);
      g_autofree char *id = bmn_remote_id_from_url (account, cases[i].url);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

/*
 * JSON.
 */

static const BmnJsonField fields[] = {
  { "id", BMN_JSON_VALUE },        { "a.b", BMN_JSON_VALUE },    { "list", BMN_JSON_LENGTH },
  { "words", BMN_JSON_FIRST_KEY }, { "list.x", BMN_JSON_VALUE }, { NULL },
};

static void
note_row (const BmnJsonRow *row, gpointer data)
{
  GString *out = data;
  g_string_append_printf (out, "%d@%d", (int)row->number, row->place);
  for (guint field = 0; fields[field].place; field++)
    {
      g_string_append_c (out, ';');
      for (guint i = 0; i < bmn_json_row_length (row, field); i++)
        {
          const char *value = bmn_json_row_get_at (row, field, i);
          g_string_append_printf (out, "%s,", value ? value : "-");
        }
    }
  g_string_append_c (out, '\n');
}

static char *
read_rows (const char *json, gsize piece)
{
  static const char *const places[] = { "", "items", NULL };
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (BmnJsonRows) rows = bmn_json_rows_new (places, fields, note_row, out);
  g_autoptr (GError) error = NULL;
  gsize length = strlen (json);
  for (gsize at = 0; at < length; at += piece)
    g_assert_true (bmn_json_rows_feed (rows, json + at, MIN (piece, length - at), NULL));
  g_assert_true (bmn_json_rows_finish (rows, &error));
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* However the text is cut into pieces, the rows are the same. */
static void
test_json_pieces (void)
{
  static const char json[]
      = "{\"id\":\"head\",\"items\":[{\"id\":1,\"a\":{\"b\":\"\\u00e9\\ud83d\\ude00\",\"c\":[1]},"
        "\"list\":[{\"x\":\"p\"},{\"y\":0},{\"x\":true}],\"words\":{\"de\":1,\"en\":2}},"
        "{\"a\":null,\"list\":[],\"id\":-2.5e3},{}],\"id\":\"late\"}\n{\"id\":\"next\"}";
  static const char expected[] = "1@0;head,;;;;\n"
                                 "2@1;1,;é😀,;3,;de,;p,-,true,\n"
                                 "3@1;-2.5e3,;;0,;;\n"
                                 "4@1;;;;;\n"
                                 "5@0;next,;;;;\n";
  for (gsize piece = 1; piece <= sizeof json; piece++)
    {
      g_autofree char *rows = read_rows (json, piece);
      g_assert_cmpstr (rows, ==, expected);
    }
}

/*
 * CBOR.
 */

static void
test_cbor (void)
{
  /* {"a": [1, "x", h'00'], "b": 42(null)} and a true after it */
  static const guint8 bytes[]
      = { 0xa2, 0x61, 'a', 0x83, 0x01, 0x61, 'x', 0x41, 0x00, 0x61, 'b', 0xd8, 0x2a, 0xf6, 0xf5 };
  BmnCborReader reader = { bytes, bytes + sizeof bytes };
  BmnCborItem item;
  g_assert_true (bmn_cbor_reader_next (&reader, &item));
  g_assert_cmpint (item.type, ==, BMN_CBOR_MAP);
  g_assert_cmpuint (item.number, ==, 2);
  g_assert_true (bmn_cbor_reader_skip (&reader, &item));
  g_assert_true (bmn_cbor_reader_expect (&reader, BMN_CBOR_BOOL, &item));
  g_assert_false (bmn_cbor_reader_next (&reader, &item));
}

static void
test_cbor_lies (void)
{
  static const struct
  {
    const char *bytes;
    gsize length;
  } lies[] = {
    { "", 0 },
    { "\x5b\xff\xff\xff\xff\xff\xff\xff\xff", 9 }, /* a text of 2^64 − 1 bytes */
    { "\x9b\xff\xff\xff\xff\xff\xff\xff\xff", 9 }, /* an array of as many */
    { "\xbb\x80\x00\x00\x00\x00\x00\x00\x00", 9 }, /* a map of 2^63 pairs */
    { "\x9f\x01\xff", 3 },                         /* without a length */
    { "\x83\x01\x02", 3 },                         /* an element too few */
    { "\x62x", 2 },                                /* a letter too few */
    { "\xd8\x2a", 2 },                             /* a tag of nothing */
    { "\x1c", 1 },                                 /* reserved */
  };
  for (gsize i = 0; i < G_N_ELEMENTS (lies); i++)
    {
      /* On the heap and exactly as long, so that a read beyond is noticed. */
      g_autofree guint8 *bytes = g_memdup2 (lies[i].bytes, lies[i].length);
      BmnCborReader reader = { bytes, bytes + lies[i].length };
      BmnCborItem item;
      g_assert_false (bmn_cbor_reader_next (&reader, &item)
                      && bmn_cbor_reader_skip (&reader, &item));
    }
}

/*
 * Keys of records.
 */

static void
test_record_index (void)
{
  static const char *const keys[]
      = { "3jzfcijpj2z2a", "self", "zzzzzzzzzzzzz", "2222222222222", "ünï", "jzzzzzzzzzzzz" };
  g_autoptr (BmnRecordIndex) index = bmn_record_index_new ();
  guint8 digest[32] = { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      digest[0] = (guint8)(i / 2);
      digest[15] = (guint8)(i / 2);
      bmn_record_index_add (index, digest, keys[i]);
    }
  bmn_record_index_close (index);
  for (guint i = 0; i < G_N_ELEMENTS (keys); i += 2)
    {
      digest[0] = digest[15] = (guint8)(i / 2);
      g_autoptr (GPtrArray) found = bmn_record_index_take (index, digest);
      g_autoptr (GPtrArray) again = bmn_record_index_take (index, digest);
      g_assert_cmpuint (found->len, ==, 2);
      g_assert_true (g_ptr_array_find_with_equal_func (found, keys[i], g_str_equal, NULL));
      g_assert_true (g_ptr_array_find_with_equal_func (found, keys[i + 1], g_str_equal, NULL));
      g_assert_cmpuint (again->len, ==, 0);
      g_assert_cmpuint (bmn_record_index_get_left (index), ==, G_N_ELEMENTS (keys) - i - 2);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/history/import-parts/dates", test_dates);
  g_test_add_func ("/history/import-parts/date-guesses", test_date_guesses);
  g_test_add_func ("/history/import-parts/encodings", test_encodings);
  g_test_add_func ("/history/import-parts/remote-ids", test_remote_ids);
  g_test_add_func ("/history/import-parts/json-pieces", test_json_pieces);
  g_test_add_func ("/history/import-parts/cbor", test_cbor);
  g_test_add_func ("/history/import-parts/cbor-lies", test_cbor_lies);
  g_test_add_func ("/history/import-parts/record-index", test_record_index);
  return g_test_run ();
}
