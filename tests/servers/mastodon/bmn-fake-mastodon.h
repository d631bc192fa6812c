#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A strict Mastodon server for tests, written from Mastodon's public API documentation.
 * It keeps everything in memory, listens on 127.0.0.1 only and answers in the main context
 * that was the thread's default when it was started, so a caller in the same thread must use
 * asynchronous requests and run that context.
 * tests/servers/README.md lists the switches, limits and faults, and the page behind each rule. */
#define BMN_TYPE_FAKE_MASTODON (bmn_fake_mastodon_get_type ())
G_DECLARE_FINAL_TYPE (BmnFakeMastodon, bmn_fake_mastodon, BMN, FAKE_MASTODON, GObject)

/* What the server shows as its TLS certificate. All but the self-signed one come from an
 * authority made at start, see bmn_fake_mastodon_get_authority(). */
typedef enum
{
  BMN_FAKE_TLS_NONE,        /* plain HTTP */
  BMN_FAKE_TLS_GOOD,        /* valid for 127.0.0.1 and localhost */
  BMN_FAKE_TLS_SELF_SIGNED, /* valid names and dates, trusted by nobody */
  BMN_FAKE_TLS_EXPIRED,     /* ended yesterday */
  BMN_FAKE_TLS_WRONG_HOST,  /* valid for another name only */
} BmnFakeTls;

/* A stopped server with Mastodon's defaults. */
BmnFakeMastodon *bmn_fake_mastodon_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Sets what the command line sets too, before or after the start; what is set before the start
 * is what bmn_fake_mastodon_reset() goes back to.
 * @name is the name of a switch. Fails with G_IO_ERROR_INVALID_ARGUMENT for an unknown one. */
gboolean
bmn_fake_mastodon_set_switch (BmnFakeMastodon *self, const char *name, gboolean on, GError **error);
/* @spec is "name=number", e.g. "max_characters=300". */
gboolean bmn_fake_mastodon_set_limit (BmnFakeMastodon *self, const char *spec, GError **error);
/* @spec is "kind[,route=METHOD /path][,count=N][,skip=N][,probability=P][,arg=TEXT]". */
gboolean bmn_fake_mastodon_add_fault (BmnFakeMastodon *self, const char *spec, GError **error);
/* Virtual seconds per real second, 1 unless told; at 0 the clock moves by advance alone. */
void bmn_fake_mastodon_set_time_scale (BmnFakeMastodon *self, double scale);
/* Seeds the dice of faults that have a probability; the same seed gives the same run. */
void bmn_fake_mastodon_set_seed (BmnFakeMastodon *self, guint32 seed);
/* Which certificate to show; to be called before the start. */
void bmn_fake_mastodon_set_tls (BmnFakeMastodon *self, BmnFakeTls tls);

/* Listens on 127.0.0.1:@port, 0 for a free port, and on a second free port, the decoy, which
 * only notes who came and whether credentials were brought along. */
gboolean bmn_fake_mastodon_start (BmnFakeMastodon *self, guint port, GError **error);
/* Drops every connection and stops listening. What was stored stays. To be called before the
 * last reference is dropped: an answer that a fault delays holds one of its own. */
void bmn_fake_mastodon_stop (BmnFakeMastodon *self);

/* Both without a slash at the end; NULL before the start. */
const char *bmn_fake_mastodon_get_url (BmnFakeMastodon *self);
const char *bmn_fake_mastodon_get_decoy_url (BmnFakeMastodon *self);
/* The authority's certificate in PEM, NULL without TLS. Valid until the object goes. */
const char *bmn_fake_mastodon_get_authority (BmnFakeMastodon *self);

/* A token with @scopes (space separated) of the account @username, NULL for "alice". NULL where
 * there is no such account. */
char *bmn_fake_mastodon_create_token (BmnFakeMastodon *self,
                                      const char *scopes,
                                      const char *username) G_GNUC_WARN_UNUSED_RESULT;
/* Moves the virtual clock forward and lets fire what falls due. */
void bmn_fake_mastodon_advance (BmnFakeMastodon *self, double seconds);
/* Forgets all that was stored and goes back to the settings from before the start. */
void bmn_fake_mastodon_reset (BmnFakeMastodon *self);
/* What GET /_control/state answers. */
JsonNode *bmn_fake_mastodon_get_state (BmnFakeMastodon *self) G_GNUC_WARN_UNUSED_RESULT;

/* Every switch, limit and fault with its meaning, for --help. */
char *bmn_fake_mastodon_describe (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
