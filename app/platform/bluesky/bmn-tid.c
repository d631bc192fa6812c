#include "bmn-tid-private.h"

static const char letters[] = "234567abcdefghijklmnopqrstuvwxyz";

#define CLOCK_BITS 10

char *
bmn_tid_new (gint64 time, guint clock)
{
  g_return_val_if_fail (time >= 0 && time < (G_GINT64_CONSTANT (1) << 53), NULL);
  g_return_val_if_fail (clock <= BMN_TID_MAX_CLOCK, NULL);
  guint64 bits = (guint64)time << CLOCK_BITS | clock;
  char tid[BMN_TID_LENGTH + 1] = "";
  for (int i = BMN_TID_LENGTH - 1; i >= 0; i--, bits >>= 5)
    tid[i] = letters[bits & 31];
  return g_strdup (tid);
}

gboolean
bmn_tid_parse (const char *tid, gint64 *time, guint *clock)
{
  if (strlen (tid) != BMN_TID_LENGTH)
    return FALSE;
  guint64 bits = 0;
  for (const char *c = tid; *c; c++)
    {
      const char *letter = strchr (letters, *c);
      /* 13 letters have 65 bits: the first letter has room for what 64 bits do not. */
      if (!letter || (c == tid && letter - letters > 7))
        return FALSE;
      bits = bits << 5 | (guint64)(letter - letters);
    }
  *time = (gint64)(bits >> CLOCK_BITS);
  *clock = bits & BMN_TID_MAX_CLOCK;
  return TRUE;
}
