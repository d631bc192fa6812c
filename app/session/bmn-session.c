#include "bmn-mentioned-facts-private.h"
#include "bmn-session-private.h"
#include "bmn-session-suggest.h"
#include "bmn-account-host-private.h"
#include "bmn-advisor-private.h"
#include "bmn-link-states-private.h"
#include "bmn-series-private.h"
#include "bmn-suggestion-settling-private.h"

#include "bmn-error.h"
#include "bmn-ledger.h"
#include "bmn-platform-table.h"
#include "bmn-publisher.h"
#include "bmn-segmenter.h"
#include "bmn-settings.h"

#include <glib/gi18n-lib.h>

struct _BmnSession
{
  GObject parent_instance;

  char *folder;            /* (owned) */
  char *folder_id;         /* (owned) random name of the folder, for the keyring */
  BmnStore *store;         /* (owned) */
  BmnClock *clock;         /* (owned) */
  BmnSecretStore *secrets; /* (owned) */
  BmnHttpClient *http;     /* (owned) */
  BmnPublisher *publisher; /* (owned) (nullable) */
  GMutex models_mutex;
  BmnTextModels *models;           /* (owned) (nullable): under the mutex */
  BmnRecentAnswers *links;         /* (owned) */
  BmnRecentAnswers *account_facts; /* (owned) */
  gboolean links_anywhere;
  BmnAdvisor *advisor; /* (owned) (nullable) */
  BmnSessionPlatformFunc platforms;
  gpointer platforms_data;

  BmnOpenUriFunc open_uri;
  BmnAskFunc ask;
  gpointer prompt_data;
};

G_DEFINE_FINAL_TYPE (BmnSession, bmn_session, G_TYPE_OBJECT)

enum
{
  ELECTED,
  SETTLED,
  IDLE,
  TROUBLE,
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/*
 * Opening.
 */

static gboolean
read_folder_id (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnSession *self = data;
  if (!bmn_settings_get (tx, "folder-id", &self->folder_id, error))
    return FALSE;
  if (self->folder_id)
    return TRUE;
  self->folder_id = g_uuid_string_random ();
  return bmn_settings_set (tx, "folder-id", self->folder_id, error);
}

char *
bmn_session_cut_words (const char *text)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  BmnSegment word;
  if (!bmn_segmenter_set_text (segmenter, text, -1, NULL))
    return g_strdup ("");
  while (bmn_segmenter_next (segmenter, &word))
    {
      if (words->len > 0)
        g_string_append_c (words, ' ');
      g_string_append_len (words, text + word.start, word.end - word.start);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static gboolean
write_ledger_entry (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_ledger_add (tx, data, error);
}

static void
on_ledger_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_warning ("The network ledger could not be written: %s", error->message);
}

static void
on_request (const BmnLedgerEntry *entry, gpointer data)
{
  BmnStore *store = data;
  bmn_store_write_async (store, write_ledger_entry, bmn_ledger_entry_copy (entry),
                         (GDestroyNotify)bmn_ledger_entry_free, NULL, on_ledger_written, NULL);
}

static void
on_store_changed (BmnSession *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static BmnPlatform *
platform_of_table (const BmnAccount *account,
                   BmnHttpClient *http,
                   BmnPlatformHost *host,
                   gpointer data,
                   GError **error)
{
  return bmn_platform_new (account, http, host, error);
}

char *
bmn_session_find_folder (const char *folder)
{
  return folder ? g_strdup (folder) : g_build_filename (g_get_user_data_dir (), "bellman", NULL);
}

BmnSession *
bmn_session_open (const char *folder, GError **error)
{
  g_autofree char *path = bmn_session_find_folder (folder);
  g_autoptr (BmnClock) clock = bmn_clock_new_system ();
  g_autoptr (BmnSecretStore) secrets = bmn_keyring_new (path);
  const BmnSessionSurroundings system = { .clock = clock, .secrets = secrets };
  return bmn_session_open_in (path, &system, error);
}

BmnSession *
bmn_session_open_in (const char *folder, const BmnSessionSurroundings *around, GError **error)
{
  g_autoptr (BmnSession) self = g_object_new (BMN_TYPE_SESSION, NULL);
  self->folder = g_strdup (folder);
  self->clock = g_object_ref (around->clock);
  self->secrets = g_object_ref (around->secrets);
  self->platforms = around->platforms ? around->platforms : platform_of_table;
  self->platforms_data = around->platforms_data;
  self->links_anywhere = around->links_anywhere;
  self->store = bmn_store_open (self->folder, bmn_session_cut_words, error);
  if (!self->store)
    return NULL;
  g_signal_connect_object (self->store, "changed", G_CALLBACK (on_store_changed), self,
                           G_CONNECT_SWAPPED);
  if (!bmn_store_write (self->store, read_folder_id, self, error))
    return NULL;
  /* A request may outlive the session, so the ledger is the store's. */
  self->http = bmn_http_client_new (on_request, g_object_ref (self->store), g_object_unref);
  return g_steal_pointer (&self);
}

void
bmn_session_close (BmnSession *self)
{
  g_clear_pointer (&self->advisor, bmn_advisor_free);
  if (self->publisher)
    g_object_run_dispose (G_OBJECT (self->publisher));
  g_object_run_dispose (G_OBJECT (self->store));
  /* Answers that came meanwhile hold references to what they are about. */
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    continue;
}

/*
 * What the parts of the session share.
 */

const char *
bmn_session_get_folder (BmnSession *self)
{
  return self->folder;
}

gint64
bmn_session_now (BmnSession *self)
{
  return bmn_clock_now (self->clock);
}

BmnTextModels *
bmn_session_get_models (BmnSession *self, GError **error)
{
  g_mutex_lock (&self->models_mutex);
  if (!self->models)
    self->models = bmn_text_models_new (NULL, error);
  BmnTextModels *models = self->models;
  g_mutex_unlock (&self->models_mutex);
  return models;
}

BmnHttpClient *
bmn_session_get_http (BmnSession *self)
{
  return self->http;
}

BmnRecentAnswers *
bmn_session_get_link_states (BmnSession *self)
{
  return self->links;
}

BmnRecentAnswers *
bmn_session_get_account_facts (BmnSession *self)
{
  return self->account_facts;
}

gboolean
bmn_session_may_try_link_anywhere (BmnSession *self)
{
  return self->links_anywhere;
}

BmnAdvisor *
bmn_session_get_advisor (BmnSession *self)
{
  if (!self->advisor)
    self->advisor = bmn_advisor_new (self);
  return self->advisor;
}

BmnStore *
bmn_session_get_store (BmnSession *self)
{
  return self->store;
}

BmnClock *
bmn_session_get_clock (BmnSession *self)
{
  return self->clock;
}

BmnSecretStore *
bmn_session_get_secrets (BmnSession *self)
{
  return self->secrets;
}

char *
bmn_session_make_secret_key (BmnSession *self, gint64 account_id)
{
  return g_strdup_printf ("%s/%" G_GINT64_FORMAT, self->folder_id, account_id);
}

/* @host_id: the account whose credentials and facts the host gives, 0 for one in memory */
static BmnPlatform *
make_platform_with_host (BmnSession *self,
                         const BmnAccount *account,
                         gint64 host_id,
                         GError **error)
{
  g_autoptr (BmnAccountHost) host = bmn_account_host_new (self, host_id, account->name, error);
  if (!host)
    return NULL;
  return self->platforms (account, self->http, BMN_PLATFORM_HOST (host), self->platforms_data,
                          error);
}

BmnPlatform *
bmn_session_make_platform (BmnSession *self, const BmnAccount *account, GError **error)
{
  return make_platform_with_host (self, account, account->id, error);
}

BmnPlatform *
bmn_session_make_platform_to_sign_in (BmnSession *self, const BmnAccount *account, GError **error)
{
  return make_platform_with_host (self, account, 0, error);
}

void
bmn_session_set_prompt (BmnSession *self, BmnOpenUriFunc open_uri, BmnAskFunc ask, gpointer data)
{
  self->open_uri = open_uri;
  self->ask = ask;
  self->prompt_data = data;
}

gboolean
bmn_session_open_uri (BmnSession *self, const char *uri, GError **error)
{
  if (self->open_uri)
    return self->open_uri (uri, self->prompt_data, error);
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("There is nobody to show the sign-in page to."));
  return FALSE;
}

void
bmn_session_ask (BmnSession *self, const char *question, GTask *task)
{
  if (self->ask)
    self->ask (question, task, self->prompt_data);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_INVALID, "%s",
                             _ ("There is nobody who could be asked."));
}

gboolean
bmn_session_set_conflict (GError **error, const char *message)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_CONFLICT, message);
  return FALSE;
}

/*
 * Publishing.
 */

static BmnPlatform *
make_platform (const BmnAccount *account, gpointer data, GError **error)
{
  return bmn_session_make_platform (data, account, error);
}

/* What follows from posts that went out: the next dates of their series, and what became of the
 * suggestions for them. */
static gboolean
follow_up (BmnTransaction *tx, gpointer data, GError **error)
{
  gint64 now = bmn_session_now (data);
  return bmn_series_extend (tx, now, error) && bmn_suggestion_settling_run (tx, 0, now, error);
}

static void
on_followed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnSession) self = data;
  g_autoptr (GError) error = NULL;
  if (!bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_signal_emit (self, signals[TROUBLE], 0, error);
}

/* A repeated post that went out makes room for the next date of its series. */
static void
follow_up_later (BmnSession *self)
{
  bmn_store_write_async (self->store, follow_up, self, NULL, NULL, on_followed_up,
                         g_object_ref (self));
}

static void
on_elected (BmnPublisher *publisher, BmnSession *self)
{
  g_signal_emit (self, signals[ELECTED], 0);
}

static void
on_settled (BmnPublisher *publisher, BmnTarget *target, BmnSession *self)
{
  g_signal_emit (self, signals[SETTLED], 0, target);
  follow_up_later (self);
}

static void
on_idle (BmnPublisher *publisher, BmnSession *self)
{
  g_signal_emit (self, signals[IDLE], 0);
}

static void
on_trouble (BmnPublisher *publisher, const GError *error, BmnSession *self)
{
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

static gboolean
prepare_plan (BmnTransaction *tx, gpointer data, GError **error)
{
  return bmn_series_replan (tx, bmn_session_now (data), error) && follow_up (tx, data, error);
}

gboolean
bmn_session_start_publishing (BmnSession *self, gint64 idle_horizon, GError **error)
{
  g_return_val_if_fail (self->publisher == NULL, FALSE);
  if (!bmn_store_write (self->store, prepare_plan, self, error))
    return FALSE;
  g_autoptr (BmnPublisher) publisher
      = bmn_publisher_new (self->store, self->clock, make_platform, self);
  if (!bmn_publisher_start (publisher, error))
    return FALSE;
  self->publisher = g_steal_pointer (&publisher);
  g_signal_connect_object (self->publisher, "elected", G_CALLBACK (on_elected), self, 0);
  g_signal_connect_object (self->publisher, "settled", G_CALLBACK (on_settled), self, 0);
  g_signal_connect_object (self->publisher, "idle", G_CALLBACK (on_idle), self, 0);
  g_signal_connect_object (self->publisher, "trouble", G_CALLBACK (on_trouble), self, 0);
  if (idle_horizon >= 0)
    bmn_publisher_set_idle_horizon (self->publisher, idle_horizon);
  return TRUE;
}

static void
on_data_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_check_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
bmn_session_check_data_async (BmnSession *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_session_check_data_async);
  bmn_store_check_async (self->store, cancellable, on_data_checked, task);
}

gboolean
bmn_session_check_data_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
bmn_session_is_publishing (BmnSession *self)
{
  return self->publisher && bmn_publisher_has_lease (self->publisher);
}

static void
on_last_followed_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (bmn_store_write_finish (BMN_STORE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean ok = bmn_publisher_stop_finish (BMN_PUBLISHER (source), result, &error);
  g_clear_object (&self->publisher);
  if (!ok)
    {
      g_task_return_error (task, error);
      return;
    }
  /* Writes happen in order, so all that was asked for before is on the disk after this one. */
  bmn_store_write_async (self->store, follow_up, self, NULL, NULL, on_last_followed_up,
                         g_object_ref (task));
}

void
bmn_session_stop_publishing_async (BmnSession *self,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, bmn_session_stop_publishing_async);
  if (self->publisher)
    bmn_publisher_stop_async (self->publisher, on_stopped, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

gboolean
bmn_session_stop_publishing_finish (BmnSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

guint
bmn_session_get_unsettled (BmnSession *self)
{
  return self->publisher ? bmn_publisher_get_unsettled (self->publisher) : 0;
}

/*
 * The object.
 */

/* A publisher that was not stopped may be kept by a read of the store; it must not ask us for
 * platforms any more. What it is sending keeps us through its platform's host. */
static void
bmn_session_dispose (GObject *object)
{
  BmnSession *self = BMN_SESSION (object);
  g_clear_pointer (&self->advisor, bmn_advisor_free);
  if (self->publisher)
    g_object_run_dispose (G_OBJECT (self->publisher));
  g_clear_object (&self->publisher);
  G_OBJECT_CLASS (bmn_session_parent_class)->dispose (object);
}

static void
bmn_session_finalize (GObject *object)
{
  BmnSession *self = BMN_SESSION (object);
  g_clear_pointer (&self->models, bmn_text_models_unref);
  g_mutex_clear (&self->models_mutex);
  g_clear_pointer (&self->links, bmn_recent_answers_free);
  g_clear_pointer (&self->account_facts, bmn_recent_answers_free);
  g_clear_object (&self->http);
  g_clear_object (&self->secrets);
  g_clear_object (&self->clock);
  g_clear_object (&self->store);
  g_clear_pointer (&self->folder_id, g_free);
  g_clear_pointer (&self->folder, g_free);
  G_OBJECT_CLASS (bmn_session_parent_class)->finalize (object);
}

static void
bmn_session_class_init (BmnSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_session_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_session_finalize;
  signals[ELECTED] = g_signal_new ("elected", BMN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  signals[SETTLED] = g_signal_new ("settled", BMN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[IDLE] = g_signal_new ("idle", BMN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 0);
  signals[TROUBLE] = g_signal_new ("trouble", BMN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
bmn_session_init (BmnSession *self)
{
  g_mutex_init (&self->models_mutex);
  self->links = bmn_link_states_new ();
  self->account_facts = bmn_mentioned_facts_new ();
}
