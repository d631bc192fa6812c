#include "bmn-session-levers.h"
#include "bmn-session-private.h"
#include "bmn-tag-name-private.h"

#include "bmn-accounts.h"
#include "bmn-error.h"
#include "bmn-suggestion-levers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer than any platform allows, in bytes. */
#define MAX_TAG 512

/* One change, or a question. */
typedef struct
{
  gint64 account_id;
  gint64 history_id;
  const char *tag;
  gboolean muted;
  gboolean present;
  BmnAccountLevers *levers; /* (nullable) */
} Change;

/* An account that is not there has no levers, rather than those that change nothing. */
static gboolean
check_account (BmnTransaction *tx, gint64 id, GError **error)
{
  g_autoptr (BmnAccount) account = bmn_accounts_get (tx, id, error);
  return account != NULL;
}

static gboolean
read_levers (BmnTransaction *tx, gpointer data, GError **error)
{
  Change *change = data;
  return check_account (tx, change->account_id, error)
         && (change->levers = bmn_suggestion_levers_get (tx, change->account_id, error));
}

BmnAccountLevers *
bmn_session_get_levers (BmnSession *self, gint64 account_id, GError **error)
{
  Change change = { .account_id = account_id };
  return bmn_store_read (bmn_session_get_store (self), read_levers, &change, error) ? change.levers
                                                                                    : NULL;
}

static gboolean
write_tag (BmnTransaction *tx, gpointer data, GError **error)
{
  const Change *change = data;
  return check_account (tx, change->account_id, error)
         && bmn_suggestion_levers_set_tag (tx, change->account_id, change->tag, change->muted,
                                           change->present, error);
}

static gboolean
set_tag (BmnSession *self,
         gint64 account_id,
         const char *tag,
         gboolean muted,
         gboolean present,
         GError **error)
{
  g_autofree char *trimmed = g_strstrip (g_strdup (tag));
  g_autofree char *name = bmn_tag_name (trimmed);
  if (!*name || strlen (name) > MAX_TAG || strpbrk (name, " \t\r\n#,;"))
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID, _ ("“%s” is not one hashtag."), tag);
      return FALSE;
    }
  Change change = { .account_id = account_id, .tag = name, .muted = muted, .present = present };
  return bmn_store_write (bmn_session_get_store (self), write_tag, &change, error);
}

gboolean
bmn_session_pin_tag (
    BmnSession *self, gint64 account_id, const char *tag, gboolean pin, GError **error)
{
  return set_tag (self, account_id, tag, FALSE, pin, error);
}

gboolean
bmn_session_mute_tag (
    BmnSession *self, gint64 account_id, const char *tag, gboolean mute, GError **error)
{
  return set_tag (self, account_id, tag, TRUE, mute, error);
}

static gboolean
write_excluded (BmnTransaction *tx, gpointer data, GError **error)
{
  const Change *change = data;
  return bmn_suggestion_levers_exclude (tx, change->history_id, change->present, error);
}

gboolean
bmn_session_exclude_post (BmnSession *self, gint64 history_id, gboolean exclude, GError **error)
{
  Change change = { .history_id = history_id, .present = exclude };
  return bmn_store_write (bmn_session_get_store (self), write_excluded, &change, error);
}

static gboolean
write_settings (BmnTransaction *tx, gpointer data, GError **error)
{
  const Change *change = data;
  return check_account (tx, change->account_id, error)
         && bmn_suggestion_levers_put_settings (tx, change->account_id, change->levers, error);
}

gboolean
bmn_session_set_lever_settings (BmnSession *self,
                                gint64 account_id,
                                double half_life,
                                double diversity,
                                guint32 never_hours,
                                GError **error)
{
  const char *complaint = NULL;
  if (!(half_life >= 0 && half_life <= BMN_ACCOUNT_LEVERS_MAX_HALF_LIFE))
    complaint = _ ("A half-life is 0 to 36500 days.");
  else if (!(diversity >= 0 && diversity <= 1))
    complaint = _ ("Diversity is 0 to 1.");
  else if (never_hours & ~BMN_ACCOUNT_LEVERS_ALL_HOURS)
    complaint = _ ("A day has the hours 0 to 23.");
  if (complaint)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, complaint);
      return FALSE;
    }
  g_autoptr (BmnAccountLevers) levers = bmn_account_levers_new ();
  levers->half_life = half_life;
  levers->diversity = diversity;
  levers->never_hours = never_hours;
  Change change = { .account_id = account_id, .levers = levers };
  return bmn_store_write (bmn_session_get_store (self), write_settings, &change, error);
}
