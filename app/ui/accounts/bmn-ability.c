#include "bmn-ability.h"

#include <glib/gi18n.h>

#define MINUTE 60
#define HOUR (60 * MINUTE)

void
bmn_ability_free (BmnAbility *ability)
{
  g_free (ability->title);
  g_free (ability->detail);
  g_free (ability);
}

/* @title: (transfer full): @detail: (transfer full) (nullable): */
static void
add (GPtrArray *list, gboolean has, char *title, char *detail)
{
  BmnAbility *ability = g_new0 (BmnAbility, 1);
  ability->has = has;
  ability->title = title;
  ability->detail = detail;
  g_ptr_array_add (list, ability);
}

/* One that is there or not, with constant words for either. */
static void
add_choice (GPtrArray *list,
            gboolean has,
            const char *title,
            const char *detail,
            const char *title_without,
            const char *detail_without)
{
  add (list, has, g_strdup (has ? title : title_without), g_strdup (has ? detail : detail_without));
}

static void
add_length (GPtrArray *list, const BmnLimits *limits)
{
  if (limits->max_length == 0)
    add (list, TRUE, g_strdup (_ ("Texts of any length")), NULL);
  else
    add (list, TRUE,
         g_strdup_printf (
             ngettext ("Up to %lu character", "Up to %lu characters", (gulong)limits->max_length),
             (gulong)limits->max_length),
         limits->url_length > 0 ? g_strdup_printf (ngettext ("Every link counts as %lu character.",
                                                             "Every link counts as %lu characters.",
                                                             limits->url_length),
                                                   (gulong)limits->url_length)
                                : NULL);
}

static void
add_media (GPtrArray *list, const BmnLimits *limits)
{
  if (limits->max_media == 0)
    add (list, FALSE, g_strdup (_ ("No pictures or videos")),
         g_strdup (_ ("The platform takes none. Link to them instead.")));
  else
    add (list, TRUE,
         g_strdup_printf (ngettext ("Up to %u picture or video in a post",
                                    "Up to %u pictures or videos in a post", limits->max_media),
                          limits->max_media),
         g_strdup (_ ("Each with a description for those who cannot see it.")));
}

static void
add_schedule (GPtrArray *list, const BmnCapabilities *can)
{
  gint64 minutes = can->schedule_ahead / MINUTE;
  if (can->can_schedule)
    add (list, TRUE, g_strdup (_ ("The server can keep posts until their time")),
         g_strdup_printf (ngettext ("They go out even when this computer is off, if they are "
                                    "handed over %ld minute ahead.",
                                    "They go out even when this computer is off, if they are "
                                    "handed over %ld minutes ahead.",
                                    (gulong)minutes),
                          (glong)minutes));
  else
    add (list, FALSE, g_strdup (_ ("Needs this computer on")),
         g_strdup (can->needs_network
                       ? _ ("The platform keeps no planned posts, so Bellman publishes them at "
                            "their time.")
                       : _ ("Bellman writes the files at their time.")));
}

static void
add_polls (GPtrArray *list, const BmnCapabilities *can, const BmnLimits *limits)
{
  if (can->has_polls && limits->max_poll_options > 0)
    add (list, TRUE,
         g_strdup_printf (ngettext ("Polls with up to %u answer", "Polls with up to %u answers",
                                    limits->max_poll_options),
                          limits->max_poll_options),
         NULL);
  else
    add (list, FALSE, g_strdup (_ ("No polls")),
         g_strdup (_ ("The platform has none. Ask in the text, and count the replies.")));
}

static void
add_once (GPtrArray *list, const BmnCapabilities *can)
{
  int hours = (int)(can->key_life / HOUR);
  switch (can->idempotency)
    {
    case BMN_IDEMPOTENCY_RECORD_KEY:
      add (list, TRUE, g_strdup (_ ("No post ever goes out twice")),
           g_strdup (_ ("Bellman names each post itself, so sending it again changes nothing.")));
      break;
    case BMN_IDEMPOTENCY_SERVER_KEY:
      add (list, TRUE, g_strdup (_ ("No post goes out twice")),
           g_strdup_printf (ngettext ("The server knows a post again for %d hour; after that "
                                      "Bellman looks before it sends again.",
                                      "The server knows a post again for %d hours; after that "
                                      "Bellman looks before it sends again.",
                                      hours),
                            hours));
      break;
    case BMN_IDEMPOTENCY_NONE:
    default:
      add (list, FALSE, g_strdup (_ ("A lost answer leaves doubt")),
           g_strdup (_ ("The server cannot tell a post sent twice from two posts. Bellman looks "
                        "whether it is there, and asks you where that does not tell.")));
      break;
    }
}

static void
add_changes (GPtrArray *list, const BmnCapabilities *can)
{
  add_choice (list, can->can_edit, _ ("Published posts can be edited"), NULL,
              _ ("Published posts cannot be edited"),
              can->can_remove ? _ ("The platform does not allow it. Delete the post and publish it "
                                   "anew.")
                              : _ ("The platform does not allow it."));
  add_choice (list, can->has_counts, _ ("Likes, reposts and replies are counted"),
              _ ("Forecasts and best times learn from them."), _ ("No counts"),
              _ ("The platform tells none, so there is no forecast for this account."));
}

static void
add_extras (GPtrArray *list, const BmnCapabilities *can)
{
  if (can->has_visibility)
    add (list, TRUE, g_strdup (_ ("You choose who can see a post")), NULL);
  if (can->has_content_warning)
    add (list, TRUE, g_strdup (_ ("A warning can stand before a post")), NULL);
  if (can->has_titles)
    add (list, TRUE, g_strdup (_ ("Posts can have a title")), NULL);
}

GPtrArray *
bmn_ability_list (const BmnCapabilities *capabilities, const BmnLimits *limits)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_ability_free);
  add_length (list, limits);
  add_media (list, limits);
  if (limits->max_parts == 1)
    add (list, FALSE, g_strdup (_ ("No threads")), g_strdup (_ ("Every post stands alone.")));
  else
    add (list, TRUE, g_strdup (_ ("Threads of several posts")), NULL);
  add_polls (list, capabilities, limits);
  add_schedule (list, capabilities);
  add_changes (list, capabilities);
  add_once (list, capabilities);
  add_extras (list, capabilities);
  return list;
}
