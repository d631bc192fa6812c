#pragma once

#include "fake-state.h"

G_BEGIN_DECLS

typedef struct _FakeCall FakeCall;
typedef struct _FakeRoute FakeRoute;
typedef void (*FakeHandler) (FakeCall *call);

typedef enum
{
  FAKE_AUTH_PUBLIC,   /* a token is not looked at */
  FAKE_AUTH_OPTIONAL, /* a token may be given; then it must be good */
  FAKE_AUTH_APP,      /* any token */
  FAKE_AUTH_USER,     /* a token of an account */
} FakeAuth;

struct _FakeRoute
{
  const char *method;
  const char *path; /* ":id" stands for one segment */
  FakeHandler handler;
  FakeAuth auth;
  const char *scopes; /* (nullable) space separated, any of them does */
};

/* One request and the answer to it. */
struct _FakeCall
{
  BmnFakeMastodon *fake;      /* (owned) */
  SoupServerMessage *message; /* (owned) */
  const FakeRoute *route;     /* (nullable) */
  char *id;                   /* (owned) (nullable) the segment at :id */
  JsonObject *params;         /* (owned) query and body, whatever the body's form */
  GBytes *file;               /* (owned) (nullable) of a multipart upload */
  char *file_type;            /* (owned) (nullable) its declared MIME type */
  FakeToken *token;           /* (nullable) */
  FakeAccount *account;       /* (nullable) of the token */

  guint status;
  SoupMessageHeaders *headers; /* (owned) of the answer */
  GBytes *body;                /* (owned) of the answer */
};

FakeCall *fake_call_new (BmnFakeMastodon *fake, SoupServerMessage *message);
void fake_call_free (FakeCall *call);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCall, fake_call_free)

const char *fake_call_get_path (FakeCall *call);
const char *fake_call_get_header (FakeCall *call, const char *name);

/* The parameter as text; numbers and booleans are turned into text, all else is NULL. */
char *fake_call_get_string (FakeCall *call, const char *name) G_GNUC_WARN_UNUSED_RESULT;
/* As Rails reads them: "false", "0", "f", "off" and "" are false. */
gboolean fake_call_get_bool (FakeCall *call, const char *name);
gint64 fake_call_get_int (FakeCall *call, const char *name, gint64 fallback);
/* The texts of an array; empty where it is absent. */
GStrv fake_call_get_strv (FakeCall *call, const char *name) G_GNUC_WARN_UNUSED_RESULT;
gboolean fake_call_has (FakeCall *call, const char *name);

/* Each sets the answer. The JSON is taken. */
void fake_call_reply (FakeCall *call, guint status, JsonObject *object);
void fake_call_reply_array (FakeCall *call, JsonArray *array);
void fake_call_reply_text (FakeCall *call, guint status, const char *type, const char *text);
/* {"error": …}; a 422 becomes a 400 under bad-request-400. */
void fake_call_fail (FakeCall *call, guint status, const char *message);
/* OAuth's form of it, with an error_description. */
void fake_call_fail_oauth (FakeCall *call, guint status, const char *error, const char *text);
void fake_call_not_found (FakeCall *call);

/* Notes what Mastodon lets pass although its documentation does not provide for it. */
void fake_call_complain (FakeCall *call, const char *format, ...) G_GNUC_PRINTF (2, 3);

/* An object from pairs of "letter:name" and value, ended by NULL:
 * s text or NULL, b gboolean, i gint64, d double, t instant (0 is null), o JsonObject (taken,
 * may be NULL), a JsonArray (taken), n nothing (the value is ignored, pass NULL). */
JsonObject *fake_object (const char *first, ...) G_GNUC_NULL_TERMINATED G_GNUC_WARN_UNUSED_RESULT;
JsonArray *fake_array_from_strv (const char *const *strings) G_GNUC_WARN_UNUSED_RESULT;
/* 2019-12-05T11:34:47.196Z */
char *fake_instant_to_text (gint64 instant) G_GNUC_WARN_UNUSED_RESULT;
/* RFC 3339 with a zone; FALSE for anything else. */
gboolean fake_instant_from_text (const char *text, gint64 *instant);

/* Links begin with this: the server's URL, with https under https-links. */
char *fake_call_link_base (FakeCall *call) G_GNUC_WARN_UNUSED_RESULT;
char *fake_link_base (BmnFakeMastodon *fake) G_GNUC_WARN_UNUSED_RESULT;

/* What a page of a list shows. @ids are those of all items, oldest first; sets the Link header.
 * Returns the indices of the page, newest first.
 * https://docs.joinmastodon.org/api/guidelines/#pagination */
GArray *fake_call_page (FakeCall *call, GPtrArray *ids, gint64 usual, gint64 most)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
