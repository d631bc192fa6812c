#include "bmn-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <unicode/uspoof.h>

/* Shorter names differ by a letter without meaning to. */
#define LEAST_LETTERS 5
#define LONG_NAME 10
#define LONGEST_NAME 128

/* No honest part mentions more. */
#define MOST_MENTIONS 50

/* The name without its server: "bbc" of "bbc@example.social", "bbc" of "bbc.example.com". */
static char *
local_name (const char *handle)
{
  g_autofree char *name = g_strndup (handle, strcspn (handle, "@."));
  return g_utf8_casefold (name, -1);
}

/* What the name looks like, by Unicode's table of confusable characters (UTS 39). */
static char *
skeleton_of (const USpoofChecker *checker, const char *name)
{
  UErrorCode status = U_ZERO_ERROR;
  char buffer[512];
  int32_t length
      = uspoof_getSkeletonUTF8 (checker, 0, name, -1, buffer, (int32_t)sizeof buffer, &status);
  return U_SUCCESS (status) ? g_strndup (buffer, (gsize)length) : g_strdup (name);
}

/* Letters to add, drop, change or swap with their neighbour (optimal string alignment). */
static guint
edit_distance (const char *a, const char *b)
{
  glong n, m;
  g_autofree gunichar *x = g_utf8_to_ucs4_fast (a, -1, &n);
  g_autofree gunichar *y = g_utf8_to_ucs4_fast (b, -1, &m);
  gsize width = (gsize)m + 1;
  g_autofree guint *cost = g_new (guint, ((gsize)n + 1) * width);
  for (gsize i = 0; i <= (gsize)n; i++)
    for (gsize j = 0; j <= (gsize)m; j++)
      {
        guint *here = &cost[i * width + j];
        if (i == 0 || j == 0)
          {
            *here = (guint)(i + j);
            continue;
          }
        guint change = here[-(gssize)width - 1] + (x[i - 1] != y[j - 1]);
        *here = MIN (change, MIN (here[-1], here[-(gssize)width]) + 1);
        if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
          *here = MIN (*here, cost[(i - 2) * width + j - 2] + 1);
      }
  return cost[(gsize)n * width + (gsize)m];
}

/* What one handle is compared by. */
typedef struct
{
  const char *handle;
  char *name;
  char *skeleton;
} Name;

static Name *
name_new (const USpoofChecker *checker, const char *handle)
{
  Name *name = g_new0 (Name, 1);
  name->handle = handle;
  name->name = local_name (handle);
  name->skeleton = skeleton_of (checker, name->name);
  return name;
}

static void
name_free (Name *name)
{
  g_free (name->name);
  g_free (name->skeleton);
  g_free (name);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Name, name_free)

typedef enum
{
  UNLIKE,
  SAME_NAME,
  CLOSE,
  CONFUSABLE,
} Likeness;

static Likeness
compare (const Name *mention, const Name *known)
{
  if (g_str_equal (mention->name, known->name))
    return SAME_NAME;
  if (g_str_equal (mention->skeleton, known->skeleton))
    return CONFUSABLE;
  glong a = g_utf8_strlen (mention->name, -1);
  glong b = g_utf8_strlen (known->name, -1);
  glong shorter = MIN (a, b);
  guint most = shorter >= LONG_NAME ? 2 : 1;
  if (shorter < LEAST_LETTERS || MAX (a, b) > LONGEST_NAME || MAX (a, b) - shorter > (glong)most)
    return UNLIKE;
  return edit_distance (mention->skeleton, known->skeleton) <= most ? CLOSE : UNLIKE;
}

/* The known handle that @mention resembles most; %NULL where it is known or like none. */
static const char *
find_original (GPtrArray *known, const Name *mention, Likeness *likeness)
{
  const char *original = NULL;
  *likeness = UNLIKE;
  for (guint i = 0; i < known->len; i++)
    {
      const Name *name = known->pdata[i];
      if (g_ascii_strcasecmp (name->handle, mention->handle) == 0)
        return NULL;
      Likeness found = compare (mention, name);
      if (found <= *likeness)
        continue;
      *likeness = found;
      original = name->handle;
    }
  return original;
}

/* @stranger: what is dubious of it, maybe nothing. Returns: (transfer full) */
static char *
describe (const char *mention, const char *original, const BmnStranger *stranger)
{
  if (stranger->is_new && stranger->has_no_avatar)
    return g_strdup_printf (_ ("@%s looks like @%s, whom you know, and the account is new and has "
                               "no picture. It may be an imitation."),
                            mention, original);
  if (stranger->is_new)
    return g_strdup_printf (_ ("@%s looks like @%s, whom you know, and the account is new. It may "
                               "be an imitation."),
                            mention, original);
  if (stranger->has_no_avatar)
    return g_strdup_printf (_ ("@%s looks like @%s, whom you know, and the account has no "
                               "picture. It may be an imitation."),
                            mention, original);
  return g_strdup_printf (_ ("@%s looks like @%s, whom you know. Make sure that you mean this "
                             "account."),
                          mention, original);
}

static void
check_mention (BmnCheckRun *run,
               const BmnCheckPart *part,
               GPtrArray *known,
               const USpoofChecker *checker,
               const BmnEntity *mention)
{
  Likeness likeness;
  g_autoptr (Name) name = name_new (checker, mention->text);
  const char *original = find_original (known, name, &likeness);
  if (!original)
    return;
  BmnStranger stranger = { FALSE, FALSE };
  gboolean dubious
      = run->context->look_up_stranger
        && run->context->look_up_stranger (mention->text, &stranger, run->context->user_data)
        && (stranger.is_new || stranger.has_no_avatar);
  /* The same name on another server is common and usually honest. */
  if (likeness == SAME_NAME && !dubious)
    return;
  BmnSeverity severity
      = likeness == CONFUSABLE || dubious ? BMN_SEVERITY_WARNING : BMN_SEVERITY_INFO;
  BmnFinding *finding
      = bmn_check_run_add (run, part, BMN_CHECK_LOOKALIKE, severity, mention->byte_start,
                           mention->byte_end, describe (mention->text, original, &stranger));
  g_autofree char *replacement = g_strconcat ("@", original, NULL);
  /* Translators: a button that replaces a mention by the account the user knows */
  bmn_finding_set_replacement (finding, _ ("Mention the Known One"), replacement);
}

void
bmn_check_mentions (BmnCheckRun *run, const BmnCheckPart *part)
{
  if (!run->context->known)
    return;
  UErrorCode status = U_ZERO_ERROR;
  USpoofChecker *checker = uspoof_open (&status);
  if (U_FAILURE (status))
    return;
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func ((GDestroyNotify)name_free);
  guint looked_at = 0;
  for (guint i = 0; i < part->entities->len && looked_at < MOST_MENTIONS; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind != BMN_ENTITY_MENTION)
        continue;
      for (gsize j = 0; looked_at == 0 && run->context->known[j]; j++)
        g_ptr_array_add (known, name_new (checker, run->context->known[j]));
      looked_at++;
      check_mention (run, part, known, checker, entity);
    }
  uspoof_close (checker);
}
