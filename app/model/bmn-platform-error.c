#include "bmn-platform-error.h"
#include "bmn-nick-private.h"

typedef struct
{
  gint64 retry_at;
} BmnPlatformErrorPrivate;

static void
bmn_platform_error_private_init (BmnPlatformErrorPrivate *priv)
{
  priv->retry_at = 0;
}

static void
bmn_platform_error_private_copy (const BmnPlatformErrorPrivate *source,
                                 BmnPlatformErrorPrivate *copy)
{
  *copy = *source;
}

static void
bmn_platform_error_private_clear (BmnPlatformErrorPrivate *priv)
{
  priv->retry_at = 0;
}

/* This defines bmn_platform_error_quark () as well. */
G_DEFINE_EXTENDED_ERROR (BmnPlatformError, bmn_platform_error)

static const char *const error_nicks[] = { "offline",      "timed-out",       "rate-limited",
                                           "auth-expired", "rejected",        "server",
                                           "bad-reply",    "unknown-outcome", NULL };

const char *
bmn_platform_error_to_nick (BmnPlatformError code)
{
  return bmn_nick_get (error_nicks, code);
}

gboolean
bmn_platform_error_from_nick (const char *nick, BmnPlatformError *code)
{
  int value = bmn_nick_find (error_nicks, nick);
  if (value < 0)
    return FALSE;
  *code = value;
  return TRUE;
}

GError *
bmn_platform_error_new_rate_limited (gint64 retry_at, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  GError *error
      = g_error_new_valist (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_RATE_LIMITED, format, args);
  va_end (args);
  bmn_platform_error_get_private (error)->retry_at = retry_at;
  return error;
}

gint64
bmn_platform_error_get_retry_at (const GError *error)
{
  if (!error || error->domain != BMN_PLATFORM_ERROR)
    return 0;
  return bmn_platform_error_get_private (error)->retry_at;
}
