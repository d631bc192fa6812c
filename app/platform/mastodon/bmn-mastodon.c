#include "bmn-instant.h"
#include "bmn-mastodon-private.h"
#include "bmn-mastodon-reader-private.h"
#include "bmn-picture-private.h"
#include "bmn-platform-validate-private.h"
#include "bmn-segmenter.h"
#include "bmn-text-count.h"

#include <glib/gi18n-lib.h>

/* Mastodon keeps a key for an hour (docs.joinmastodon.org/methods/statuses). */
#define KEY_LIFE 3600

/* A scheduled status must be five minutes ahead (docs.joinmastodon.org/methods/statuses). */
#define SCHEDULE_AHEAD 300

struct _BmnMastodon
{
  BmnOAuth2Platform parent_instance;
  BmnMastodonRules *rules; /* (owned) (nullable) of @rules_text */
  BmnLimits *limits;       /* (owned) (nullable) of @rules */
  char *rules_text;        /* (owned) (nullable) */
  BmnCapabilities capabilities;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnMastodon,
                               bmn_mastodon,
                               BMN_TYPE_OAUTH2_PLATFORM,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_READER,
                                                      bmn_mastodon_reader_init))

const BmnInput bmn_mastodon_inputs[] = {
  { "server", BMN_INPUT_URL, TRUE, N_ ("Address of the server") },
  { "token", BMN_INPUT_SECRET, FALSE, N_ ("A token made in the server's settings") },
  { "oob", BMN_INPUT_FLAG, FALSE, N_ ("Type a code that the browser shows") },
  { "probe", BMN_INPUT_FLAG, FALSE,
    N_ ("Find out whether the server keeps posts from going out twice, by a message that only "
        "you can see and that is deleted at once") },
  { NULL },
};

/*
 * What is known of the server.
 */

const char *
bmn_mastodon_get_fact (BmnMastodon *self, const char *name)
{
  BmnPlatformHost *host = bmn_platform_get_host (BMN_PLATFORM (self));
  return host ? bmn_platform_host_get_fact (host, name) : NULL;
}

void
bmn_mastodon_set_fact (BmnMastodon *self, const char *name, const char *value)
{
  BmnPlatformHost *host = bmn_platform_get_host (BMN_PLATFORM (self));
  if (host)
    bmn_platform_host_set_fact (host, name, value);
}

gint64
bmn_mastodon_now (BmnMastodon *self)
{
  BmnPlatformHost *host = bmn_platform_get_host (BMN_PLATFORM (self));
  return host ? bmn_platform_host_now (host) : g_get_real_time ();
}

void
bmn_mastodon_learn_keys (BmnMastodon *self, gboolean honoured)
{
  g_autofree char *now = bmn_instant_format (bmn_mastodon_now (self));
  g_autofree char *value = g_strdup_printf ("%s %.10s", honoured ? "yes" : "no", now);
  bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_KEYS, value);
}

const BmnMastodonRules *
bmn_mastodon_get_rules (BmnMastodon *self)
{
  const char *text = bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_LIMITS);
  if (self->rules && g_strcmp0 (text, self->rules_text) == 0)
    return self->rules;
  g_clear_pointer (&self->rules, bmn_mastodon_rules_free);
  g_clear_pointer (&self->limits, bmn_limits_free);
  g_free (self->rules_text);
  self->rules_text = g_strdup (text);
  self->rules = bmn_mastodon_rules_new_from_text (text);
  self->limits = bmn_mastodon_rules_to_limits (self->rules);
  return self->rules;
}

/* A number of seconds that an account setting can take the place of; nothing in the program sets
 * one. */
static gint64
get_seconds (BmnMastodon *self, const char *setting, gint64 fallback)
{
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  const char *text = bmn_account_get_setting (account, setting);
  gint64 seconds;
  return text && g_ascii_string_to_signed (text, 10, 1, 24 * 3600, &seconds, NULL) ? seconds
                                                                                   : fallback;
}

gint64
bmn_mastodon_get_request_life (BmnMastodon *self)
{
  return get_seconds (self, "request-life", BMN_MASTODON_REQUEST_LIFE);
}

static const BmnLimits *
bmn_mastodon_get_limits (BmnPlatform *platform)
{
  BmnMastodon *self = BMN_MASTODON (platform);
  bmn_mastodon_get_rules (self);
  return self->limits;
}

static const BmnCapabilities *
bmn_mastodon_get_capabilities (BmnPlatform *platform)
{
  BmnMastodon *self = BMN_MASTODON (platform);
  const char *keys = bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_KEYS);
  const gboolean honoured = keys && g_str_has_prefix (keys, "yes");
  self->capabilities = (BmnCapabilities){
    .idempotency = honoured ? BMN_IDEMPOTENCY_SERVER_KEY : BMN_IDEMPOTENCY_NONE,
    .key_life = honoured ? KEY_LIFE : 0,
    .request_life = bmn_mastodon_get_request_life (self),
    .needs_network = TRUE,
    .can_read_back = TRUE,
    .can_edit = !bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_EDIT),
    .can_remove = TRUE,
    .can_schedule
    = g_strcmp0 (bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_SCHEDULE), "offered") == 0,
    .schedule_ahead = get_seconds (self, "schedule-ahead", SCHEDULE_AHEAD),
    .has_counts = TRUE,
    .has_visibility = TRUE,
    .has_content_warning = TRUE,
    .has_language = TRUE,
    .has_polls = TRUE,
  };
  return &self->capabilities;
}

/*
 * Whether the account would take a post.
 */

static gboolean
reject (GError **error, const char *message)
{
  g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, message);
  return FALSE;
}

/* A content warning counts as part of each status that has it. */
static gboolean
check_length (const BmnLimits *limits, const BmnPost *post, const BmnPart *part, GError **error)
{
  BmnTextCount count;
  gsize n_warning = 0;
  if (!bmn_text_count (part->text, limits, &count, NULL)
      || (post->content_warning
          && !bmn_text_count_graphemes (post->content_warning, &n_warning, NULL)))
    return reject (error, _ ("The text is not valid UTF-8. Save it as UTF-8 and try again."));
  const gsize length = count.length + n_warning;
  if (length <= limits->max_length)
    return TRUE;
  g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
               ngettext ("The text has %zu characters with its content warning, but this account "
                         "takes at most %zu. Shorten it or make it a thread.",
                         "The text has %zu characters with its content warning, but this account "
                         "takes at most %zu. Shorten it or make it a thread.",
                         limits->max_length),
               length, limits->max_length);
  return FALSE;
}

static gboolean
check_poll (const BmnMastodonRules *rules,
            const BmnPost *post,
            const BmnPart *first,
            GError **error)
{
  if (!post->poll)
    return TRUE;
  if (first->media->len > 0)
    return reject (error, _ ("A post on this account has either a poll or files. Remove one."));
  if (g_strv_length (post->poll->options) < 2)
    return reject (error, _ ("A poll needs at least two answers. Add one."));
  if (post->poll->duration < rules->poll_min || post->poll->duration > rules->poll_max)
    {
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: both numbers are numbers of minutes. */
                   _ ("A poll on this account is open for %d to %d minutes. Change its duration."),
                   (int)(rules->poll_min / 60), (int)(rules->poll_max / 60));
      return FALSE;
    }
  return TRUE;
}

static gboolean
is_picture (const BmnMedia *medium)
{
  return medium->mime_type && g_str_has_prefix (medium->mime_type, "image/");
}

/* Every picture is recoded, so one that cannot be read cannot go out, whatever the server takes. */
static gboolean
check_pictures (const BmnPart *part, GError **error)
{
  for (guint i = 0; i < part->media->len; i++)
    {
      const BmnMedia *medium = part->media->pdata[i];
      if (!is_picture (medium) || bmn_picture_can_read (medium->mime_type))
        continue;
      g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                   /* Translators: %s is a file type such as image/heic. */
                   _ ("This computer cannot read pictures of type %s. Convert the picture to JPEG "
                      "or PNG and add it again."),
                   medium->mime_type);
      return FALSE;
    }
  return TRUE;
}

static gboolean
takes (const BmnLimits *limits, const char *mime_type)
{
  return g_strv_contains ((const char *const *)limits->mime_types, mime_type);
}

/* Pictures that are too large, or of a type that the server does not take, are recoded. */
static BmnLimits *
relax_for_pictures (const BmnLimits *limits, GPtrArray *parts)
{
  BmnLimits *relaxed = bmn_limits_copy (limits);
  relaxed->max_image_bytes = 0;
  if (!limits->mime_types || !(takes (limits, "image/jpeg") || takes (limits, "image/png")))
    return relaxed;
  g_autoptr (GStrvBuilder) types = g_strv_builder_new ();
  g_strv_builder_addv (types, (const char **)relaxed->mime_types);
  for (guint i = 0; i < parts->len; i++)
    {
      GPtrArray *media = ((BmnPart *)parts->pdata[i])->media;
      for (guint j = 0; j < media->len; j++)
        if (is_picture (media->pdata[j]))
          g_strv_builder_add (types, ((BmnMedia *)media->pdata[j])->mime_type);
    }
  g_strfreev (relaxed->mime_types);
  relaxed->mime_types = g_strv_builder_end (types);
  return relaxed;
}

static gboolean
bmn_mastodon_validate (BmnPlatform *platform, const BmnPost *post, GPtrArray *parts, GError **error)
{
  const BmnMastodonRules *rules = bmn_mastodon_get_rules (BMN_MASTODON (platform));
  const BmnLimits *limits = bmn_mastodon_get_limits (platform);
  g_autoptr (BmnLimits) relaxed = relax_for_pictures (limits, parts);
  if (!bmn_platform_validate_limits (relaxed, post, parts, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!check_length (limits, post, parts->pdata[i], error)
        || !check_pictures (parts->pdata[i], error))
      return FALSE;
  return check_poll (rules, post, parts->pdata[0], error);
}

/*
 * The object.
 */

static void
bmn_mastodon_finalize (GObject *object)
{
  BmnMastodon *self = BMN_MASTODON (object);
  g_clear_pointer (&self->rules, bmn_mastodon_rules_free);
  g_clear_pointer (&self->limits, bmn_limits_free);
  g_free (self->rules_text);
  G_OBJECT_CLASS (bmn_mastodon_parent_class)->finalize (object);
}

static void
bmn_mastodon_class_init (BmnMastodonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_mastodon_finalize;
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->get_capabilities = bmn_mastodon_get_capabilities;
  platform_class->get_limits = bmn_mastodon_get_limits;
  platform_class->validate = bmn_mastodon_validate;
  platform_class->sign_in = bmn_mastodon_sign_in;
  platform_class->sign_out = bmn_oauth2_platform_sign_out;
  platform_class->check = bmn_mastodon_check;
  platform_class->publish = bmn_mastodon_publish;
  platform_class->read_back = bmn_mastodon_read_back;
  platform_class->edit = bmn_mastodon_edit;
  platform_class->remove = bmn_mastodon_remove;
  BmnOAuth2PlatformClass *oauth2_class = BMN_OAUTH2_PLATFORM_CLASS (klass);
  oauth2_class->find_client = bmn_mastodon_find_client;
  oauth2_class->signed_in = bmn_mastodon_signed_in;
}

static void
bmn_mastodon_init (BmnMastodon *self)
{
}
