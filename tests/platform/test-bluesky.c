#include "bmn-bluesky-draft-private.h"
#include "bmn-bluesky-handle-private.h"
#include "bmn-bluesky-identity-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-dag-cbor-private.h"
#include "bmn-dpop-key-private.h"
#include "bmn-entity.h"
#include "bmn-error.h"
#include "bmn-json.h"
#include "bmn-link-card-private.h"
#include "bmn-platform-error.h"
#include "bmn-platform-table.h"
#include "bmn-tid-private.h"
#include "fake-host.h"

#include <gnutls/abstract.h>
#include <gnutls/crypto.h>

/* 2026-11-23T10:00:00.123456Z */
#define NOW G_GINT64_CONSTANT (1795428000123456)

static JsonNode *
parse_json (const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonNode *node = bmn_json_parse (bytes, &error);
  g_assert_no_error (error);
  return node;
}

static void
test_tid (void)
{
  const char *const wrong[] = {
    "",
    "3jzfcijpj2z",
    "3jzfcijpj2z2aa",
    "0000000000000",
    "zzzzzzzzzzzzz",
    "3JZFCIJPJ2Z2A",
    "kjzfcijpj2z2a",
  };
  const char *const valid[]
      = { "3jzfcijpj2z2a", "7777777777777", "3zzzzzzzzzzzz", "2222222222222" };
  gint64 time;
  guint clock;
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (bmn_tid_parse (wrong[i], &time, &clock));
  for (guint i = 0; i < G_N_ELEMENTS (valid); i++)
    {
      g_assert_true (bmn_tid_parse (valid[i], &time, &clock));
      g_autofree char *again = bmn_tid_new (time, clock);
      g_assert_cmpstr (again, ==, valid[i]);
    }
  g_autofree char *tid = bmn_tid_new (NOW, 1023);
  g_autofree char *later = bmn_tid_new (NOW + 1, 0);
  g_assert_true (bmn_tid_parse (tid, &time, &clock));
  g_assert_cmpint (time, ==, NOW);
  g_assert_cmpuint (clock, ==, 1023);
  g_assert_cmpstr (tid, <, later);
}

/* Keys are always later than those before, also while the clock stands still. */
static void
test_keys (void)
{
  g_autoptr (FakeHost) host = fake_host_new (NOW);
  g_autoptr (BmnAccount) account = bmn_account_new ("bluesky", "Shop");
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPlatform) platform
      = bmn_platform_new (account, NULL, BMN_PLATFORM_HOST (host), &error);
  g_assert_no_error (error);
  g_autofree char *last = g_strdup ("");
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *key = bmn_platform_make_key (platform);
      gint64 time, last_time;
      guint clock;
      g_assert_true (bmn_tid_parse (key, &time, &clock));
      if (*last && bmn_tid_parse (last, &last_time, &clock))
        g_assert_cmpint (time, >, last_time);
      g_free (last);
      last = g_steal_pointer (&key);
      if (i == 500)
        fake_host_set_now (host, NOW - G_USEC_PER_SEC);
    }
}

static void
test_part_keys (void)
{
  g_autofree char *key = bmn_tid_new (NOW, 7);
  g_autofree char *first = bmn_bluesky_part_key (key, 0);
  g_autofree char *third = bmn_bluesky_part_key (key, 2);
  g_autofree char *again = bmn_bluesky_part_key (key, 2);
  g_assert_cmpstr (first, ==, key);
  g_assert_cmpstr (third, ==, again);
  g_assert_cmpint (bmn_bluesky_part_time (third), ==, NOW + 2000);
  g_assert_null (bmn_bluesky_part_key ("20261123-100000-abc", 0));
}

/* The AT Protocol's own interoperability data ("data-model-fixtures"). */
static void
test_dag_cbor (void)
{
  const struct
  {
    const char *json;
    const char *cbor; /* base64 */
    const char *cid;
  } cases[] = {
    { "{\"a\":{\"$link\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"},"
      "\"b\":{\"$bytes\":\"nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0\"},"
      "\"c\":{\"$type\":\"blob\",\"ref\":{\"$link\":"
      "\"bafkreiccldh766hwcnuxnf2wh6jgzepf2nlu2lvcllt63eww5p6chi4ity\"},"
      "\"mimeType\":\"image/jpeg\",\"size\":10000}}",
      "o2Fh2CpYJQABcRIgZQYqWloA/BbXPGlEI3zLwVscSnI0SJM2iR0JF0GiOdBhYlggnFERjvLLiw9qm45JrqH9QTzyC2Lu"
      "1Xb4ne6+sBrCzI1hY6RjcmVm2CpYJQABVRIgQljP/3j2E2l2l1Y/kmyR5dNXTS6iWuftktbr/COjiJ5kc2l6ZRknEGUk"
      "dHlwZWRibG9iaG1pbWVUeXBlamltYWdlL2pwZWc=",
      "bafyreihldkhcwijkde7gx4rpkkuw7pl6lbyu5gieunyc7ihactn5bkd2nm" },
    { "{\"string\":\"abc\",\"unicode\":\"a~öñ©⽘☎𓋓😀👨\342\200\215👩\342\200\215👧\342\200\215👧\","
      "\"integer\":123,\"bool\":true,\"null\":null,\"array\":[\"abc\",\"def\",\"ghi\"],"
      "\"object\":{\"string\":\"abc\",\"number\":123,\"bool\":true,"
      "\"arr\":[\"abc\",\"def\",\"ghi\"]}}",
      NULL, "bafyreiclp443lavogvhj3d2ob2cxbfuscni2k5jk7bebjzg7khl3esabwq" },
    { "{\"a\":{\"b\":[{\"d\":["
      "{\"$link\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"},"
      "{\"$link\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}],"
      "\"e\":[{\"$bytes\":\"nFERjvLLiw9qm45JrqH9QTzyC2Lu1Xb4ne6+sBrCzI0\"},"
      "{\"$bytes\":\"iE+sPoHobU9tSIqGI+309LLCcWQIRmEXwxcoDt19tas\"}]}]}}",
      NULL, "bafyreid3imdulnhgeytpf6uk7zahjvrsqlofkmm5b5ub2maw4kqus6jp4i" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) node = parse_json (cases[i].json);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = bmn_dag_cbor_encode (node, &error);
      g_assert_no_error (error);
      gsize size;
      const guchar *data = g_bytes_get_data (bytes, &size);
      g_autofree char *base64 = g_base64_encode (data, size);
      if (cases[i].cbor)
        g_assert_cmpstr (base64, ==, cases[i].cbor);
      g_autofree char *cid = bmn_dag_cbor_cid (bytes);
      g_assert_cmpstr (cid, ==, cases[i].cid);
    }
}

static void
test_dag_cbor_refuses (void)
{
  const char *const wrong[]
      = { "1.5", "{\"a\":[0.5]}", "{\"$link\":\"zb2\"}", "{\"$link\":\"b!\"}" };
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (JsonNode) node = parse_json (wrong[i]);
      g_autoptr (GError) error = NULL;
      g_assert_null (bmn_dag_cbor_encode (node, &error));
      g_assert_error (error, BMN_ERROR, BMN_ERROR_INVALID);
    }
  g_autoptr (JsonNode) numbers = parse_json ("[0,23,24,255,256,65536,-1,-24,-25,9007199254740991]");
  g_autoptr (GBytes) bytes = bmn_dag_cbor_encode (numbers, NULL);
  const guint8 expected[]
      = { 0x8a, 0x00, 0x17, 0x18, 0x18, 0x18, 0xff, 0x19, 0x01, 0x00, 0x1a, 0x00, 0x01, 0x00,
          0x00, 0x20, 0x37, 0x38, 0x18, 0x1b, 0x00, 0x1f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff };
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), expected,
                   sizeof expected);
}

/*
 * Records.
 */

static JsonNode *
make_record (const char *text, GHashTable *dids)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnBlueskyPart) part = bmn_bluesky_part_new (text, &error);
  g_assert_no_error (error);
  if (dids)
    {
      g_hash_table_unref (part->dids);
      part->dids = g_hash_table_ref (dids);
    }
  return bmn_bluesky_record_new (post, part, NOW, NULL, NULL);
}

/* What the facets of @record cover, separated by blanks. */
static char *
cover_text (JsonNode *record)
{
  JsonObject *object = bmn_json_node_object (record);
  const char *text = bmn_json_get_string (object, "text");
  JsonArray *facets = bmn_json_get_array (object, "facets");
  g_autoptr (GString) covered = g_string_new (NULL);
  for (guint i = 0; facets && i < json_array_get_length (facets); i++)
    {
      JsonObject *index = bmn_json_get_object (bmn_json_get_element_object (facets, i), "index");
      gint64 start = -1;
      gint64 end = -1;
      g_assert_true (bmn_json_get_int (index, "byteStart", &start));
      g_assert_true (bmn_json_get_int (index, "byteEnd", &end));
      g_assert_cmpint (end, <=, (gint64)strlen (text));
      g_assert_true (g_utf8_validate_len (text + start, (gsize)(end - start), NULL));
      g_string_append_printf (covered, "%s%.*s", i > 0 ? " " : "", (int)(end - start),
                              text + start);
    }
  return g_strdup (covered->str);
}

static void
test_facets (void)
{
  const struct
  {
    const char *text;
    const char *covered;
  } cases[] = {
    { "plain", "" },
    { "👩\342\200\215👩\342\200\215👧 #family x", "#family" },
    { "e\314\201clair #cafe\314\201", "#cafe\314\201" },
    { "مرحبا #سلام https://example.org/ب", "#سلام https://example.org/ب" },
    { "日本語 #タグ 中文 https://example.org。", "#タグ https://example.org。" },
    { "@ada.test and @nobody.test", "@ada.test" },
    { "🇪🇺🏳️\342\200\215🌈 example.org", "example.org" },
  };
  g_autoptr (GHashTable) dids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_hash_table_insert (dids, g_strdup ("ada.test"), g_strdup ("did:plc:ada"));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) record = make_record (cases[i].text, dids);
      g_autofree char *covered = cover_text (record);
      g_assert_cmpstr (covered, ==, cases[i].covered);
    }
}

/* A facet that leaves the text or begins within a character is not sent. */
static void
test_wrong_offsets (void)
{
  const struct
  {
    gsize start;
    gsize end;
  } cases[] = { { 0, 999 }, { 5, 5 }, { 7, 3 }, { 1, 4 }, { 0, 3 } };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (BmnPost) post = bmn_post_new ();
      g_autoptr (BmnBlueskyPart) part = bmn_bluesky_part_new ("👍 #tag", NULL);
      BmnEntity *entity = part->entities->pdata[0];
      entity->byte_start = cases[i].start;
      entity->byte_end = cases[i].end;
      g_autoptr (JsonNode) record = bmn_bluesky_record_new (post, part, NOW, NULL, NULL);
      JsonArray *facets = bmn_json_get_array (bmn_json_node_object (record), "facets");
      g_assert_cmpuint (json_array_get_length (facets), ==, 0);
    }
}

static void
test_record (void)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  post->language = g_strdup ("de");
  post->content_warning = g_strdup ("Vorsicht");
  g_ptr_array_add (post->parts, bmn_part_new ("Brot"));
  g_ptr_array_add (post->parts, bmn_part_new ("Butter"));
  g_autofree char *first = bmn_bluesky_text_of_part (post, post->parts, 0);
  g_autofree char *second = bmn_bluesky_text_of_part (post, post->parts, 1);
  g_assert_cmpstr (first, ==, "Vorsicht\n\nBrot");
  g_assert_cmpstr (second, ==, "Butter");

  g_autoptr (GPtrArray) parts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_bluesky_part_free);
  g_ptr_array_add (parts, bmn_bluesky_part_new (first, NULL));
  g_ptr_array_add (parts, bmn_bluesky_part_new (second, NULL));
  g_autofree char *key = bmn_tid_new (NOW, 1);
  g_autoptr (GPtrArray) refs = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) writes
      = bmn_bluesky_thread_new (post, "did:plc:ada", key, parts, &refs, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refs->len, ==, 2);
  JsonArray *list = bmn_json_get_array (bmn_json_node_object (writes), "writes");
  JsonObject *last = bmn_json_get_object (bmn_json_get_element_object (list, 1), "value");
  const BmnBlueskyRef *root = refs->pdata[0];
  JsonObject *parent = bmn_json_get_object (bmn_json_get_object (last, "reply"), "parent");
  g_assert_cmpstr (bmn_json_get_string (parent, "uri"), ==, root->uri);
  g_assert_cmpstr (bmn_json_get_string (parent, "cid"), ==, root->cid);
  g_assert_cmpstr (bmn_json_get_string (last, "createdAt"), ==, "2026-11-23T10:00:00.124Z");

  /* However often it is made, it is the same to the byte. */
  g_autoptr (GPtrArray) refs_again = NULL;
  g_autoptr (JsonNode) again
      = bmn_bluesky_thread_new (post, "did:plc:ada", key, parts, &refs_again, NULL);
  g_assert_true (json_node_equal (writes, again));
}

/*
 * Names and addresses.
 */

static void
test_handles (void)
{
  const struct
  {
    const char *text;
    const char *handle;
  } cases[] = {
    { "shop.bsky.social", "shop.bsky.social" },
    { "@Shop.Example.ORG", "shop.example.org" },
    { "a-b.test", "a-b.test" },
    { "shop", NULL },
    { "", NULL },
    { "@", NULL },
    { "-a.test", NULL },
    { "a..test", NULL },
    { "a.test.", NULL },
    { "a b.test", NULL },
    { "1.2.3.4", NULL },
    { "größe.test", NULL },
    { "a.test/../x", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *handle = bmn_bluesky_handle_normalize (cases[i].text);
      g_assert_cmpstr (handle, ==, cases[i].handle);
    }
}

static void
test_services (void)
{
  const struct
  {
    const char *text;
    const char *service;
  } cases[] = {
    { "bsky.social", "https://bsky.social" },
    { "https://pds.example.org/", "https://pds.example.org" },
    { "https://pds.example.org:8443", "https://pds.example.org:8443" },
    { "http://localhost:2583", "http://localhost:2583" },
    { "http://127.0.0.1:2583", "http://127.0.0.1:2583" },
    { "http://pds.example.org", NULL },
    { "http://localhost.example.org", NULL },
    { "https://user@pds.example.org", NULL },
    { "https://pds.example.org/path", NULL },
    { "https://pds.example.org?x", NULL },
    { "ftp://pds.example.org", NULL },
    { "", NULL },
    { "two words", NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *service = bmn_bluesky_service_normalize (cases[i].text, &error);
      g_assert_cmpstr (service, ==, cases[i].service);
      if (!cases[i].service)
        g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
}

#define SERVICE(endpoint)                                                                          \
  "\"service\":[{\"id\":\"#atproto_pds\",\"type\":\"AtprotoPersonalDataServer\","                  \
  "\"serviceEndpoint\":\"" endpoint "\"}]"

static void
test_identity (void)
{
  const struct
  {
    const char *document;
    gboolean valid;
  } cases[] = {
    { "{\"id\":\"did:plc:a\",\"alsoKnownAs\":[\"at://shop.test\"]," SERVICE (
          "https://pds.test") "}",
      TRUE },
    { "{\"id\":\"did:plc:b\",\"alsoKnownAs\":[\"at://shop.test\"]," SERVICE (
          "https://pds.test") "}",
      FALSE },
    { "{\"id\":\"did:plc:a\",\"alsoKnownAs\":[\"at://else.test\"]," SERVICE (
          "https://pds.test") "}",
      FALSE },
    { "{\"id\":\"did:plc:a\",\"alsoKnownAs\":[\"at://shop.test\"]," SERVICE ("http://pds.test") "}",
      FALSE },
    { "{\"id\":\"did:plc:a\",\"alsoKnownAs\":[5,null,{}],\"service\":[1,{}]}", FALSE },
    { "{}", FALSE },
    { "{\"id\":5,\"alsoKnownAs\":{},\"service\":\"x\"}", FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) document = parse_json (cases[i].document);
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnBlueskyIdentity) identity = bmn_bluesky_identity_parse (
          bmn_json_node_object (document), "did:plc:a", "shop.test", &error);
      g_assert_cmpint (identity != NULL, ==, cases[i].valid);
      if (identity)
        g_assert_cmpstr (identity->pds, ==, "https://pds.test");
      else
        g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
}

static void
test_post_urls (void)
{
  const char *const wrong[] = { "https://bsky.app/profile/a.test",
                                "https://bsky.app/profile/a.test/feed/3k",
                                "https://bsky.app/profile//post/3k",
                                "https://bsky.app/profile/a.test/post/",
                                "https://bsky.app/profile/a.test/post/3k/liked-by",
                                "https://example.org/profile/a.test/post/3k" };
  g_autofree char *actor = NULL;
  g_autofree char *rkey = NULL;
  g_assert_true (bmn_bluesky_parse_post_url ("https://bsky.app/profile/a.test/post/3k?ref=x#y",
                                             &actor, &rkey));
  g_assert_cmpstr (actor, ==, "a.test");
  g_assert_cmpstr (rkey, ==, "3k");
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      char *none = NULL;
      g_assert_false (bmn_bluesky_parse_post_url (wrong[i], &none, &none));
    }
}

/*
 * DPoP.
 */

static GBytes *
decode_base64url (const char *text)
{
  g_autofree char *plain = g_strconcat (text, "===", NULL);
  plain[(strlen (text) + 3) / 4 * 4] = '\0';
  g_strdelimit (g_strdelimit (plain, "-", '+'), "_", '/');
  gsize length;
  guchar *bytes = g_base64_decode (plain, &length);
  return g_bytes_new_take (bytes, length);
}

static JsonNode *
decode_json (const char *text)
{
  g_autoptr (GBytes) bytes = decode_base64url (text);
  g_autoptr (GError) error = NULL;
  JsonNode *node = bmn_json_parse (bytes, &error);
  g_assert_no_error (error);
  return node;
}

static gnutls_datum_t
datum_of (GBytes *bytes, gsize offset, gsize length)
{
  gsize size;
  const guchar *data = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (offset + length, <=, size);
  return (gnutls_datum_t){ (guchar *)data + offset, (unsigned int)length };
}

/* The public key in the header, and nothing else, has to prove what was signed. */
static void
assert_signature (JsonObject *jwk, const char *text, const char *signature)
{
  g_autoptr (GBytes) x = decode_base64url (bmn_json_get_string (jwk, "x"));
  g_autoptr (GBytes) y = decode_base64url (bmn_json_get_string (jwk, "y"));
  g_autoptr (GBytes) both = decode_base64url (signature);
  g_assert_cmpuint (g_bytes_get_size (both), ==, 64);
  const gnutls_datum_t x_datum = datum_of (x, 0, 32);
  const gnutls_datum_t y_datum = datum_of (y, 0, 32);
  const gnutls_datum_t r = datum_of (both, 0, 32);
  const gnutls_datum_t s = datum_of (both, 32, 32);
  const gnutls_datum_t data = { (guchar *)text, (unsigned int)strlen (text) };
  gnutls_pubkey_t key;
  gnutls_datum_t encoded = { NULL, 0 };
  g_assert_cmpint (gnutls_pubkey_init (&key), ==, 0);
  g_assert_cmpint (
      gnutls_pubkey_import_ecc_raw (key, GNUTLS_ECC_CURVE_SECP256R1, &x_datum, &y_datum), ==, 0);
  g_assert_cmpint (gnutls_encode_rs_value (&encoded, &r, &s), ==, 0);
  g_assert_cmpint (gnutls_pubkey_verify_data2 (key, GNUTLS_SIGN_ECDSA_SHA256, 0, &data, &encoded),
                   >=, 0);
  gnutls_free (encoded.data);
  gnutls_pubkey_deinit (key);
}

static void
assert_proof (BmnDpopKey *key, const char *nonce, const char *token)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *proof = bmn_dpop_key_prove (key, "POST", "https://pds.test/xrpc/x?y=1#z", nonce,
                                               token, NOW, &error);
  g_assert_no_error (error);
  g_auto (GStrv) parts = g_strsplit (proof, ".", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_autoptr (JsonNode) header = decode_json (parts[0]);
  g_autoptr (JsonNode) claims = decode_json (parts[1]);
  JsonObject *head = bmn_json_node_object (header);
  JsonObject *body = bmn_json_node_object (claims);
  JsonObject *jwk = bmn_json_get_object (head, "jwk");
  g_assert_cmpstr (bmn_json_get_string (head, "typ"), ==, "dpop+jwt");
  g_assert_cmpstr (bmn_json_get_string (head, "alg"), ==, "ES256");
  g_assert_cmpstr (bmn_json_get_string (jwk, "crv"), ==, "P-256");
  /* The private half must never be in what is sent. */
  g_assert_false (json_object_has_member (jwk, "d"));
  g_assert_cmpstr (bmn_json_get_string (body, "htm"), ==, "POST");
  g_assert_cmpstr (bmn_json_get_string (body, "htu"), ==, "https://pds.test/xrpc/x");
  g_assert_cmpstr (bmn_json_get_string (body, "nonce"), ==, nonce);
  g_autofree char *hash = token ? bmn_base64url_sha256 (token) : NULL;
  g_assert_cmpstr (bmn_json_get_string (body, "ath"), ==, hash);
  gint64 issued_at = 0;
  g_assert_true (bmn_json_get_int (body, "iat", &issued_at));
  g_assert_cmpint (issued_at, ==, NOW / G_USEC_PER_SEC);
  g_autofree char *signed_part = g_strconcat (parts[0], ".", parts[1], NULL);
  assert_signature (jwk, signed_part, parts[2]);
}

static void
test_dpop (void)
{
  /* Often enough that numbers with leading zeros, which are shorter, come up. */
  for (guint i = 0; i < 300; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (BmnDpopKey) key = bmn_dpop_key_new (&error);
      g_assert_no_error (error);
      assert_proof (key, i % 2 ? "a nonce" : NULL, i % 3 ? "a token" : NULL);
    }
}

static void
test_dpop_key_is_kept (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnDpopKey) key = bmn_dpop_key_new (NULL);
  g_autofree char *text = bmn_dpop_key_to_string (key, &error);
  g_assert_no_error (error);
  g_autoptr (BmnDpopKey) again = bmn_dpop_key_parse (text, &error);
  g_assert_no_error (error);
  g_autofree char *text_again = bmn_dpop_key_to_string (again, NULL);
  g_assert_cmpstr (text, ==, text_again);
  assert_proof (again, NULL, NULL);
  g_assert_null (bmn_dpop_key_parse ("no key", &error));
  g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED);
}

/* RFC 7636, appendix B. */
static void
test_pkce (void)
{
  g_autofree char *challenge = bmn_base64url_sha256 ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_assert_cmpstr (challenge, ==, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

/*
 * Cards.
 */

static void
test_link_card (void)
{
  const struct
  {
    const char *html;
    const char *title; /* NULL for no card */
    const char *description;
    const char *image;
  } cases[] = {
    { "<title>Only a title</title>", "Only a title", "", NULL },
    { "<meta property=og:title content='Rye &amp; more'><meta property='og:image' content='/a.png'>"
      "<title>x</title><meta name=description content=' two\n lines '>",
      "Rye & more", "two lines", "https://example.org/a.png" },
    { "<title>x</title><meta property='og:image' content='javascript:alert(1)'>", "x", "", NULL },
    { "<title>x</title><meta property='og:image' content='file:///etc/passwd'>", "x", "", NULL },
    { "<p>nothing", NULL, NULL, NULL },
    { "", NULL, NULL, NULL },
    { "\xff\xfe\x00garbage", NULL, NULL, NULL },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) html = g_bytes_new_static (cases[i].html, strlen (cases[i].html));
      g_autoptr (BmnLinkCard) card = bmn_link_card_parse (html, "https://example.org/b/c");
      g_assert_cmpint (card != NULL, ==, cases[i].title != NULL);
      if (!card)
        continue;
      g_assert_cmpstr (card->title, ==, cases[i].title);
      g_assert_cmpstr (card->description, ==, cases[i].description);
      g_assert_cmpstr (card->image_url, ==, cases[i].image);
    }
}

/* A page that nests as deep as a page can is read without recursion. */
static void
test_deep_page (void)
{
  g_autoptr (GString) html = g_string_new ("<title>Deep</title>");
  for (guint i = 0; i < 50000; i++)
    g_string_append (html, "<div>");
  g_autoptr (GBytes) bytes = g_bytes_new (html->str, html->len);
  g_autoptr (BmnLinkCard) card = bmn_link_card_parse (bytes, "https://example.org/");
  g_assert_nonnull (card);
  g_assert_cmpstr (card->title, ==, "Deep");
}

static void
test_validate (void)
{
  g_autoptr (BmnAccount) account = bmn_account_new ("bluesky", "Shop");
  g_autoptr (FakeHost) host = fake_host_new (NOW);
  g_autoptr (BmnPlatform) platform
      = bmn_platform_new (account, NULL, BMN_PLATFORM_HOST (host), NULL);
  const struct
  {
    const char *unit;
    guint times;
    const char *warning; /* (nullable) */
    gboolean valid;
  } cases[] = {
    { "x", 300, NULL, TRUE },
    { "x", 301, NULL, FALSE },
    { "x", 300, "Careful", FALSE },
    { "x", 290, "Careful", TRUE },
    { "👍", 300, NULL, TRUE },
    { "👩\342\200\215👩\342\200\215👧\342\200\215👦", 100, NULL, TRUE },
    { "👩\342\200\215👩\342\200\215👧\342\200\215👦", 130, NULL, FALSE },
  };
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      for (guint n = 0; n < cases[i].times; n++)
        g_string_append (text, cases[i].unit);
      g_autoptr (BmnPost) post = bmn_post_new ();
      post->content_warning = g_strdup (cases[i].warning);
      g_ptr_array_add (post->parts, bmn_part_new (text->str));
      g_autoptr (GError) error = NULL;
      g_assert_cmpint (bmn_platform_validate (platform, post, post->parts, &error), ==,
                       cases[i].valid);
      if (!cases[i].valid)
        g_assert_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/platform/bluesky/tid", test_tid);
  g_test_add_func ("/platform/bluesky/keys", test_keys);
  g_test_add_func ("/platform/bluesky/part-keys", test_part_keys);
  g_test_add_func ("/platform/bluesky/dag-cbor", test_dag_cbor);
  g_test_add_func ("/platform/bluesky/dag-cbor-refuses", test_dag_cbor_refuses);
  g_test_add_func ("/platform/bluesky/facets", test_facets);
  g_test_add_func ("/platform/bluesky/wrong-offsets", test_wrong_offsets);
  g_test_add_func ("/platform/bluesky/record", test_record);
  g_test_add_func ("/platform/bluesky/handles", test_handles);
  g_test_add_func ("/platform/bluesky/services", test_services);
  g_test_add_func ("/platform/bluesky/identity", test_identity);
  g_test_add_func ("/platform/bluesky/post-urls", test_post_urls);
  g_test_add_func ("/platform/bluesky/dpop", test_dpop);
  g_test_add_func ("/platform/bluesky/dpop-key-is-kept", test_dpop_key_is_kept);
  g_test_add_func ("/platform/bluesky/pkce", test_pkce);
  g_test_add_func ("/platform/bluesky/link-card", test_link_card);
  g_test_add_func ("/platform/bluesky/deep-page", test_deep_page);
  g_test_add_func ("/platform/bluesky/validate", test_validate);
  return g_test_run ();
}
