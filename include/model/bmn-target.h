#pragma once

#include "bmn-part.h"
#include "bmn-target-state.h"

G_BEGIN_DECLS

/**
 * BmnTarget:
 * @id: the store's number, 0 until stored
 * @post_id: what is published
 * @account_id: where it is published
 * @state: see #BmnTargetState
 * @parts: (nullable) (element-type BmnPart): this account's own text ("Customise for…"),
 *   or %NULL for the post's
 * @local_time: (nullable): what the user asked for, as wall-clock time `YYYY-MM-DDTHH:MM:SS`;
 *   wins over @due_at when the rules of @zone change
 * @zone: (nullable): IANA zone of @local_time
 * @due_at: @local_time resolved, µs since the epoch; 0 for a draft
 * @next_try_at: when it is looked at next: @due_at at first, later after a back-off; µs
 * @revision: the post's revision that @key belongs to
 * @key: (nullable): idempotency key or chosen record key of the current revision; stays the
 *   same for every try of it
 * @tries: attempts made for the current revision
 * @error_kind: (nullable): stable name of the last error (bmn_platform_error_to_nick())
 * @error: (nullable): the last error in words; for %BMN_TARGET_HELD and
 *   %BMN_TARGET_UNKNOWN why, and what is asked
 * @url: (nullable): where the (first part of the) post can be seen
 * @published_at: as the platform says, µs; 0 while it is not out
 * @hand_over: the user wants the server to hold it until its time, where it can
 * @remote_schedule_id: (nullable): the server holds it under this id, or may hold it where this
 *   is empty; meanwhile nothing is published from here, and cancelling or changing the target
 *   is not enough: the publisher takes it back
 * @remote_schedule_at: the time the server has for it, µs; 0 where it holds nothing
 * @remote_revision: the content revision the server has; 0 where it holds nothing
 * @remote_text: (nullable): the text the server has, by which what came out of it is known
 *
 * One post on one account: when it goes out and what became of it.
 */
typedef struct
{
  gint64 id;
  gint64 post_id;
  gint64 account_id;
  BmnTargetState state;
  GPtrArray *parts; /* (owned) (nullable) (element-type BmnPart) */
  char *local_time; /* (owned) (nullable) */
  char *zone;       /* (owned) (nullable) */
  gint64 due_at;
  gint64 next_try_at;
  gint64 revision;
  char *key; /* (owned) (nullable) */
  int tries;
  char *error_kind; /* (owned) (nullable) */
  char *error;      /* (owned) (nullable) */
  char *url;        /* (owned) (nullable) */
  gint64 published_at;
  gboolean hand_over;
  char *remote_schedule_id; /* (owned) (nullable) */
  gint64 remote_schedule_at;
  gint64 remote_revision;
  char *remote_text; /* (owned) (nullable) */
} BmnTarget;

/* A draft target for @account_id. */
BmnTarget *bmn_target_new (gint64 account_id) G_GNUC_WARN_UNUSED_RESULT;
BmnTarget *bmn_target_copy (const BmnTarget *target) G_GNUC_WARN_UNUSED_RESULT;
void bmn_target_free (BmnTarget *target);

/* No server holds it any more. */
void bmn_target_forget_server (BmnTarget *target);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnTarget, bmn_target_free)

G_END_DECLS
