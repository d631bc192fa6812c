#include "bmn-session-preferences.h"
#include "bmn-preferences-private.h"
#include "bmn-session-private.h"

#include "bmn-settings.h"

/* Names of the settings. Each is left out where it is as in bmn_preferences_new(). */
#define CHECKS_OFF "checks-off"
#define SUGGESTIONS_OFF "suggestions-off"

BmnPreferences *
bmn_preferences_new (void)
{
  return g_new0 (BmnPreferences, 1);
}

void
bmn_preferences_free (BmnPreferences *preferences)
{
  g_free (preferences);
}

/*
 * Sets of kinds, stored as their names with blanks between.
 */

typedef const char *(*NickFunc) (guint kind);

static const char *
get_check_nick (guint kind)
{
  return kind < BMN_N_CHECK_KINDS ? bmn_check_kind_to_nick (kind) : NULL;
}

static const char *
get_suggestion_nick (guint kind)
{
  if (kind == BMN_PREFERENCES_FORECAST)
    return "forecast";
  return kind < BMN_PREFERENCES_FORECAST ? bmn_suggestion_kind_to_nick (kind) : NULL;
}

/* Returns: (transfer full) (nullable): %NULL for the empty set */
static char *
write_set (guint32 set, NickFunc get_nick)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint kind = 0; get_nick (kind); kind++)
    if (set & 1u << kind)
      g_strv_builder_add (builder, get_nick (kind));
  g_auto (GStrv) names = g_strv_builder_end (builder);
  return names[0] ? g_strjoinv (" ", names) : NULL;
}

/* @text: (nullable): A name that a later version knows is passed over. */
static guint32
read_set (const char *text, NickFunc get_nick)
{
  guint32 set = 0;
  g_auto (GStrv) names = g_strsplit (text ? text : "", " ", -1);
  for (guint kind = 0; get_nick (kind); kind++)
    if (g_strv_contains ((const char *const *)names, get_nick (kind)))
      set |= 1u << kind;
  return set;
}

/*
 * Reading and writing.
 */

static gboolean
read_preferences (BmnTransaction *tx, gpointer data, GError **error)
{
  BmnPreferences *preferences = data;
  g_autofree char *checks = NULL;
  g_autofree char *suggestions = NULL;
  if (!bmn_settings_get (tx, CHECKS_OFF, &checks, error)
      || !bmn_settings_get (tx, SUGGESTIONS_OFF, &suggestions, error))
    return FALSE;
  preferences->checks_off = read_set (checks, get_check_nick);
  preferences->suggestions_off = read_set (suggestions, get_suggestion_nick);
  return TRUE;
}

BmnPreferences *
bmn_session_get_preferences (BmnSession *self, GError **error)
{
  g_autoptr (BmnPreferences) preferences = bmn_preferences_new ();
  if (!bmn_store_read (bmn_session_get_store (self), read_preferences, preferences, error))
    return NULL;
  return g_steal_pointer (&preferences);
}

static gboolean
write_preferences (BmnTransaction *tx, gpointer data, GError **error)
{
  const BmnPreferences *preferences = data;
  g_autofree char *checks = write_set (preferences->checks_off, get_check_nick);
  g_autofree char *suggestions = write_set (preferences->suggestions_off, get_suggestion_nick);
  return bmn_settings_set (tx, CHECKS_OFF, checks, error)
         && bmn_settings_set (tx, SUGGESTIONS_OFF, suggestions, error);
}

gboolean
bmn_session_set_preferences (BmnSession *self, const BmnPreferences *preferences, GError **error)
{
  return bmn_store_write (bmn_session_get_store (self), write_preferences, (gpointer)preferences,
                          error);
}

/*
 * What follows from them.
 */

GPtrArray *
bmn_preferences_filter_findings (BmnSession *session, GPtrArray *findings, GError **error)
{
  g_autoptr (GPtrArray) list = findings;
  g_autoptr (BmnPreferences) preferences
      = list ? bmn_session_get_preferences (session, error) : NULL;
  if (!preferences)
    return NULL;
  for (guint i = list->len; i > 0; i--)
    if (preferences->checks_off & 1u << ((BmnFinding *)list->pdata[i - 1])->kind)
      g_ptr_array_remove_index (list, i - 1);
  return g_steal_pointer (&list);
}

/* As where too few posts were counted. */
static void
silence_forecast (BmnForecast *forecast)
{
  forecast->is_ready = forecast->has_interval = FALSE;
  forecast->lift = forecast->expected = forecast->median = forecast->low = forecast->high = 0;
  g_ptr_array_set_size (forecast->reasons, 0);
}

gboolean
bmn_preferences_filter_advice (BmnSession *session, BmnAdvice *advice, GError **error)
{
  g_autoptr (BmnPreferences) preferences = bmn_session_get_preferences (session, error);
  if (!preferences)
    return FALSE;
  guint32 off = preferences->suggestions_off;
  if (off & 1u << BMN_SUGGESTION_HASHTAG)
    g_ptr_array_set_size (advice->hashtags, 0);
  if (off & 1u << BMN_SUGGESTION_EXPERIMENT)
    g_ptr_array_set_size (advice->experiments, 0);
  if (off & 1u << BMN_SUGGESTION_TOPIC)
    g_ptr_array_set_size (advice->topics_due, 0);
  if (off & 1u << BMN_SUGGESTION_TIME)
    g_array_set_size (advice->times, 0);
  if (off & 1u << BMN_PREFERENCES_FORECAST)
    silence_forecast (advice->forecast);
  return TRUE;
}
