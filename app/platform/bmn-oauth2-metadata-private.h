#pragma once

#include "bmn-oauth2-private.h"

G_BEGIN_DECLS

/**
 * BmnOAuth2Metadata:
 * @authorize_url: page where the user agrees
 * @token_url: endpoint that gives tokens
 * @revoke_url: (nullable): endpoint that takes them back
 * @register_url: (nullable): where Mastodon registers a client
 * (docs.joinmastodon.org/methods/oauth)
 * @no_pkce: whether it lists its ways of PKCE and S256 is not among them
 * @sends_issuer: whether it promises `iss` in every redirect (RFC 9207)
 *
 * What an authorization server says of itself (RFC 8414).
 */
typedef struct
{
  char *authorize_url; /* (owned) */
  char *token_url;     /* (owned) */
  char *revoke_url;    /* (owned) (nullable) */
  char *register_url;  /* (owned) (nullable) */
  gboolean no_pkce;
  gboolean sends_issuer;
} BmnOAuth2Metadata;

void bmn_oauth2_metadata_free (BmnOAuth2Metadata *metadata);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnOAuth2Metadata, bmn_oauth2_metadata_free)

/**
 * bmn_oauth2_metadata_parse:
 * @object: (nullable):
 * @issuer: the server's origin, that it was asked at
 *
 * Returns: (transfer full) (nullable): %NULL for what cannot be used: another issuer (RFC 8414,
 *   3.3), no endpoints, or one that is neither https nor the server's own
 */
BmnOAuth2Metadata *
bmn_oauth2_metadata_parse (JsonObject *object, const char *issuer) G_GNUC_WARN_UNUSED_RESULT;

/* Asks the server at @issuer. */
void bmn_oauth2_find_metadata_async (BmnOAuth2Platform *self,
                                     const char *issuer,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
/* Returns: (transfer full) (nullable): %NULL, without an error, where there are none to be used */
BmnOAuth2Metadata *bmn_oauth2_find_metadata_finish (BmnOAuth2Platform *self,
                                                    GAsyncResult *result) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: whether both are one issuer: an origin and its root are, however it is written */
gboolean bmn_oauth2_is_issuer (const char *issuer, const char *expected);

G_END_DECLS
