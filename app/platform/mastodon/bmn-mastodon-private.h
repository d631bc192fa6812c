#pragma once

#include "bmn-input.h"
#include "bmn-mastodon-rules-private.h"
#include "bmn-oauth2-private.h"

G_BEGIN_DECLS

/*
 * BmnMastodon: one account on a server that speaks Mastodon's API, whoever made it. What the
 * server can do is asked or learned, never concluded from its name:
 *
 * | fact           | value                | learned from                                       |
 * |----------------|----------------------|----------------------------------------------------|
 * | `limits`       | JSON                 | the instance description, at each check            |
 * | `schedule`     | `offered`, `none`    | the list of scheduled statuses is there, or not;   |
 * |                |                      | `none` also once `scheduled_at` was ignored        |
 * | `edit`         | `none`               | a change was not found though the status is there  |
 * | `keys-honoured`| `yes DATE`, `no DATE`| see below                                          |
 * | `account-id`   | opaque               | who the server says we are                         |
 *
 * Whether idempotency keys are honoured cannot be learned from ordinary publishing without
 * the risk of a second post, as only a repetition shows it. So an account starts in class C
 * (never sent again after a lost answer until a later read-back finds nothing), and moves to
 * class B only by the `probe` that the user may ask for at sign-in: a message that mentions
 * nobody, and so is seen by its author alone, is sent twice under one key and deleted. One id
 * means yes. That they are ignored is also learned whenever a read-back finds two of ours.
 */

#define BMN_TYPE_MASTODON (bmn_mastodon_get_type ())
G_DECLARE_FINAL_TYPE (BmnMastodon, bmn_mastodon, BMN, MASTODON, BmnOAuth2Platform)

/* What a Mastodon account is added with: `server`, `token`, `oob`, `probe`. */
extern const BmnInput bmn_mastodon_inputs[];

#define BMN_MASTODON_FACT_LIMITS "limits"
#define BMN_MASTODON_FACT_SCHEDULE "schedule"
#define BMN_MASTODON_FACT_EDIT "edit"
#define BMN_MASTODON_FACT_KEYS "keys-honoured"
#define BMN_MASTODON_FACT_ACCOUNT_ID "account-id"

/*
 * Seconds after which a request that got no answer can no longer be accepted, counted from
 * the start of the attempt. Three fifths of it are for preparing media, one fifth is how long
 * we wait for the answer, and the last is for a server that goes on without us. The account
 * setting `request-life` (in seconds) takes its place for a server that is known to be
 * quicker or slower; nothing in the program sets it.
 */
#define BMN_MASTODON_REQUEST_LIFE 300
gint64 bmn_mastodon_get_request_life (BmnMastodon *self);

/* Returns: (nullable) (transfer none): */
const char *bmn_mastodon_get_fact (BmnMastodon *self, const char *name);
void bmn_mastodon_set_fact (BmnMastodon *self, const char *name, const char *value);
/* Keeps @honoured with today's date. */
void bmn_mastodon_learn_keys (BmnMastodon *self, gboolean honoured);
/* Returns: (transfer none): valid until the limits are learned again */
const BmnMastodonRules *bmn_mastodon_get_rules (BmnMastodon *self);
gint64 bmn_mastodon_now (BmnMastodon *self);

/* Requests */

/**
 * BmnMastodonAnswer:
 * @json: what the server said
 * @next: (nullable): path and query of the next page
 * @clock_offset: what to add to our time to have the server's, µs; 0 where it does not tell
 */
typedef struct
{
  JsonNode *json; /* (owned) */
  char *next;     /* (owned) (nullable) */
  int status;
  gint64 clock_offset;
} BmnMastodonAnswer;

void bmn_mastodon_answer_free (BmnMastodonAnswer *answer);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnMastodonAnswer, bmn_mastodon_answer_free)

/* @path: with its query, begins with `/`. Returns: (transfer full): without the token */
BmnHttpRequest *bmn_mastodon_request_new (BmnMastodon *self,
                                          const char *method,
                                          const char *path,
                                          const char *purpose,
                                          BmnHttpPriority priority) G_GNUC_WARN_UNUSED_RESULT;
/* The same for a path of @before, @id escaped, and @after. */
BmnHttpRequest *
bmn_mastodon_request_new_for_id (BmnMastodon *self,
                                 const char *method,
                                 const char *before,
                                 const char *id,
                                 const char *after,
                                 const char *purpose,
                                 BmnHttpPriority priority) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the object that @builder is in and makes it the body. */
void bmn_mastodon_request_take_json (BmnHttpRequest *request, JsonBuilder *builder);

/**
 * bmn_mastodon_call_async:
 * @request: (transfer full):
 *
 * Sends with the account's token and reads the answer's JSON.
 */
void bmn_mastodon_call_async (BmnMastodon *self,
                              BmnHttpRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);

/**
 * bmn_mastodon_call_finish:
 * @status: (out) (optional): the HTTP status, also where the answer is an error; 0 for none
 *
 * Returns: (transfer full): %NULL with a #BmnPlatformError; a refusal has the server's words.
 *   What creates and was answered without JSON has an unknown outcome; what deletes needs none.
 */
BmnMastodonAnswer *bmn_mastodon_call_finish (BmnMastodon *self,
                                             GAsyncResult *result,
                                             int *status,
                                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_mastodon_find_own_async:
 * @max: statuses on a page
 *
 * Finds the path of the first page of the account's own statuses, without reposts; who we are
 * is asked where it is not known.
 */
void bmn_mastodon_find_own_async (BmnMastodon *self,
                                  guint max,
                                  const char *purpose,
                                  BmnHttpPriority priority,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
/* Returns: (transfer full): */
char *bmn_mastodon_find_own_finish (BmnMastodon *self,
                                    GAsyncResult *result,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Whether @status says that there is no such thing, or no such endpoint. */
gboolean bmn_mastodon_is_missing (int status);

/* Operations; each implements what its name says of #BmnPlatformClass or #BmnOAuth2PlatformClass */

void bmn_mastodon_find_client (BmnOAuth2Platform *platform,
                               GHashTable *inputs,
                               const char *redirect_uri,
                               GTask *task);
void bmn_mastodon_signed_in (BmnOAuth2Platform *platform, GHashTable *inputs, GTask *task);
void bmn_mastodon_sign_in (BmnPlatform *platform, GHashTable *inputs, GTask *task);
void bmn_mastodon_check (BmnPlatform *platform, GTask *task);
void bmn_mastodon_publish (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);
void bmn_mastodon_read_back (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);
void bmn_mastodon_edit (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);
void bmn_mastodon_remove (BmnPlatform *platform, BmnPublishRequest *request, GTask *task);

G_END_DECLS
