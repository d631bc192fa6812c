#include "bmn-bluesky-credentials-private.h"
#include "bmn-json.h"
#include "bmn-platform-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Sessions of public OAuth clients end this long after the sign-in, however often they are
 * refreshed (AT Protocol's specification "OAuth", and the PDS). */
#define OAUTH_SESSION_LIFE (14 * G_TIME_SPAN_DAY)

typedef struct
{
  const char *member;
  gsize offset;
} Field;

static const Field fields[] = {
  { "did", G_STRUCT_OFFSET (BmnBlueskyCredentials, did) },
  { "access", G_STRUCT_OFFSET (BmnBlueskyCredentials, access) },
  { "refresh", G_STRUCT_OFFSET (BmnBlueskyCredentials, refresh) },
  { "password", G_STRUCT_OFFSET (BmnBlueskyCredentials, password) },
  { "dpopKey", G_STRUCT_OFFSET (BmnBlueskyCredentials, dpop_key) },
  { "issuer", G_STRUCT_OFFSET (BmnBlueskyCredentials, issuer) },
  { "tokenEndpoint", G_STRUCT_OFFSET (BmnBlueskyCredentials, token_endpoint) },
  { "revocationEndpoint", G_STRUCT_OFFSET (BmnBlueskyCredentials, revocation_endpoint) },
  { "clientId", G_STRUCT_OFFSET (BmnBlueskyCredentials, client_id) },
};

static char **
get_field (const BmnBlueskyCredentials *self, const Field *field)
{
  return G_STRUCT_MEMBER_P (self, field->offset);
}

void
bmn_wipe (char *secret)
{
  if (secret)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

/* What an OAuth session cannot go on without. */
static gboolean
is_complete (const BmnBlueskyCredentials *self)
{
  return self->did && self->access && self->refresh
         && (!self->dpop_key || (self->issuer && self->token_endpoint && self->client_id));
}

BmnBlueskyCredentials *
bmn_bluesky_credentials_parse (const char *text, GError **error)
{
  g_autoptr (BmnBlueskyCredentials) self = g_new0 (BmnBlueskyCredentials, 1);
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) root = bmn_json_parse (bytes, NULL);
  JsonObject *object = bmn_json_node_object (root);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *get_field (self, &fields[i]) = g_strdup (bmn_json_get_string (object, fields[i].member));
  bmn_json_get_int (object, "signedInAt", &self->signed_in_at);
  if (is_complete (self))
    return g_steal_pointer (&self);
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                       _ ("What the keyring holds for this account is damaged. Sign in again."));
  return NULL;
}

char *
bmn_bluesky_credentials_to_string (const BmnBlueskyCredentials *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bmn_json_add_string (builder, fields[i].member, *get_field (self, &fields[i]));
  bmn_json_add_int (builder, "signedInAt", self->signed_in_at);
  json_builder_end_object (builder);
  g_autoptr (JsonNode) root = json_builder_get_root (builder);
  return bmn_json_to_string (root);
}

BmnBlueskyCredentials *
bmn_bluesky_credentials_copy (const BmnBlueskyCredentials *self)
{
  BmnBlueskyCredentials *copy = g_new0 (BmnBlueskyCredentials, 1);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *get_field (copy, &fields[i]) = g_strdup (*get_field (self, &fields[i]));
  copy->signed_in_at = self->signed_in_at;
  return copy;
}

gint64
bmn_bluesky_credentials_get_end (const BmnBlueskyCredentials *self)
{
  return self->dpop_key ? self->signed_in_at + OAUTH_SESSION_LIFE : 0;
}

void
bmn_bluesky_credentials_free (BmnBlueskyCredentials *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    bmn_wipe (*get_field (self, &fields[i]));
  g_free (self);
}

void
bmn_bluesky_credentials_set_tokens (BmnBlueskyCredentials *self,
                                    const char *access,
                                    const char *refresh)
{
  g_autofree char *new_access = g_strdup (access);
  g_autofree char *new_refresh = g_strdup (refresh);
  bmn_wipe (self->access);
  bmn_wipe (self->refresh);
  self->access = g_steal_pointer (&new_access);
  self->refresh = g_steal_pointer (&new_refresh);
}
