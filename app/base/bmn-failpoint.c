#include "bmn-failpoint.h"

#include <signal.h>

static const char *const failpoint_names[] = {
  /* The publisher's steps. */
  "publish-claimed",
  "publish-attempt",
  "publish-sent",
  "publish-outcome",
  "readback-attempt",
  "readback-done",
  "readback-outcome",
  "publish-finished",
  /* The Website's, each after the step it names. */
  "website-media",
  "website-page",
  "website-atom",
  "website-json",
  "website-done",
  /* Bluesky's. */
  "bluesky-drafted",
  "bluesky-tokens-rotated",
  "bluesky-tokens-stored",
  /* An import's, after each batch. */
  "import-batch",
  /* A sync's: a page or counts are read, and are stored with the place they lead to. */
  "sync-read",
  "sync-stored",
  NULL,
};

typedef struct
{
  char *name; /* (owned) */
  gint64 passing;
} BmnFailpointWish;

static gboolean
parse_wish (const char *text, BmnFailpointWish *wish)
{
  g_auto (GStrv) words = g_strsplit (text, ":", 2);
  wish->passing = 1;
  if (!words[0] || !g_strv_contains (failpoint_names, words[0]))
    return FALSE;
  wish->name = g_strdup (words[0]);
  return !words[1] || g_ascii_string_to_signed (words[1], 10, 1, G_MAXINT, &wish->passing, NULL);
}

/* Read once: the wish belongs to the process and outlives it. */
static const BmnFailpointWish *
get_wish (void)
{
  static BmnFailpointWish *wish = NULL;
  static gsize ready = 0;
  if (g_once_init_enter (&ready))
    {
      const char *text = g_getenv ("BELLMAN_FAILPOINT");
      if (text && *text)
        {
          wish = g_new0 (BmnFailpointWish, 1);
          if (!parse_wish (text, wish))
            g_error ("BELLMAN_FAILPOINT=%s names no failpoint", text);
        }
      g_once_init_leave (&ready, 1);
    }
  return wish;
}

void
bmn_failpoint (const char *name)
{
  static int passings = 0;
  const BmnFailpointWish *wish = get_wish ();
  if (!wish || !g_str_equal (wish->name, name))
    return;
  if (g_atomic_int_add (&passings, 1) + 1 == wish->passing)
    raise (SIGKILL);
}

const char *const *
bmn_failpoint_names (void)
{
  return failpoint_names;
}
