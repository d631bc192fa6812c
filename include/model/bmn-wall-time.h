#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnWallTime:
 *
 * A date and time as it stands on a wall clock: without zone or offset, in the Gregorian
 * calendar, years 1970 to 9998.
 */
typedef struct
{
  int year;
  int month;  /* 1–12 */
  int day;    /* 1–31 */
  int hour;   /* 0–23 */
  int minute; /* 0–59 */
  int second; /* 0–59 */
} BmnWallTime;

/**
 * bmn_wall_time_parse:
 * @text: `YYYY-MM-DD HH:MM[:SS]`, the blank may be a `T`
 * @wall: (out):
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID for anything else, dates that do not exist included
 */
gboolean bmn_wall_time_parse (const char *text, BmnWallTime *wall, GError **error);

/* Returns: (transfer full): `YYYY-MM-DDTHH:MM:SS` */
char *bmn_wall_time_format (const BmnWallTime *wall) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: below, equal to or above 0 */
int bmn_wall_time_compare (const BmnWallTime *a, const BmnWallTime *b);

G_END_DECLS
