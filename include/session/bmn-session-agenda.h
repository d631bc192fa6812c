#pragma once

#include "bmn-agenda-item.h"
#include "bmn-session.h"
#include "bmn-wall-time.h"

G_BEGIN_DECLS

/**
 * BmnAgendaQuery:
 * @from: µs, inclusive
 * @until: µs, exclusive
 * @states: bits (1 << BmnTargetState)
 * @account_ids: (nullable) (element-type gint64): nothing is found where it is empty
 * @tag: (nullable): a label that the post must have
 * @words: (nullable): words that the post must say, the last one as its beginning
 * @drafts: whether what has no time is listed as well
 * @limit: most items; 0 for all
 *
 * Which entries of the calendar; a field that is zero does not restrict.
 */
typedef struct
{
  gint64 from;
  gint64 until;
  guint states;
  GArray *account_ids; /* (owned) (nullable) */
  char *tag;           /* (owned) (nullable) */
  char *words;         /* (owned) (nullable) */
  gboolean drafts;
  guint limit;
} BmnAgendaQuery;

void bmn_agenda_query_clear (BmnAgendaQuery *query);

/* Returns: (transfer full) (element-type BmnAgendaItem): by time, what has none last */
GPtrArray *bmn_session_list_agenda (BmnSession *self,
                                    const BmnAgendaQuery *query,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnFreeSlot:
 * @account_id: whose slot
 * @at: µs since the epoch
 */
typedef struct
{
  gint64 account_id;
  gint64 at;
} BmnFreeSlot;

/**
 * bmn_session_list_free_slots:
 * @account_ids: (element-type gint64):
 *
 * Returns: (transfer full) (element-type BmnFreeSlot): places of the accounts' queues from now
 *   or @from on until @until that nothing is planned for, by time. Accounts without slots have
 *   none.
 */
GArray *bmn_session_list_free_slots (BmnSession *self,
                                     GArray *account_ids,
                                     gint64 from,
                                     gint64 until,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer full): all labels that posts have, in order */
GStrv bmn_session_list_tags (BmnSession *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * BmnTargetMove:
 * @target_id: what is moved
 * @to_draft: whether it becomes a draft, without a time; then the rest does not count
 * @wall: when it is to go out
 * @zone: (nullable): IANA zone that @wall was read in; %NULL for this computer's
 *
 * The target keeps its own zone; only the moment is the one that was asked for.
 */
typedef struct
{
  gint64 target_id;
  gboolean to_draft;
  BmnWallTime wall;
  char *zone; /* (owned) (nullable) */
} BmnTargetMove;

/* Returns: (transfer full) (element-type BmnTargetMove): an empty list that frees its zones */
GArray *bmn_target_moves_new (void) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_session_move_targets:
 * @moves: (element-type BmnTargetMove): all of them or none
 * @warnings: (out) (transfer full) (element-type utf8): what the user should know, such as a
 *   time that the clocks jump over
 *
 * Gives planned targets another time, as bmn_session_update_post() does for all of a post.
 * %BMN_ERROR_CONFLICT for what is or may be out, %BMN_ERROR_INVALID for a time that has passed,
 * and the platform's refusal where a draft cannot be published as it is.
 */
gboolean
bmn_session_move_targets (BmnSession *self, GArray *moves, GStrv *warnings, GError **error);

G_END_DECLS
