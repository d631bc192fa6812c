#include "bmn-dpop-key-private.h"
#include "bmn-error.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <gnutls/abstract.h>
#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

/* Bytes of a P-256 coordinate, and of each half of its signatures. */
#define COORDINATE_SIZE 32

struct _BmnDpopKey
{
  gnutls_privkey_t key; /* (owned) */
  char *x;              /* (owned) base64url */
  char *y;              /* (owned) base64url */
};

static gboolean
fail (GError **error, int code)
{
  g_set_error (error, BMN_ERROR, BMN_ERROR_STORAGE,
               /* Translators: %s is the library's reason. */
               _ ("The key for signing in cannot be used: %s."), gnutls_strerror (code));
  return FALSE;
}

char *
bmn_base64url (gconstpointer bytes, gsize length)
{
  char *text = g_base64_encode (bytes, length);
  text[strcspn (text, "=")] = '\0';
  return g_strdelimit (g_strdelimit (text, "+", '-'), "/", '_');
}

char *
bmn_base64url_sha256 (const char *text)
{
  guint8 digest[32];
  gsize length = sizeof digest;
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)text, -1);
  g_checksum_get_digest (checksum, digest, &length);
  return bmn_base64url (digest, sizeof digest);
}

char *
bmn_base64url_random (void)
{
  guint8 bytes[32];
  int code = gnutls_rnd (GNUTLS_RND_KEY, bytes, sizeof bytes);
  /* Without randomness there is no secret, and nothing may go on as if there were. */
  if (code < 0)
    g_error ("GnuTLS has no random numbers: %s", gnutls_strerror (code));
  return bmn_base64url (bytes, sizeof bytes);
}

/* A number without its leading zeros, or with one more, becomes one of a fixed size. */
static void
fix_size (const gnutls_datum_t *number, guint8 *out)
{
  gsize skip = number->size > COORDINATE_SIZE ? number->size - COORDINATE_SIZE : 0;
  gsize length = number->size - skip;
  memset (out, 0, COORDINATE_SIZE - length);
  memcpy (out + COORDINATE_SIZE - length, number->data + skip, length);
}

static char *
coordinate_to_string (const gnutls_datum_t *number)
{
  guint8 bytes[COORDINATE_SIZE];
  fix_size (number, bytes);
  return bmn_base64url (bytes, sizeof bytes);
}

/* Takes over @key. */
static BmnDpopKey *
wrap_key (gnutls_privkey_t key, GError **error)
{
  g_autoptr (BmnDpopKey) self = g_new0 (BmnDpopKey, 1);
  gnutls_ecc_curve_t curve;
  gnutls_datum_t x = { NULL, 0 };
  gnutls_datum_t y = { NULL, 0 };
  self->key = key;
  int code = gnutls_privkey_export_ecc_raw2 (key, &curve, &x, &y, NULL, 0);
  if (code >= 0 && curve == GNUTLS_ECC_CURVE_SECP256R1)
    {
      self->x = coordinate_to_string (&x);
      self->y = coordinate_to_string (&y);
    }
  gnutls_free (x.data);
  gnutls_free (y.data);
  if (self->x)
    return g_steal_pointer (&self);
  fail (error, code < 0 ? code : GNUTLS_E_ECC_UNSUPPORTED_CURVE);
  return NULL;
}

BmnDpopKey *
bmn_dpop_key_new (GError **error)
{
  gnutls_privkey_t key;
  int code = gnutls_privkey_init (&key);
  if (code < 0)
    {
      fail (error, code);
      return NULL;
    }
  code = gnutls_privkey_generate2 (key, GNUTLS_PK_ECDSA,
                                   GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0, NULL, 0);
  if (code >= 0)
    return wrap_key (key, error);
  gnutls_privkey_deinit (key);
  fail (error, code);
  return NULL;
}

BmnDpopKey *
bmn_dpop_key_parse (const char *text, GError **error)
{
  gnutls_privkey_t key;
  const gnutls_datum_t pem = { (guchar *)text, strlen (text) };
  if (gnutls_privkey_init (&key) >= 0)
    {
      if (gnutls_privkey_import_x509_raw (key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0) >= 0)
        {
          BmnDpopKey *self = wrap_key (key, NULL);
          if (self)
            return self;
        }
      else
        gnutls_privkey_deinit (key);
    }
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                       _ ("What the keyring holds for this account is damaged. Sign in again."));
  return NULL;
}

char *
bmn_dpop_key_to_string (BmnDpopKey *self, GError **error)
{
  gnutls_x509_privkey_t plain;
  gnutls_datum_t pem = { NULL, 0 };
  int code = gnutls_privkey_export_x509 (self->key, &plain);
  if (code >= 0)
    {
      code = gnutls_x509_privkey_export2 (plain, GNUTLS_X509_FMT_PEM, &pem);
      gnutls_x509_privkey_deinit (plain);
    }
  if (code < 0)
    {
      fail (error, code);
      return NULL;
    }
  char *text = g_strndup ((const char *)pem.data, pem.size);
  gnutls_memset (pem.data, 0, pem.size);
  gnutls_free (pem.data);
  return text;
}

void
bmn_dpop_key_free (BmnDpopKey *self)
{
  gnutls_privkey_deinit (self->key);
  g_free (self->x);
  g_free (self->y);
  g_free (self);
}

static char *
make_header (const BmnDpopKey *self)
{
  g_autofree char *json = g_strdup_printf ("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":{"
                                           "\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"%s\","
                                           "\"y\":\"%s\"}}",
                                           self->x, self->y);
  return bmn_base64url (json, strlen (json));
}

static char *
make_claims (
    const char *method, const char *url, const char *nonce, const char *access_token, gint64 now)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *id = bmn_base64url_random ();
  g_autofree char *address = g_strndup (url, strcspn (url, "?#"));
  g_autofree char *hash = access_token ? bmn_base64url_sha256 (access_token) : NULL;
  json_builder_begin_object (builder);
  bmn_json_add_string (builder, "jti", id);
  bmn_json_add_string (builder, "htm", method);
  bmn_json_add_string (builder, "htu", address);
  bmn_json_add_int (builder, "iat", now / G_USEC_PER_SEC);
  bmn_json_add_string (builder, "nonce", nonce);
  bmn_json_add_string (builder, "ath", hash);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  g_autofree char *json = bmn_json_to_string (root);
  return bmn_base64url (json, strlen (json));
}

/* JWS wants the two numbers of a signature side by side, not in ASN.1 (RFC 7518, 3.4). */
static char *
sign (const BmnDpopKey *self, const char *text, GError **error)
{
  const gnutls_datum_t data = { (guchar *)text, strlen (text) };
  gnutls_datum_t signature = { NULL, 0 };
  gnutls_datum_t r = { NULL, 0 };
  gnutls_datum_t s = { NULL, 0 };
  int code = gnutls_privkey_sign_data (self->key, GNUTLS_DIG_SHA256, 0, &data, &signature);
  if (code >= 0)
    code = gnutls_decode_rs_value (&signature, &r, &s);
  gnutls_free (signature.data);
  if (code < 0)
    {
      fail (error, code);
      return NULL;
    }
  guint8 bytes[2 * COORDINATE_SIZE];
  fix_size (&r, bytes);
  fix_size (&s, bytes + COORDINATE_SIZE);
  gnutls_free (r.data);
  gnutls_free (s.data);
  return bmn_base64url (bytes, sizeof bytes);
}

char *
bmn_dpop_key_prove (BmnDpopKey *self,
                    const char *method,
                    const char *url,
                    const char *nonce,
                    const char *access_token,
                    gint64 now,
                    GError **error)
{
  g_autofree char *header = make_header (self);
  g_autofree char *claims = make_claims (method, url, nonce, access_token, now);
  g_autofree char *signed_part = g_strconcat (header, ".", claims, NULL);
  g_autofree char *signature = sign (self, signed_part, error);
  return signature ? g_strconcat (signed_part, ".", signature, NULL) : NULL;
}
