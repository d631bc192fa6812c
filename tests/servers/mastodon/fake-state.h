#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "bmn-fake-mastodon.h"
#include "fake-config.h"

G_BEGIN_DECLS

/* What the server remembers. Everything is owned by the arrays of BmnFakeMastodon and lives
 * until the next reset, so that plain pointers between the records are safe. */

typedef struct
{
  char *id;
  const char *username;
  const char *display_name;
  gint64 created_at;
  gboolean has_no_avatar;
} FakeAccount;

typedef struct
{
  char *id;
  char *name;
  char *website; /* (nullable) */
  char *client_id;
  char *client_secret;
  GStrv redirect_uris;
  char *scopes; /* space separated */
} FakeApp;

typedef struct
{
  char *code;
  FakeApp *app;
  FakeAccount *account;
  char *redirect_uri;
  char *scopes;
  char *challenge; /* (nullable) of PKCE */
  gint64 expires_at;
  gboolean used;
} FakeCode;

typedef struct
{
  char *token;
  char *refresh;        /* (nullable) */
  FakeApp *app;         /* (nullable) */
  FakeAccount *account; /* (nullable) of an app token */
  char *scopes;
  gint64 created_at;
  gint64 expires_at; /* 0 = never */
  gboolean revoked;
} FakeToken;

typedef struct
{
  GStrv options;
  gint64 expires_in; /* seconds */
  gboolean multiple;
  gboolean hide_totals;
} FakePoll;

typedef struct
{
  char *id;
  FakeAccount *account;
  const char *kind;    /* image, gifv, video, audio */
  const char *mime;    /* as sniffed */
  char *description;   /* (nullable) */
  char *checksum;      /* SHA-256 of the bytes */
  gsize size;          /* bytes */
  guint width, height; /* 0 where not known */
  gboolean has_focus;
  double focus_x, focus_y;
  gboolean has_metadata; /* a JPEG that still carries EXIF */
  gint64 created_at;
  gint64 ready_at;
  gboolean failed;
  char *status_id; /* (nullable) of the status it is attached to */
  gboolean deleted;
} FakeMedia;

/* What a client asked to be posted: the whole of a status but its fate. */
typedef struct
{
  char *text;
  char *spoiler_text;
  char *visibility;
  char *language;       /* (nullable) */
  char *in_reply_to_id; /* (nullable) */
  gboolean sensitive;
  FakePoll *poll;   /* (owned) (nullable) */
  GPtrArray *media; /* of FakeMedia, borrowed */
} FakeDraft;

typedef struct
{
  char *id;
  FakeAccount *account;
  FakeApp *app; /* (nullable) */
  FakeDraft *draft;
  char *key; /* (nullable) Idempotency-Key */
  gboolean scheduled;
  gint64 created_at;
  gint64 edited_at; /* 0 = never */
  gint64 favourites;
  gint64 reblogs;
  gboolean is_reblog; /* a boost made through the control endpoint */
  gboolean deleted;
  GPtrArray *history; /* of JsonObject, StatusEdit of earlier versions */
} FakeStatus;

typedef struct
{
  char *id;
  FakeAccount *account;
  FakeApp *app; /* (nullable) */
  FakeDraft *draft;
  char *key; /* (nullable) */
  gint64 scheduled_at;
  gboolean done; /* fired, cancelled or lost */
} FakeSchedule;

typedef struct
{
  char *id;
  const char *type;
  FakeAccount *to;
  FakeAccount *from;
  FakeStatus *status; /* (nullable) */
  gint64 created_at;
} FakeNotification;

/* What an Idempotency-Key led to. */
typedef struct
{
  FakeStatus *status;     /* either this */
  FakeSchedule *schedule; /* or that */
  gint64 expires_at;
} FakeKey;

struct _BmnFakeMastodon
{
  GObject parent_instance;

  GMainContext *context;        /* (owned) (nullable) */
  SoupServer *server;           /* (owned) (nullable) */
  GSocketService *service;      /* (owned) (nullable) */
  GTlsCertificate *certificate; /* (owned) (nullable) */
  char *url;                    /* (owned) (nullable) */
  char *decoy_url;              /* (owned) (nullable) */
  guint decoy_port;
  BmnFakeTls tls;
  char *authority; /* (owned) (nullable) PEM */
  gboolean started;

  FakeConfig config;
  FakeConfig initial_config;
  GPtrArray *faults;         /* of FakeFault */
  GPtrArray *initial_faults; /* of char *, specs */
  GRand *dice;
  guint32 seed;

  double time_scale;
  gint64 clock_base; /* virtual time at clock_mono */
  gint64 clock_mono;

  guint64 last_id;
  guint32 id_count;
  GPtrArray *accounts;
  GPtrArray *apps;
  GPtrArray *codes;
  GPtrArray *tokens;
  GPtrArray *statuses; /* in the order of their ids */
  GPtrArray *schedules;
  GPtrArray *media;
  GPtrArray *notifications;
  GPtrArray *followed_tags; /* of char * */
  GHashTable *keys;         /* "account/key" → FakeKey */
  GHashTable *buckets;      /* see fake-rate.c */
  GHashTable *counts;       /* "METHOD /route/:id" → guint */
  GPtrArray *requests;      /* of JsonObject, every request in order */
  GPtrArray *decoys;        /* of JsonObject, what reached the decoy */
  GPtrArray *lost;          /* of JsonObject, schedules that could not be posted */
  GPtrArray *complaints;    /* of char *, what Mastodon tolerates but does not document */

  GHashTable *timers; /* set of GSource, answers that wait */
  GPtrArray *held;    /* of GIOStream, connections that are never answered */
};

void fake_state_init (BmnFakeMastodon *self);
void fake_state_clear (BmnFakeMastodon *self);

/* Virtual time, µs since the epoch; it moves faster with the time scale and jumps by advance. */
gint64 fake_now (BmnFakeMastodon *self);
/* Moves the virtual clock forward. */
void fake_advance (BmnFakeMastodon *self, double seconds);
/* A new id in the form that the switches ask for, later than all before; @when is an instant. */
char *fake_id_new (BmnFakeMastodon *self, gint64 when);
/* 256 random bits as text that goes into a URL. */
char *fake_secret_new (void);

/* Each finds a record by what identifies it, or returns NULL; deleted ones are not found. */
FakeAccount *fake_find_account (BmnFakeMastodon *self, const char *id);
FakeAccount *fake_find_username (BmnFakeMastodon *self, const char *username);
FakeApp *fake_find_app (BmnFakeMastodon *self, const char *client_id);
FakeToken *fake_find_token (BmnFakeMastodon *self, const char *token);
FakeStatus *fake_find_status (BmnFakeMastodon *self, const char *id);
FakeSchedule *fake_find_schedule (BmnFakeMastodon *self, const char *id);
FakeMedia *fake_find_media (BmnFakeMastodon *self, const char *id);

FakeToken *
fake_token_add (BmnFakeMastodon *self, FakeApp *app, FakeAccount *account, const char *scopes);
/* @draft is taken. The status joins the timeline with its notifications. */
FakeStatus *fake_status_add (
    BmnFakeMastodon *self, FakeAccount *account, FakeApp *app, FakeDraft *draft, gint64 when);
FakeNotification *fake_notify (BmnFakeMastodon *self,
                               const char *type,
                               FakeAccount *to,
                               FakeAccount *from,
                               FakeStatus *status,
                               gint64 when);

/* The schedules whose time has come become statuses, in order of their times. */
void fake_fire_due (BmnFakeMastodon *self);

void fake_poll_free (FakePoll *poll);
void fake_draft_free (FakeDraft *draft);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakePoll, fake_poll_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeDraft, fake_draft_free)

G_END_DECLS
