#pragma once

#include "bmn-capabilities.h"
#include "bmn-publish-request.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * BmnFakeFate:
 * @BMN_FAKE_ACCEPT: does what was asked and says so
 * @BMN_FAKE_REFUSE: does nothing and says #BmnFakeReply.error
 * @BMN_FAKE_LOSE: the request never arrives; no answer
 * @BMN_FAKE_LOSE_ANSWER: does what was asked; the answer is lost
 * @BMN_FAKE_LOSE_AND_ARRIVE: no answer; the request arrives after #BmnFakeReply.delay
 * @BMN_FAKE_HANG: the request never arrives, and nothing is heard until
 *   bmn_fake_server_release()
 * @BMN_FAKE_HANG_ACCEPTED: does what was asked; nothing is heard until then
 *
 * What becomes of one request.
 */
typedef enum
{
  BMN_FAKE_ACCEPT,
  BMN_FAKE_REFUSE,
  BMN_FAKE_LOSE,
  BMN_FAKE_LOSE_ANSWER,
  BMN_FAKE_LOSE_AND_ARRIVE,
  BMN_FAKE_HANG,
  BMN_FAKE_HANG_ACCEPTED,
} BmnFakeFate;

/**
 * BmnFakeReply:
 * @error: (nullable): for %BMN_FAKE_REFUSE; taken over
 * @delay: µs by the server's clock
 */
typedef struct
{
  BmnFakeFate fate;
  GError *error;
  gint64 delay;
} BmnFakeReply;

typedef struct _BmnFakeServer BmnFakeServer;

/* Chooses the fate of the next request. @publishing: it changes something; else it is a read-back
 */
typedef BmnFakeReply (*BmnFakeChooser) (BmnFakeServer *server, gboolean publishing, gpointer data);

/**
 * BmnFakeServer:
 * @caps: what it can do and promises; tests may change it
 * @chooser: (nullable): asked where no reply is queued; without it everything is accepted
 * @check_error: (nullable): not owned; what a check of an account answers
 * @session_ends_at: of its accounts, µs; 0 for never
 * @max_parts: of a thread; 0 for any number
 * @sees_nothing: read-backs find nothing, whatever is there
 * @names_nothing: answers to publishing name no part
 * @cut_off: nothing reaches it and nothing is heard of it, not even an error of its own
 * @n_publish_calls: requests that were made
 * @n_read_back_calls: likewise
 * @n_check_calls: likewise
 * @most_at_once: most requests under way at once, of all accounts
 * @most_at_once_per_account: likewise, of the busiest account
 *
 * With #BmnCapabilities.can_schedule it holds what it is asked to and publishes it at its time; a
 * request to hold it that comes after that is refused.
 *
 * A server of all accounts of a test, which lives on while programs are killed. It has a
 * clock of its own that nobody sets: the true time.
 */
struct _BmnFakeServer
{
  BmnCapabilities caps;
  BmnFakeChooser chooser;
  gpointer chooser_data;
  const GError *check_error;
  gint64 session_ends_at;
  guint max_parts;
  gboolean sees_nothing;
  gboolean names_nothing;
  gboolean cut_off;
  guint n_publish_calls;
  guint n_read_back_calls;
  guint n_check_calls;
  guint most_at_once;
  guint most_at_once_per_account;

  gint64 now;
  gint64 last_id;
  GPtrArray *posts;   /* (owned) (element-type BmnFakePost) */
  GPtrArray *held;    /* (owned) (element-type BmnFakePost): what it publishes by itself, at @at */
  GPtrArray *gone;    /* (owned) (element-type BmnFakePost): what it held and was taken back */
  GPtrArray *late;    /* (owned) requests that arrive later */
  GPtrArray *hanging; /* (owned) (element-type GTask) */
  GQueue publish_replies;
  GQueue read_back_replies;
  GHashTable *under_way; /* (owned) account id → number */
};

/* A part that is out. */
typedef struct
{
  gint64 account_id;
  char *key; /* (owned) with the part's index */
  int part;
  char *text;      /* (owned) */
  char *remote_id; /* (owned) */
  char *answers;   /* (owned) (nullable) remote id */
  gint64 made_at;  /* µs by the server's clock */
  gint64 at;       /* likewise, when it is out or comes out */
  gboolean held;
} BmnFakePost;

/**
 * bmn_fake_server_new:
 *
 * Returns: (transfer full): a server with read-back, parts one by one, keys that live for an
 *   hour where it has any, and requests that live for two minutes
 */
BmnFakeServer *bmn_fake_server_new (BmnIdempotency idempotency) G_GNUC_WARN_UNUSED_RESULT;
void bmn_fake_server_free (BmnFakeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnFakeServer, bmn_fake_server_free)

/* Queues the fate of the next publishing request or read-back not spoken for yet. */
void bmn_fake_server_reply (BmnFakeServer *self, BmnFakeFate fate);
void bmn_fake_server_refuse (BmnFakeServer *self, GQuark domain, int code);
void bmn_fake_server_reply_to_look (BmnFakeServer *self, BmnFakeFate fate);
void bmn_fake_server_refuse_look (BmnFakeServer *self, GQuark domain, int code);
/* @error: (transfer full): */
void bmn_fake_server_take_reply (BmnFakeServer *self, BmnFakeFate fate, GError *error);

/* True time passes, and what is under way arrives. */
void bmn_fake_server_advance (BmnFakeServer *self, gint64 duration);

/* What hangs is answered as lost; its program is dead or stopping. */
void bmn_fake_server_release (BmnFakeServer *self);

/* Returns: whether a request hangs */
gboolean bmn_fake_server_is_hanging (BmnFakeServer *self);

/* Returns: how many posts with this text are on the account; @account_id 0: on all */
guint bmn_fake_server_count (BmnFakeServer *self, gint64 account_id, const char *text);

/* For the platform alone; each completes @task. */
void bmn_fake_server_publish (BmnFakeServer *self,
                              gint64 account_id,
                              BmnPublishRequest *request,
                              GTask *task);
void bmn_fake_server_read_back (BmnFakeServer *self,
                                gint64 account_id,
                                BmnPublishRequest *request,
                                GTask *task);
void bmn_fake_server_remove (BmnFakeServer *self,
                             gint64 account_id,
                             BmnPublishRequest *request,
                             GTask *task);

G_END_DECLS
