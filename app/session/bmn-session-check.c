#include "bmn-session-check-private.h"
#include "bmn-engines.h"
#include "bmn-link-states-private.h"
#include "bmn-mentioned-facts-private.h"
#include "bmn-preferences-private.h"
#include "bmn-session-accounts.h"
#include "bmn-session-private.h"
#include "bmn-session-suggest.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-trust-lists.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/*
 * Checking.
 */

/* What one examination reads from the store. */
typedef struct
{
  GPtrArray *accounts; /* (owned) (nullable): all */
  GStrv distrusted;    /* (owned) (nullable) */
  GStrv known;         /* (owned) (nullable) */
} Lists;

static void
lists_clear (Lists *lists)
{
  g_clear_pointer (&lists->accounts, g_ptr_array_unref);
  g_clear_pointer (&lists->distrusted, g_strfreev);
  g_clear_pointer (&lists->known, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Lists, lists_clear)

static gboolean
read_lists (BmnTransaction *tx, gpointer data, GError **error)
{
  Lists *lists = data;
  return (lists->accounts = bmn_accounts_list (tx, error))
         && (lists->distrusted = bmn_trust_lists_get (tx, BMN_TRUST_DISTRUSTED_DOMAINS, error))
         && (lists->known = bmn_trust_lists_get (tx, BMN_TRUST_KNOWN_HANDLES, error));
}

/* Whom the user knows: the list, the user's own accounts, and who was mentioned often. */
static GStrv
gather_known (const Lists *lists, const BmnEarlierTexts *texts)
{
  g_autoptr (GStrvBuilder) known = g_strv_builder_new ();
  g_strv_builder_addv (known, (const char **)lists->known);
  for (guint i = 0; i < lists->accounts->len; i++)
    {
      const char *handle = ((BmnAccount *)lists->accounts->pdata[i])->handle;
      if (handle && *handle)
        g_strv_builder_add (known, handle + (*handle == '@'));
    }
  if (texts)
    bmn_earlier_texts_add_familiar (texts, known);
  return g_strv_builder_end (known);
}

/* Who answers what the checks ask. */
typedef struct
{
  BmnSession *session;
  gint64 account_id;
  BmnEngine *engine;   /* (nullable): opened when first asked for */
  BmnEngines *engines; /* (owned) (nullable): where it was opened here */
} Answerer;

static void
answerer_clear (Answerer *answerer)
{
  g_clear_pointer (&answerer->engines, bmn_engines_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Answerer, answerer_clear)

static gboolean
look_up_stranger (const char *handle, BmnStranger *stranger, gpointer data)
{
  const Answerer *answerer = data;
  BmnSession *self = answerer->session;
  return bmn_mentioned_facts_get (bmn_session_get_account_facts (self), answerer->account_id,
                                  handle, bmn_session_now (self), stranger);
}

/* An engine that cannot be opened has no words to offer; whoever asks it for more is told why. */
static char *
make_readable (const char *tag, gpointer data)
{
  Answerer *answerer = data;
  if (!answerer->engine && !answerer->engines && answerer->account_id != 0)
    {
      answerer->engines = bmn_engines_new (answerer->session);
      answerer->engine = bmn_engines_get (answerer->engines, answerer->account_id, NULL);
    }
  return answerer->engine ? bmn_engine_make_readable (answerer->engine, tag) : NULL;
}

static BmnLinkState
look_up_link (const char *url, char **target, gpointer data)
{
  BmnSession *self = ((const Answerer *)data)->session;
  return bmn_link_states_get (bmn_session_get_link_states (self), url, target,
                              bmn_session_now (self));
}

static gboolean
describe (
    BmnSession *self, const Lists *lists, gint64 account_id, BmnLimits **limits, GError **error)
{
  for (guint i = 0; i < lists->accounts->len; i++)
    {
      const BmnAccount *account = lists->accounts->pdata[i];
      if (account->id == account_id)
        return bmn_session_describe_account (self, account, NULL, limits, error);
    }
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                       _ ("There is no such account any more."));
  return FALSE;
}

GPtrArray *
bmn_session_run_checks (BmnSession *self,
                        const BmnPost *post,
                        gint64 account_id,
                        BmnEarlierTexts *texts,
                        BmnEngine *engine,
                        GError **error)
{
  g_auto (Answerer) answerer = { .session = self, .account_id = account_id, .engine = engine };
  g_auto (Lists) lists = { 0 };
  g_autoptr (BmnLimits) limits = NULL;
  BmnTextModels *models = bmn_session_get_models (self, error);
  if (!models || !bmn_store_read (bmn_session_get_store (self), read_lists, &lists, error)
      || (account_id != 0 && !describe (self, &lists, account_id, &limits, error))
      || (texts && !bmn_earlier_texts_update (texts, error)))
    return NULL;
  g_auto (GStrv) known = gather_known (&lists, texts);
  const BmnCheckContext context = {
    .models = models,
    .published = texts ? bmn_earlier_texts_get_published (texts) : NULL,
    .queued = texts ? bmn_earlier_texts_get_queued (texts) : NULL,
    .distrusted = (const char *const *)lists.distrusted,
    .known = (const char *const *)known,
    .look_up_link = look_up_link,
    .look_up_stranger = look_up_stranger,
    .make_readable = make_readable,
    .user_data = &answerer,
  };
  return bmn_preferences_filter_findings (self, bmn_checks_run (post, limits, &context), error);
}

GPtrArray *
bmn_session_check_post (BmnSession *self, const BmnPost *post, gint64 account_id, GError **error)
{
  g_autoptr (BmnEarlierTexts) texts
      = account_id != 0 ? bmn_earlier_texts_new (bmn_session_get_store (self), account_id) : NULL;
  return bmn_session_run_checks (self, post, account_id, texts, NULL, error);
}

/*
 * The lists.
 */

typedef struct
{
  BmnTrustList list;
  const char *item;
  gboolean present;
  GStrv items; /* (owned) (nullable) */
} ListChange;

static gboolean
set_item (BmnTransaction *tx, gpointer data, GError **error)
{
  const ListChange *change = data;
  return bmn_trust_lists_set (tx, change->list, change->item, change->present, error);
}

static gboolean
get_items (BmnTransaction *tx, gpointer data, GError **error)
{
  ListChange *change = data;
  change->items = bmn_trust_lists_get (tx, change->list, error);
  return change->items != NULL;
}

static GStrv
list_items (BmnSession *self, BmnTrustList list, GError **error)
{
  ListChange change = { .list = list };
  return bmn_store_read (bmn_session_get_store (self), get_items, &change, error) ? change.items
                                                                                  : NULL;
}

/* Returns: (transfer full) (nullable): the host of an address, or a name, in ASCII and lower
 * case without a dot at its end */
static char *
read_domain (const char *text)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_autoptr (GUri) uri
      = strstr (trimmed, "://") ? g_uri_parse (trimmed, G_URI_FLAGS_PARSE_RELAXED, NULL) : NULL;
  const char *host = uri ? g_uri_get_host (uri) : trimmed;
  g_autofree char *ascii = host ? g_hostname_to_ascii (host) : NULL;
  if (!ascii || !*ascii || strpbrk (ascii, " /:@?#\\") || !strchr (ascii, '.'))
    return NULL;
  gsize length = strlen (ascii);
  if (ascii[length - 1] == '.')
    ascii[length - 1] = '\0';
  return *ascii && *ascii != '.' ? g_ascii_strdown (ascii, -1) : NULL;
}

gboolean
bmn_session_distrust (BmnSession *self, const char *domain, gboolean distrust, GError **error)
{
  g_autofree char *host = read_domain (domain);
  if (!host)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("“%s” is not the name of a site, such as example.com."), domain);
      return FALSE;
    }
  ListChange change = { BMN_TRUST_DISTRUSTED_DOMAINS, host, distrust, NULL };
  return bmn_store_write (bmn_session_get_store (self), set_item, &change, error);
}

GStrv
bmn_session_list_distrusted (BmnSession *self, GError **error)
{
  return list_items (self, BMN_TRUST_DISTRUSTED_DOMAINS, error);
}

/* Longer than any platform allows. */
#define MAX_HANDLE 512

gboolean
bmn_session_know_handle (BmnSession *self, const char *handle, gboolean know, GError **error)
{
  g_autofree char *folded = g_strstrip (g_utf8_casefold (handle, -1));
  const char *name = folded + (*folded == '@');
  if (!*name || strlen (name) > MAX_HANDLE || strpbrk (name, " \t\r\n/#?"))
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("“%s” is not the name of an account, such as anna@example.social."), handle);
      return FALSE;
    }
  ListChange change = { BMN_TRUST_KNOWN_HANDLES, name, know, NULL };
  return bmn_store_write (bmn_session_get_store (self), set_item, &change, error);
}

GStrv
bmn_session_list_known_handles (BmnSession *self, GError **error)
{
  return list_items (self, BMN_TRUST_KNOWN_HANDLES, error);
}
