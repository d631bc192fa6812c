#include "bmn-post.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>

BmnPost *
bmn_post_new (void)
{
  BmnPost *post = g_new0 (BmnPost, 1);
  post->parts = bmn_parts_new ();
  post->revision = 1;
  return post;
}

BmnPost *
bmn_post_copy (const BmnPost *post)
{
  BmnPost *copy = g_memdup2 (post, sizeof *post);
  copy->parts = bmn_parts_copy (post->parts);
  copy->title = g_strdup (post->title);
  copy->language = g_strdup (post->language);
  copy->content_warning = g_strdup (post->content_warning);
  copy->poll = bmn_poll_copy (post->poll);
  copy->tags = g_strdupv (post->tags);
  copy->note = g_strdup (post->note);
  copy->recurrence = g_strdup (post->recurrence);
  return copy;
}

void
bmn_post_free (BmnPost *post)
{
  g_ptr_array_unref (post->parts);
  g_free (post->title);
  g_free (post->language);
  g_free (post->content_warning);
  g_clear_pointer (&post->poll, bmn_poll_free);
  g_strfreev (post->tags);
  g_free (post->note);
  g_free (post->recurrence);
  g_free (post);
}

static gboolean
invalid (GError **error, const char *message)
{
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, message);
  return FALSE;
}

/* Media can stand alone, blanks cannot. */
static gboolean
is_blank (const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  return stripped[0] == '\0';
}

static gboolean
validate_part (const BmnPart *part, GError **error)
{
  if (!g_utf8_validate (part->text, -1, NULL))
    return invalid (error, _ ("The text is not valid UTF-8. Save it as UTF-8 and try again."));
  if (part->media->len == 0 && is_blank (part->text))
    return invalid (
        error,
        _ ("A part of the post has neither text nor media. Write something or remove the part."));
  for (guint i = 0; i < part->media->len; i++)
    {
      const BmnMedia *media = part->media->pdata[i];
      if (media->alt && !g_utf8_validate (media->alt, -1, NULL))
        return invalid (error, _ ("The description of a picture is not valid UTF-8."));
    }
  return TRUE;
}

gboolean
bmn_post_validate (const BmnPost *post, GError **error)
{
  if (post->parts->len == 0)
    return invalid (error, _ ("The post is empty. Write something or add a picture."));
  for (guint i = 0; i < post->parts->len; i++)
    if (!validate_part (post->parts->pdata[i], error))
      return FALSE;
  if (post->content_warning && !g_utf8_validate (post->content_warning, -1, NULL))
    return invalid (error, _ ("The content warning is not valid UTF-8."));
  if (!post->poll)
    return TRUE;
  if (g_strv_length (post->poll->options) < 2)
    return invalid (error, _ ("A poll needs at least two answers."));
  for (guint i = 0; post->poll->options[i]; i++)
    if (post->poll->options[i][0] == '\0')
      return invalid (error, _ ("An answer of the poll is empty."));
  return TRUE;
}

char *
bmn_post_excerpt (const BmnPost *post, gsize max_chars)
{
  if (post->parts->len == 0)
    return g_strdup ("");
  const BmnPart *part = post->parts->pdata[0];
  g_autoptr (GString) line = g_string_new (NULL);
  gsize n = 0;
  gboolean blank = FALSE;
  for (const char *p = part->text; *p; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      if (g_unichar_isspace (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (n + blank >= max_chars)
        {
          g_string_append (line, "…");
          break;
        }
      if (blank)
        g_string_append_c (line, ' ');
      g_string_append_unichar (line, c);
      n += 1 + blank;
      blank = FALSE;
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}
