#pragma once

#include "bmn-json.h"
#include "bmn-platform.h"
#include "memory-host.h"

#include <libsoup/soup.h>

/*
 * An account on a fake Mastodon in a process of its own, which the environment variable
 * FAKE_MASTODON names.
 */
typedef struct
{
  GSubprocess *server;   /* (owned) */
  char *url;             /* (owned) */
  SoupSession *session;  /* (owned) */
  MemoryHost *host;      /* (owned) */
  BmnHttpClient *http;   /* (owned) */
  BmnPlatform *platform; /* (owned) */
} MastodonFixture;

/* Options of the server, ended by %NULL, come as the test's data. Signs in by a token. */
void mastodon_fixture_set_up (MastodonFixture *fixture, gconstpointer options);
void mastodon_fixture_tear_down (MastodonFixture *fixture, gconstpointer options);

/* Asks the fake's control interface. @json: (nullable): a body to POST. Returns: the answer */
JsonNode *mastodon_fixture_control (MastodonFixture *fixture, const char *name, const char *json);
/* Adds a fault for posting statuses. @more: (nullable): further members of the JSON */
void mastodon_fixture_fault (MastodonFixture *fixture, const char *kind, const char *more);

/* Returns: the fake's statuses, those that are deleted as well */
JsonNode *mastodon_fixture_state (MastodonFixture *fixture);
/* Returns: the @index-th member of the list @name in @state */
JsonObject *mastodon_state_get (JsonNode *state, const char *name, guint index);
guint mastodon_state_count (JsonNode *state, const char *name);
/* Returns: how many statuses are out */
guint mastodon_fixture_count_out (MastodonFixture *fixture);

/* A request for a post of one or more parts, ended by %NULL. */
BmnPublishRequest *mastodon_request_new (const char *text, ...) G_GNUC_NULL_TERMINATED;

/* The operations of #BmnPlatform, waited for. */
GPtrArray *mastodon_publish (MastodonFixture *fixture, BmnPublishRequest *request, GError **error);
GPtrArray *
mastodon_read_back (MastodonFixture *fixture, BmnPublishRequest *request, GError **error);
GPtrArray *mastodon_edit (MastodonFixture *fixture, BmnPublishRequest *request, GError **error);
gboolean mastodon_remove (MastodonFixture *fixture, BmnPublishRequest *request, GError **error);
BmnAccountHealth *mastodon_check (MastodonFixture *fixture, GError **error);

/* Waits for an asynchronous call that was given @result. */
void mastodon_take_result (GObject *source, GAsyncResult *result, gpointer data);
void mastodon_wait (GAsyncResult **result);
