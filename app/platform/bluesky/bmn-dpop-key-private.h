#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The key that an OAuth session's tokens are bound to (RFC 9449, DPoP): a stolen token is
 * worth nothing without it. ECDSA with P-256 and SHA-256, by GnuTLS.
 */
typedef struct _BmnDpopKey BmnDpopKey;

/* Returns: (transfer full): %NULL with %BMN_ERROR_STORAGE where GnuTLS fails */
BmnDpopKey *bmn_dpop_key_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* @text: from bmn_dpop_key_to_string(). Returns: %NULL with %BMN_PLATFORM_ERROR_AUTH_EXPIRED */
BmnDpopKey *bmn_dpop_key_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): the private key, for the keyring alone; wipe and free */
char *bmn_dpop_key_to_string (BmnDpopKey *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_dpop_key_free (BmnDpopKey *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnDpopKey, bmn_dpop_key_free)

/**
 * bmn_dpop_key_prove:
 * @method: of the request that the proof goes with
 * @url: of it; query and fragment are left out, as RFC 9449 wants
 * @nonce: (nullable): the server's latest
 * @access_token: (nullable): the token that goes with it
 * @now: µs since the epoch
 *
 * Returns: (transfer full): a proof (JWT) for the `DPoP` header, good for this request alone;
 *   %NULL with %BMN_ERROR_STORAGE where GnuTLS fails
 */
char *bmn_dpop_key_prove (BmnDpopKey *self,
                          const char *method,
                          const char *url,
                          const char *nonce,
                          const char *access_token,
                          gint64 now,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): base64 as URLs have it, without padding (RFC 4648, section 5) */
char *bmn_base64url (gconstpointer bytes, gsize length) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): base64url of @text's SHA-256 */
char *bmn_base64url_sha256 (const char *text) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): base64url of 32 random bytes, fit for secrets (GnuTLS) */
char *bmn_base64url_random (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
