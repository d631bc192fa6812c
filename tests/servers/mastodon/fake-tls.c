#include "fake-tls.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <string.h>
#include <time.h>

#define DAY (24 * 60 * 60)

/* A key and its certificate. */
typedef struct
{
  gnutls_x509_privkey_t key;
  gnutls_x509_crt_t certificate;
} Pair;

static void
pair_clear (Pair *pair)
{
  gnutls_x509_crt_deinit (pair->certificate);
  gnutls_x509_privkey_deinit (pair->key);
}

/* The sum of the results: all of them are 0 or negative. */
static int
pair_begin (Pair *pair, const char *name, time_t from, time_t until)
{
  guint8 serial[8] = { 1 };
  guint32 random = g_random_int ();
  memcpy (serial + 4, &random, sizeof random);
  int bad = gnutls_x509_privkey_init (&pair->key);
  bad += gnutls_x509_crt_init (&pair->certificate);
  bad += gnutls_x509_privkey_generate (pair->key, GNUTLS_PK_ECDSA,
                                       GNUTLS_CURVE_TO_BITS (GNUTLS_ECC_CURVE_SECP256R1), 0);
  bad += gnutls_x509_crt_set_version (pair->certificate, 3);
  bad += gnutls_x509_crt_set_serial (pair->certificate, serial, sizeof serial);
  bad += gnutls_x509_crt_set_activation_time (pair->certificate, from);
  bad += gnutls_x509_crt_set_expiration_time (pair->certificate, until);
  bad += gnutls_x509_crt_set_dn_by_oid (pair->certificate, GNUTLS_OID_X520_COMMON_NAME, 0, name,
                                        strlen (name));
  bad += gnutls_x509_crt_set_key (pair->certificate, pair->key);
  return bad;
}

static int
make_authority (Pair *pair)
{
  time_t now = time (NULL);
  int bad = pair_begin (pair, "Test authority", now - 30 * DAY, now + 30 * DAY);
  bad += gnutls_x509_crt_set_basic_constraints (pair->certificate, 1, -1);
  bad += gnutls_x509_crt_set_key_usage (pair->certificate,
                                        GNUTLS_KEY_KEY_CERT_SIGN | GNUTLS_KEY_CRL_SIGN);
  bad += gnutls_x509_crt_sign2 (pair->certificate, pair->certificate, pair->key, GNUTLS_DIG_SHA256,
                                0);
  return bad;
}

static int
name_server (gnutls_x509_crt_t certificate, BmnFakeTls tls)
{
  static const guint8 loopback[] = { 127, 0, 0, 1 };
  static const char elsewhere[] = "elsewhere.example";
  static const char local[] = "localhost";
  if (tls == BMN_FAKE_TLS_WRONG_HOST)
    return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, elsewhere,
                                                 strlen (elsewhere), GNUTLS_FSAN_SET);
  return gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_DNSNAME, local,
                                               strlen (local), GNUTLS_FSAN_SET)
         + gnutls_x509_crt_set_subject_alt_name (certificate, GNUTLS_SAN_IPADDRESS, loopback,
                                                 sizeof loopback, GNUTLS_FSAN_APPEND);
}

static int
make_server (Pair *pair, const Pair *authority, BmnFakeTls tls)
{
  time_t now = time (NULL);
  time_t until = tls == BMN_FAKE_TLS_EXPIRED ? now - DAY : now + 20 * DAY;
  const Pair *signer = tls == BMN_FAKE_TLS_SELF_SIGNED ? pair : authority;
  int bad = pair_begin (pair, "Test server", now - 20 * DAY, until);
  bad += name_server (pair->certificate, tls);
  bad += gnutls_x509_crt_set_key_purpose_oid (pair->certificate, GNUTLS_KP_TLS_WWW_SERVER, 0);
  bad += gnutls_x509_crt_sign2 (pair->certificate, signer->certificate, signer->key,
                                GNUTLS_DIG_SHA256, 0);
  return bad;
}

static char *
take_text (gnutls_datum_t *datum)
{
  char *text = g_strndup ((const char *)datum->data, datum->size);
  gnutls_free (datum->data);
  return text;
}

static GTlsCertificate *
export_pair (const Pair *pair, GError **error)
{
  gnutls_datum_t certificate = { 0 }, key = { 0 };
  gnutls_x509_crt_export2 (pair->certificate, GNUTLS_X509_FMT_PEM, &certificate);
  gnutls_x509_privkey_export2_pkcs8 (pair->key, GNUTLS_X509_FMT_PEM, NULL, GNUTLS_PKCS_PLAIN, &key);
  g_autofree char *certificate_text = take_text (&certificate);
  g_autofree char *key_text = take_text (&key);
  g_autofree char *pem = g_strconcat (certificate_text, key_text, NULL);
  return g_tls_certificate_new_from_pem (pem, -1, error);
}

GTlsCertificate *
fake_tls_certificate_new (BmnFakeTls tls, char **authority, GError **error)
{
  Pair root = { 0 }, server = { 0 };
  GTlsCertificate *certificate = NULL;
  if (make_authority (&root) == 0 && make_server (&server, &root, tls) == 0)
    {
      gnutls_datum_t text = { 0 };
      gnutls_x509_crt_export2 (root.certificate, GNUTLS_X509_FMT_PEM, &text);
      *authority = take_text (&text);
      certificate = export_pair (&server, error);
    }
  else
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         "GnuTLS could not make the test certificates");
  pair_clear (&server);
  pair_clear (&root);
  return certificate;
}
