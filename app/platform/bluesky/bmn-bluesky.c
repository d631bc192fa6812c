#include "bmn-bluesky-private.h"
#include "bmn-bluesky-record-private.h"
#include "bmn-text-count.h"
#include "bmn-text-dialect.h"
#include "bmn-tid-private.h"

#include <glib/gi18n-lib.h>

/* The PDS takes at most so many writes at once. */
#define MAX_PARTS 200
#define MAX_IMAGES 4

/* What we can decode; what is sent is JPEG or PNG. */
static const char *const picture_types[] = { "image/jpeg", "image/png", "image/gif", NULL };

struct _BmnBluesky
{
  BmnPlatform parent_instance;
  BmnLimits *limits;        /* (owned) */
  BmnBlueskyClient *client; /* (owned) (nullable) until it is needed */
  gint64 last_key_time;
};

G_DEFINE_FINAL_TYPE_WITH_CODE (BmnBluesky,
                               bmn_bluesky,
                               BMN_TYPE_PLATFORM,
                               G_IMPLEMENT_INTERFACE (BMN_TYPE_PLATFORM_READER,
                                                      bmn_bluesky_reader_iface_init))

const BmnInput bmn_bluesky_inputs[] = {
  { "handle", BMN_INPUT_TEXT, TRUE, N_ ("Your handle, such as shop.bsky.social") },
  { "app-password", BMN_INPUT_SECRET, FALSE,
    N_ ("App password: lasts until you delete it, best for posting on schedule") },
  { "oauth", BMN_INPUT_FLAG, FALSE,
    N_ ("Sign in with the browser instead, again every two weeks") },
  { "service", BMN_INPUT_URL, FALSE, N_ ("Your server, where it is not bsky.social") },
  { "no-link-cards", BMN_INPUT_FLAG, FALSE,
    N_ ("Do not read the pages that posts link to, to show a preview of them") },
  { NULL },
};

/*
 * The account.
 */

const char *
bmn_bluesky_get_did (BmnBluesky *self)
{
  return bmn_account_get_setting (bmn_platform_get_account (BMN_PLATFORM (self)), "did");
}

BmnBlueskyClient *
bmn_bluesky_get_client (BmnBluesky *self, GError **error)
{
  BmnPlatform *platform = BMN_PLATFORM (self);
  const BmnAccount *account = bmn_platform_get_account (platform);
  const char *pds = bmn_account_get_setting (account, "pds");
  if (!self->client && pds && bmn_bluesky_get_did (self))
    self->client = bmn_bluesky_client_new (bmn_platform_get_http (platform),
                                           bmn_platform_get_host (platform), pds, account->id);
  if (!self->client)
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_AUTH_EXPIRED,
                         _ ("This account is not signed in. Remove it and add it again."));
  return self->client;
}

char *
bmn_bluesky_make_url (BmnBluesky *self, const char *uri)
{
  g_auto (GStrv) words = bmn_at_uri_parse (uri);
  const char *handle = bmn_platform_get_account (BMN_PLATFORM (self))->handle;
  if (!words)
    return NULL;
  /* An own post is best known by the handle; it leads there by the identifier as well. */
  const gboolean own = handle && g_strcmp0 (words[0], bmn_bluesky_get_did (self)) == 0;
  return g_strdup_printf ("https://bsky.app/profile/%s/post/%s",
                          own ? handle + (*handle == '@') : words[0], words[2]);
}

BmnBlueskyClient *
bmn_bluesky_take_client (BmnPlatform *platform, GTask *task)
{
  GError *error = NULL;
  BmnBlueskyClient *client = bmn_bluesky_get_client (BMN_BLUESKY (platform), &error);
  if (!client)
    g_task_return_error (task, error);
  return client;
}

void
bmn_bluesky_drop_client (BmnBluesky *self)
{
  g_clear_object (&self->client);
}

/*
 * What it can do.
 */

/* The first 53 bits of a key are its time: later posts sort after earlier ones, also where the
 * clock stood still or went back. */
static char *
bmn_bluesky_make_key (BmnPlatform *platform)
{
  BmnBluesky *self = BMN_BLUESKY (platform);
  BmnPlatformHost *host = bmn_platform_get_host (platform);
  gint64 now = host ? bmn_platform_host_now (host) : g_get_real_time ();
  self->last_key_time = MAX (now, self->last_key_time + 1);
  return bmn_tid_new (self->last_key_time, (guint)g_random_int_range (0, BMN_TID_MAX_CLOCK + 1));
}

static gboolean
validate_text (BmnBluesky *self, const BmnPost *post, GPtrArray *parts, guint index, GError **error)
{
  g_autofree char *text = bmn_bluesky_text_of_part (post, parts, index);
  BmnTextCount count;
  if (!g_utf8_validate (text, -1, NULL) || !bmn_text_count (text, self->limits, &count, NULL)
      || count.fits)
    return TRUE;
  if (count.length > self->limits->max_length)
    g_set_error (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                 ngettext ("The text is %zu character too long for Bluesky, which takes 300. "
                           "Shorten it or split it into a thread.",
                           "The text is %zu characters too long for Bluesky, which takes 300. "
                           "Shorten it or split it into a thread.",
                           count.length - self->limits->max_length),
                 count.length - self->limits->max_length);
  else
    g_set_error_literal (error, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                         _ ("The text has few characters but too many bytes for Bluesky, which "
                            "takes 3000. Use fewer emoji or split it into a thread."));
  return FALSE;
}

static gboolean
bmn_bluesky_validate (BmnPlatform *platform, const BmnPost *post, GPtrArray *parts, GError **error)
{
  BmnBluesky *self = BMN_BLUESKY (platform);
  if (!BMN_PLATFORM_CLASS (bmn_bluesky_parent_class)->validate (platform, post, parts, error))
    return FALSE;
  for (guint i = 0; i < parts->len; i++)
    if (!validate_text (self, post, parts, i, error))
      return FALSE;
  return TRUE;
}

static const BmnCapabilities *
bmn_bluesky_get_capabilities (BmnPlatform *platform)
{
  static const BmnCapabilities capabilities = {
    .idempotency = BMN_IDEMPOTENCY_RECORD_KEY,
    .needs_network = TRUE,
    .request_life = 120,
    .whole_thread = TRUE,
    .can_read_back = TRUE,
    .can_remove = TRUE,
    .has_counts = TRUE,
    .has_content_warning = TRUE,
    .has_language = TRUE,
  };
  return &capabilities;
}

static const BmnLimits *
bmn_bluesky_get_limits (BmnPlatform *platform)
{
  return BMN_BLUESKY (platform)->limits;
}

static void
bmn_bluesky_finalize (GObject *object)
{
  BmnBluesky *self = BMN_BLUESKY (object);
  bmn_limits_free (self->limits);
  g_clear_object (&self->client);
  G_OBJECT_CLASS (bmn_bluesky_parent_class)->finalize (object);
}

static void
bmn_bluesky_class_init (BmnBlueskyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_bluesky_finalize;
  BmnPlatformClass *platform_class = BMN_PLATFORM_CLASS (klass);
  platform_class->get_capabilities = bmn_bluesky_get_capabilities;
  platform_class->get_limits = bmn_bluesky_get_limits;
  platform_class->make_key = bmn_bluesky_make_key;
  platform_class->validate = bmn_bluesky_validate;
  platform_class->sign_in = bmn_bluesky_sign_in;
  platform_class->sign_out = bmn_bluesky_sign_out;
  platform_class->check = bmn_bluesky_check;
  platform_class->publish = bmn_bluesky_publish;
  platform_class->read_back = bmn_bluesky_read_back;
  platform_class->remove = bmn_bluesky_remove;
}

static void
bmn_bluesky_init (BmnBluesky *self)
{
  self->limits = bmn_text_default_limits (BMN_TEXT_DIALECT_BLUESKY);
  self->limits->max_media = MAX_IMAGES;
  self->limits->max_parts = MAX_PARTS;
  self->limits->mime_types = g_strdupv ((char **)picture_types);
}
