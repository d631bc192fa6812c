#include "bmn-mastodon-status-private.h"

#include <glib/gi18n-lib.h>

const char *
bmn_mastodon_visibility_to_word (BmnVisibility visibility)
{
  switch (visibility)
    {
    case BMN_VISIBILITY_PUBLIC:
      return "public";
    case BMN_VISIBILITY_UNLISTED:
      return "unlisted";
    case BMN_VISIBILITY_FOLLOWERS:
      return "private";
    case BMN_VISIBILITY_DIRECT:
      return "direct";
    case BMN_VISIBILITY_DEFAULT:
      break;
    }
  return NULL;
}

/* Returns: (transfer full) (nullable): */
static char *
describe_visibility (const char *wanted, const char *found)
{
  static const struct
  {
    const char *word;
    const char *message;
  } messages[] = {
    { "public", N_ ("The server made this post public: everybody can see it.") },
    { "unlisted", N_ ("The server made this post unlisted: everybody can see it, but it is not in "
                      "public timelines.") },
    { "private", N_ ("The server shows this post to followers alone.") },
    { "direct", N_ ("The server shows this post only to those whom it mentions.") },
  };
  if (!wanted || !found || g_str_equal (wanted, found))
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (messages); i++)
    if (g_str_equal (messages[i].word, found))
      return g_strdup (_ (messages[i].message));
  /* Translators: %s is the server's own word for who sees a post. */
  return g_strdup_printf (_ ("The server shows this post to others than you chose (“%s”)."), found);
}

char *
bmn_mastodon_status_describe_changes (const BmnMastodonStatus *status,
                                      const BmnPublishRequest *request)
{
  const BmnPart *part = request->parts->pdata[request->part];
  const char *warning = request->post->content_warning;
  g_autoptr (GPtrArray) changes = g_ptr_array_new_with_free_func (g_free);
  char *visibility = describe_visibility (
      bmn_mastodon_visibility_to_word (request->post->visibility), status->visibility);
  if (visibility)
    g_ptr_array_add (changes, visibility);
  if (!bmn_mastodon_texts_are_equal (status->warning, warning ? warning : ""))
    g_ptr_array_add (changes, g_strdup (_ ("The server shows another content warning than you "
                                           "wrote.")));
  if (!bmn_mastodon_texts_are_equal (status->text, part->text))
    g_ptr_array_add (changes, g_strdup (_ ("The server changed the text of this post.")));
  if (changes->len == 0)
    return NULL;
  g_ptr_array_add (changes, NULL);
  return g_strjoinv ("\n", (char **)changes->pdata);
}
