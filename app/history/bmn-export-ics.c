#include "bmn-export-rows-private.h"

#include <libical/ical.h>

/* In the list of an account's calendar a line is enough. */
#define SUMMARY_LENGTH 60

/* What is neither a line nor a tab is no text of RFC 5545, 3.1. */
static char *
strip_controls (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  for (const char *at = text; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (c == '\n' || c == '\t' || !g_unichar_iscntrl (c))
        g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
make_summary (const char *text)
{
  g_autoptr (BmnPost) post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return bmn_post_excerpt (post, SUMMARY_LENGTH);
}

static struct icaltimetype
to_ical_time (gint64 instant)
{
  return icaltime_from_timet_with_zone (instant / G_USEC_PER_SEC, 0,
                                        icaltimezone_get_utc_timezone ());
}

/* A post comes out at one moment: an event without an end takes no time (3.6.1). */
static void
write_event (FILE *stream,
             const char *uid,
             const BmnAccount *account,
             gint64 at,
             const char *text,
             const char *url,
             gboolean certain,
             gint64 now)
{
  g_autofree char *clean = strip_controls (text);
  g_autofree char *summary = make_summary (clean);
  g_autofree char *category = strip_controls (account->name);
  icalcomponent *event = icalcomponent_vanew (
      ICAL_VEVENT_COMPONENT, icalproperty_new_uid (uid),
      icalproperty_new_dtstamp (to_ical_time (now)), icalproperty_new_dtstart (to_ical_time (at)),
      icalproperty_new_summary (summary), icalproperty_new_description (clean),
      icalproperty_new_categories (category), icalproperty_new_transp (ICAL_TRANSP_TRANSPARENT),
      icalproperty_new_status (certain ? ICAL_STATUS_CONFIRMED : ICAL_STATUS_TENTATIVE), NULL);
  if (url)
    icalcomponent_add_property (event, icalproperty_new_url (url));
  char *lines = icalcomponent_as_ical_string_r (event);
  fputs (lines, stream);
  icalmemory_free_buffer (lines);
  icalcomponent_free (event);
}

void
bmn_export_ics_begin (FILE *stream)
{
  fputs ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Bellman//Bellman " BMN_VERSION "//EN\r\n",
         stream);
}

void
bmn_export_ics_end (FILE *stream)
{
  fputs ("END:VCALENDAR\r\n", stream);
}

void
bmn_export_ics_target (FILE *stream,
                       const BmnAccount *account,
                       const BmnTarget *target,
                       const BmnPost *post,
                       const char *folder_id,
                       gint64 now)
{
  GPtrArray *parts = target->parts ? target->parts : post->parts;
  gboolean published = target->state == BMN_TARGET_PUBLISHED;
  g_autofree char *uid = g_strdup_printf ("target-%" G_GINT64_FORMAT "-%s", target->id, folder_id);
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; i < parts->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", ((BmnPart *)parts->pdata[i])->text);
  write_event (stream, uid, account, published ? target->published_at : target->due_at, text->str,
               target->url, published || target->state == BMN_TARGET_SCHEDULED, now);
}

void
bmn_export_ics_post (FILE *stream,
                     const BmnAccount *account,
                     const BmnHistoryPost *post,
                     const char *folder_id,
                     gint64 now)
{
  g_autofree char *uid = g_strdup_printf ("history-%" G_GINT64_FORMAT "-%s", post->id, folder_id);
  write_event (stream, uid, account, post->published_at, post->text, post->url, TRUE, now);
}
