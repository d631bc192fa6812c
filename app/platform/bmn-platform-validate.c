#include "bmn-platform-validate-private.h"
#include "bmn-platform-error.h"
#include "bmn-text-count.h"

#include <glib/gi18n-lib.h>

static gboolean reject (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

static gboolean
reject (GError **error, const char *format, ...)
{
  va_list args;
  va_start (args, format);
  GError *rejected
      = g_error_new_valist (BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED, format, args);
  va_end (args);
  g_propagate_error (error, rejected);
  return FALSE;
}

/* @max: 0 for no limit. A file's name is never part of a message: it is the store's own. */
static gboolean
check_media_size (const BmnMedia *media, gint64 max, GError **error)
{
  if (max == 0 || media->size <= max)
    return TRUE;
  g_autofree char *size = g_format_size (media->size);
  g_autofree char *most = g_format_size (max);
  return reject (error,
                 /* Translators: both %s are sizes such as “4.2 MB”. */
                 _ ("A file of %s is attached, but this account takes at most %s. Make it smaller "
                    "or remove it."),
                 size, most);
}

static gboolean
check_media (const BmnLimits *limits, const BmnMedia *media, GError **error)
{
  if (limits->mime_types
      && !(media->mime_type
           && g_strv_contains ((const char *const *)limits->mime_types, media->mime_type)))
    return reject (error,
                   /* Translators: %s is a file type such as image/tiff. */
                   _ ("This account does not take files of type %s. Convert the file or remove "
                      "it."),
                   media->mime_type ? media->mime_type : "application/octet-stream");
  gsize alt_length = media->alt ? g_utf8_strlen (media->alt, -1) : 0;
  if (limits->max_alt_length > 0 && alt_length > limits->max_alt_length)
    return reject (error,
                   ngettext ("A picture's description has %zu characters, but this account takes "
                             "at most %zu. Shorten it.",
                             "A picture's description has %zu characters, but this account takes "
                             "at most %zu. Shorten it.",
                             limits->max_alt_length),
                   alt_length, limits->max_alt_length);
  if (media->mime_type && g_str_has_prefix (media->mime_type, "video/"))
    return check_media_size (media, limits->max_video_bytes, error);
  if (media->mime_type && g_str_has_prefix (media->mime_type, "image/"))
    return check_media_size (media, limits->max_image_bytes, error);
  return TRUE;
}

static gboolean
check_length (const BmnLimits *limits, const char *text, GError **error)
{
  BmnTextCount count;
  if (!bmn_text_count (text, limits, &count, NULL))
    return reject (error, _ ("The text is not valid UTF-8. Save it as UTF-8 and try again."));
  if (limits->max_length > 0 && count.length > limits->max_length)
    return reject (error,
                   ngettext ("The text is %zu long, as this platform counts, but the account takes "
                             "at most %zu. Shorten it or split it into a thread.",
                             "The text is %zu long, as this platform counts, but the account takes "
                             "at most %zu. Shorten it or split it into a thread.",
                             limits->max_length),
                   count.length, limits->max_length);
  if (limits->max_bytes > 0 && count.bytes > limits->max_bytes)
    return reject (error,
                   ngettext ("The text has %zu bytes, but this account takes at most %zu. Shorten "
                             "it or split it into a thread.",
                             "The text has %zu bytes, but this account takes at most %zu. Shorten "
                             "it or split it into a thread.",
                             limits->max_bytes),
                   count.bytes, limits->max_bytes);
  return TRUE;
}

static gboolean
check_part (const BmnLimits *limits, const BmnPart *part, GError **error)
{
  if (!check_length (limits, part->text, error))
    return FALSE;
  if (part->media->len > 0 && limits->max_media == 0)
    return reject (error, _ ("This account cannot publish files. Remove them."));
  if (part->media->len > limits->max_media)
    return reject (error,
                   ngettext ("This account takes at most %u file in a post. Remove the others.",
                             "This account takes at most %u files in a post. Remove the others.",
                             limits->max_media),
                   limits->max_media);
  for (guint i = 0; i < part->media->len; i++)
    if (!check_media (limits, part->media->pdata[i], error))
      return FALSE;
  return TRUE;
}

static gboolean
check_poll (const BmnLimits *limits, const BmnPoll *poll, GError **error)
{
  if (limits->max_poll_options == 0)
    return reject (error, _ ("This account cannot publish polls. Remove the poll."));
  guint n = g_strv_length (poll->options);
  if (n > limits->max_poll_options)
    return reject (error,
                   ngettext ("This account takes at most %u answer in a poll. Remove the others.",
                             "This account takes at most %u answers in a poll. Remove the others.",
                             limits->max_poll_options),
                   limits->max_poll_options);
  for (guint i = 0; i < n && limits->max_poll_option_length > 0; i++)
    if ((gsize)g_utf8_strlen (poll->options[i], -1) > limits->max_poll_option_length)
      return reject (error,
                     ngettext ("An answer of a poll may have at most %zu character. Shorten “%s”.",
                               "An answer of a poll may have at most %zu characters. Shorten "
                               "“%s”.",
                               limits->max_poll_option_length),
                     limits->max_poll_option_length, poll->options[i]);
  return TRUE;
}

gboolean
bmn_platform_validate_limits (const BmnLimits *limits,
                              const BmnPost *post,
                              GPtrArray *parts,
                              GError **error)
{
  if (parts->len == 0)
    return reject (error, _ ("The post is empty. Write something or add a picture."));
  if (limits->max_parts > 0 && parts->len > limits->max_parts)
    return reject (error,
                   ngettext ("This account takes at most %u message in a thread. Shorten it.",
                             "This account takes at most %u messages in a thread. Shorten it.",
                             limits->max_parts),
                   limits->max_parts);
  for (guint i = 0; i < parts->len; i++)
    if (!check_part (limits, parts->pdata[i], error))
      return FALSE;
  return !post->poll || check_poll (limits, post->poll, error);
}

gboolean
bmn_platform_validate_capabilities (const BmnCapabilities *caps,
                                    const BmnPost *post,
                                    GError **error)
{
  gboolean is_private
      = post->visibility == BMN_VISIBILITY_FOLLOWERS || post->visibility == BMN_VISIBILITY_DIRECT;
  if (is_private && !caps->has_visibility)
    return reject (error, _ ("This account shows every post to everybody. Choose a public "
                             "visibility, or leave this account out."));
  if (post->content_warning && *post->content_warning && !caps->has_content_warning)
    return reject (error, _ ("This account has no content warnings. Put the warning into the text, "
                             "or leave this account out."));
  return TRUE;
}
