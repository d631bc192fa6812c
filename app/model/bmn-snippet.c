#include "bmn-snippet.h"
#include "bmn-nick-private.h"

#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const char *const kind_nicks[] = { "template", "hashtags", NULL };

const char *
bmn_snippet_kind_to_nick (BmnSnippetKind kind)
{
  return bmn_nick_get (kind_nicks, kind);
}

gboolean
bmn_snippet_kind_from_nick (const char *nick, BmnSnippetKind *kind)
{
  int value = bmn_nick_find (kind_nicks, nick);
  if (value < 0)
    return FALSE;
  *kind = value;
  return TRUE;
}

BmnSnippet *
bmn_snippet_new (BmnSnippetKind kind, const char *name, const char *text)
{
  BmnSnippet *snippet = g_new0 (BmnSnippet, 1);
  snippet->kind = kind;
  snippet->name = g_strdup (name);
  snippet->text = g_strdup (text);
  return snippet;
}

BmnSnippet *
bmn_snippet_copy (const BmnSnippet *snippet)
{
  BmnSnippet *copy = bmn_snippet_new (snippet->kind, snippet->name, snippet->text);
  copy->id = snippet->id;
  return copy;
}

void
bmn_snippet_free (BmnSnippet *snippet)
{
  g_free (snippet->name);
  g_free (snippet->text);
  g_free (snippet);
}

/* Returns: (nullable): what is wrong, in words */
static const char *
find_fault (const BmnSnippet *snippet)
{
  if (!snippet->name || !snippet->text || !g_utf8_validate (snippet->name, -1, NULL)
      || !g_utf8_validate (snippet->text, -1, NULL))
    return _ ("The text is not UTF-8. Save it as UTF-8 and try again.");
  if (strspn (snippet->name, " \t") == strlen (snippet->name))
    return _ ("It has no name. Give it one.");
  if (strpbrk (snippet->name, "\r\n"))
    return _ ("The name has more than one line. Write it on one.");
  if (g_utf8_strlen (snippet->name, -1) > BMN_SNIPPET_MAX_NAME)
    return _ ("The name is too long. Choose a shorter one.");
  if (strspn (snippet->text, " \t\r\n") == strlen (snippet->text))
    return _ ("There is no text in it. Write some.");
  if (g_utf8_strlen (snippet->text, -1) > BMN_SNIPPET_MAX_TEXT)
    return _ ("The text is too long. Shorten it.");
  return NULL;
}

gboolean
bmn_snippet_validate (const BmnSnippet *snippet, GError **error)
{
  const char *fault = find_fault (snippet);
  if (fault)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID, fault);
  return fault == NULL;
}
