#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BmnBlueskyCredentials:
 * @did: whose they are
 * @access: short-lived token
 * @refresh: what gets the next pair of tokens; good for one use
 * @password: (nullable): an app password, which opens a new session where the old one ended
 * @dpop_key: (nullable): of an OAuth session: the key that its tokens are bound to
 * @issuer: (nullable): of an OAuth session: the authorization server
 * @token_endpoint: (nullable): likewise
 * @revocation_endpoint: (nullable): likewise
 * @client_id: (nullable): likewise
 * @signed_in_at: µs; an OAuth session ends a fixed time after it
 *
 * All that the keyring holds for one account, in one item: a token and the key it is bound to
 * never part. Either by app password or by OAuth.
 */
typedef struct
{
  char *did;
  char *access;
  char *refresh;
  char *password;
  char *dpop_key;
  char *issuer;
  char *token_endpoint;
  char *revocation_endpoint;
  char *client_id;
  gint64 signed_in_at;
} BmnBlueskyCredentials;

/* Returns: (transfer full): %NULL with %BMN_PLATFORM_ERROR_AUTH_EXPIRED for what is not ours */
BmnBlueskyCredentials *
bmn_bluesky_credentials_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full): wipe and free */
char *
bmn_bluesky_credentials_to_string (const BmnBlueskyCredentials *self) G_GNUC_WARN_UNUSED_RESULT;
BmnBlueskyCredentials *
bmn_bluesky_credentials_copy (const BmnBlueskyCredentials *self) G_GNUC_WARN_UNUSED_RESULT;
/* Wipes them as well. */
void bmn_bluesky_credentials_free (BmnBlueskyCredentials *self);

/* Returns: when the user has to sign in again, µs; 0 for never, with an app password */
gint64 bmn_bluesky_credentials_get_end (const BmnBlueskyCredentials *self);

/* Takes over new tokens. */
void bmn_bluesky_credentials_set_tokens (BmnBlueskyCredentials *self,
                                         const char *access,
                                         const char *refresh);

/* Overwrites @secret before it is freed. @secret: (nullable): */
void bmn_wipe (char *secret);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnBlueskyCredentials, bmn_bluesky_credentials_free)

G_END_DECLS
