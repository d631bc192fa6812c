#include "bmn-csv-guess-private.h"
#include "bmn-error.h"
#include "bmn-import.h"
#include "bmn-import-source-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_SIZE (64 * 1024)

/* Whether @head has @text in it. */
static gboolean
has (const GByteArray *head, const char *text)
{
  return memmem (head->data, head->len, text, strlen (text)) != NULL;
}

/* A CAR begins with the length of a CBOR map of `roots` and `version`. */
static gboolean
is_car (const GByteArray *head)
{
  const gsize length = MIN (head->len, 128);
  return length > 16 && memmem (head->data, length, "\x65roots", 6)
         && memmem (head->data, length, "\x67version\x01", 9);
}

static gboolean
looks_like_json (const GByteArray *head)
{
  for (guint i = 0; i < head->len; i++)
    if (!g_ascii_isspace (head->data[i]) && !strchr ("\xef\xbb\xbf", head->data[i]))
      return head->data[i] == '{' || head->data[i] == '[';
  return FALSE;
}

static BmnImportFormat
detect_head (const GByteArray *head)
{
  if (is_car (head))
    return BMN_IMPORT_FORMAT_BLUESKY;
  if (has (head, "window.YTD.tweet"))
    return BMN_IMPORT_FORMAT_X;
  if (!looks_like_json (head))
    return BMN_IMPORT_FORMAT_CSV;
  if (has (head, "bellman-history"))
    return BMN_IMPORT_FORMAT_BELLMAN;
  if (has (head, "\"orderedItems\"") || has (head, "\"OrderedCollection\""))
    return BMN_IMPORT_FORMAT_MASTODON;
  return has (head, "\"full_text\"") ? BMN_IMPORT_FORMAT_X : BMN_IMPORT_FORMAT_GUESS;
}

static GByteArray *
read_head (BmnImportSource *source, GError **error)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();
  guint8 piece[4096];
  gssize n = 1;
  while (n > 0 && head->len < HEAD_SIZE)
    {
      n = bmn_import_source_read (source, piece, sizeof piece, error);
      g_byte_array_append (head, piece, MAX (n, 0));
    }
  return n >= 0 ? g_steal_pointer (&head) : NULL;
}

static BmnImportFormat
detect_member (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  if (g_str_equal (name, "outbox.json"))
    return BMN_IMPORT_FORMAT_MASTODON;
  if (g_str_equal (name, "tweets.js") || g_str_equal (name, "tweet.js"))
    return BMN_IMPORT_FORMAT_X;
  return BMN_IMPORT_FORMAT_GUESS;
}

static gboolean
detect_file (BmnImportSource *source, BmnImportFormat *format, GError **error)
{
  g_autoptr (GByteArray) head = read_head (source, error);
  if (head)
    *format = detect_head (head);
  return head != NULL;
}

/* Looks at the names in an archive, or at the head of a file. @format: GUESS where neither
 * tells. */
static gboolean
detect (const char *path, BmnImportFormat *format, GError **error)
{
  g_autoptr (BmnImportSource) source = bmn_import_source_open (path, error);
  GError *failure = NULL;
  const char *member;
  *format = BMN_IMPORT_FORMAT_GUESS;
  if (!source)
    return FALSE;
  while (*format == BMN_IMPORT_FORMAT_GUESS && (member = bmn_import_source_next (source, &failure)))
    if (!bmn_import_source_is_archive (source))
      return detect_file (source, format, error);
    else
      *format = detect_member (member);
  if (!failure)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

gboolean
bmn_import_find_out (const char *path,
                     const BmnAccount *account,
                     BmnImportPlan *plan,
                     GError **error)
{
  if (plan->format == BMN_IMPORT_FORMAT_GUESS && !detect (path, &plan->format, error))
    return FALSE;
  if (plan->format == BMN_IMPORT_FORMAT_CSV)
    return bmn_csv_guess (path, account, plan, error);
  if (plan->format != BMN_IMPORT_FORMAT_GUESS)
    return TRUE;
  g_autofree char *name = g_filename_display_basename (path);
  g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
               _ ("“%s” is no export that Bellman knows: an archive of Mastodon or X, a Bluesky "
                  "repository (.car), a table (.csv) or its own history file."),
               name);
  return FALSE;
}
