#include "bmn-wall-time.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>

/* Reads exactly @n digits at *@p and moves it on. */
static gboolean
read_digits (const char **p, int n, int *value)
{
  *value = 0;
  for (int i = 0; i < n; i++, (*p)++)
    {
      if (!g_ascii_isdigit (**p))
        return FALSE;
      *value = *value * 10 + (**p - '0');
    }
  return TRUE;
}

static gboolean
read_char (const char **p, const char *allowed)
{
  if (**p == '\0' || !strchr (allowed, **p))
    return FALSE;
  (*p)++;
  return TRUE;
}

static gboolean
read_wall_time (const char *p, BmnWallTime *wall)
{
  if (!read_digits (&p, 4, &wall->year) || !read_char (&p, "-")
      || !read_digits (&p, 2, &wall->month) || !read_char (&p, "-")
      || !read_digits (&p, 2, &wall->day) || !read_char (&p, " T")
      || !read_digits (&p, 2, &wall->hour) || !read_char (&p, ":")
      || !read_digits (&p, 2, &wall->minute))
    return FALSE;
  wall->second = 0;
  if (*p && (!read_char (&p, ":") || !read_digits (&p, 2, &wall->second)))
    return FALSE;
  return *p == '\0' && wall->year >= 1970 && wall->year <= 9998
         && g_date_valid_dmy (wall->day, wall->month, wall->year) && wall->hour < 24
         && wall->minute < 60 && wall->second < 60;
}

gboolean
bmn_wall_time_parse (const char *text, BmnWallTime *wall, GError **error)
{
  BmnWallTime parsed;
  if (!read_wall_time (text, &parsed))
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   /* Translators: %s is what the user typed; the example is a fixed format. */
                   _ ("“%s” is not a date and time. Write it like 2026-12-01 09:00."), text);
      return FALSE;
    }
  *wall = parsed;
  return TRUE;
}

char *
bmn_wall_time_format (const BmnWallTime *wall)
{
  return g_strdup_printf ("%04d-%02d-%02dT%02d:%02d:%02d", wall->year, wall->month, wall->day,
                          wall->hour, wall->minute, wall->second);
}

int
bmn_wall_time_compare (const BmnWallTime *a, const BmnWallTime *b)
{
  const int left[] = { a->year, a->month, a->day, a->hour, a->minute, a->second };
  const int right[] = { b->year, b->month, b->day, b->hour, b->minute, b->second };
  for (gsize i = 0; i < G_N_ELEMENTS (left); i++)
    if (left[i] != right[i])
      return left[i] < right[i] ? -1 : 1;
  return 0;
}
