#pragma once

#include "bmn-target-state.h"

G_BEGIN_DECLS

/**
 * BmnAgendaTarget:
 * @id: the target's number
 * @account_id: where it goes
 * @state: see #BmnTargetState
 * @local_time: (nullable): what the user asked for, as in #BmnTarget
 * @zone: (nullable): IANA zone of @local_time
 * @error_kind: (nullable): stable name of the last error
 * @error: (nullable): the last error in words
 * @url: (nullable): where it can be seen
 */
typedef struct
{
  gint64 id;
  gint64 account_id;
  BmnTargetState state;
  char *local_time; /* (owned) (nullable) */
  char *zone;       /* (owned) (nullable) */
  char *error_kind; /* (owned) (nullable) */
  char *error;      /* (owned) (nullable) */
  char *url;        /* (owned) (nullable) */
} BmnAgendaTarget;

/**
 * BmnAgendaItem:
 * @post_id: the post
 * @at: when it went out, else when it is due, µs since the epoch; 0 for a draft without a time
 * @targets: (element-type BmnAgendaTarget): those of the post at this instant, by account;
 *   empty for a draft without an account
 * @excerpt: the first words
 * @n_parts: parts of the thread
 * @picture: (nullable): absolute path of the first picture
 * @repeats: whether it is a pattern or a date of one
 * @lacks_alt: whether a picture has no description
 *
 * One entry of a calendar: a post at a moment.
 */
typedef struct
{
  gint64 post_id;
  gint64 at;
  GPtrArray *targets; /* (owned) */
  char *excerpt;      /* (owned) */
  guint n_parts;
  char *picture; /* (owned) (nullable) */
  gboolean repeats;
  gboolean lacks_alt;
} BmnAgendaItem;

/* An item without targets and words. */
BmnAgendaItem *bmn_agenda_item_new (void) G_GNUC_WARN_UNUSED_RESULT;
void bmn_agenda_item_free (BmnAgendaItem *item);
void bmn_agenda_target_free (BmnAgendaTarget *target);

/* Returns: the state that most needs to be seen: failed, unknown, held, publishing, scheduled,
 * published, draft, cancelled, in this order */
BmnTargetState bmn_agenda_item_get_state (const BmnAgendaItem *item);

/* Returns: whether some target of it can be given another time */
gboolean bmn_agenda_item_can_move (const BmnAgendaItem *item);

/* Returns: whether both say the same of the same post */
gboolean bmn_agenda_item_equal (const BmnAgendaItem *a, const BmnAgendaItem *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAgendaItem, bmn_agenda_item_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAgendaTarget, bmn_agenda_target_free)

G_END_DECLS
