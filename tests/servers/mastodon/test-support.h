#pragma once

#include <libsoup/soup.h>

#include "bmn-fake-mastodon.h"

/* A server in this process whose clock stands still, and a client that knows only HTTP. */
typedef struct
{
  BmnFakeMastodon *fake;
  SoupSession *session;
  char *token; /* (nullable) sent as the bearer token */
  char *key;   /* (nullable) sent as Idempotency-Key */
} Fixture;

typedef struct
{
  guint status; /* 0 where no answer came */
  SoupMessageHeaders *headers;
  GBytes *body;   /* (nullable) */
  JsonNode *json; /* (nullable) */
  GError *error;  /* (nullable) */
} Reply;

void fixture_set_up (Fixture *fixture, gconstpointer data);
void fixture_tear_down (Fixture *fixture, gconstpointer data);
void fixture_start (Fixture *fixture);

void reply_free (Reply *reply);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reply, reply_free)

/* @body is a form, or JSON where it begins with a brace; NULL for none. Redirects are not
 * followed. @path may be a whole URL. */
Reply *request (Fixture *fixture, const char *method, const char *path, const char *body);
/* A multipart upload; the part named file has @type, NULL for none. @fields is a form. */
Reply *upload (Fixture *fixture,
               const char *path,
               const char *type,
               const void *data,
               gsize size,
               const char *fields);
/* Fails the test unless the answer has @status; returns the id in it, NULL where it has none. */
char *
expect (Fixture *fixture, const char *method, const char *path, const char *body, guint status);

/* The member at a path such as "params.text" or "0.id"; NULL where there is none. */
JsonNode *member (JsonNode *node, const char *path);
const char *member_string (JsonNode *node, const char *path);
gint64 member_int (JsonNode *node, const char *path);
/* -1 where there is no array at the path. */
int member_length (JsonNode *node, const char *path);

const char *reply_header (Reply *reply, const char *name);
/* A member of the server's own state. */
gint64 state_int (Fixture *fixture, const char *path);
int state_length (Fixture *fixture, const char *path);
char *state_string (Fixture *fixture, const char *path);

/* The virtual time @seconds from now, as a datetime. */
char *time_ahead (Fixture *fixture, gint64 seconds);

/* A PNG header of the given size: all that a sniffer reads. */
GBytes *png_new (guint width, guint height);

#define add(path, func)                                                                            \
  g_test_add ("/servers/fake-mastodon/" path, Fixture, NULL, fixture_set_up, func,                 \
              fixture_tear_down)

/* Each file of tests adds its own. */
void add_oauth_tests (void);
void add_status_tests (void);
void add_schedule_tests (void);
void add_media_tests (void);
void add_read_tests (void);
void add_switch_tests (void);
void add_fault_tests (void);
/* @path is the program's. */
void add_program_tests (const char *path);
