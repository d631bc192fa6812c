#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnAttemptKind:
 * @BMN_ATTEMPT_PUBLISH: a part was sent
 * @BMN_ATTEMPT_READ_BACK: we looked whether it is there; sends nothing
 * @BMN_ATTEMPT_EDIT: what is out was changed
 * @BMN_ATTEMPT_REMOVE: what is out was deleted
 * @BMN_ATTEMPT_HAND_OVER: the server was asked to hold it until its time
 * @BMN_ATTEMPT_TAKE_BACK: the server was asked not to publish what it holds
 * @BMN_ATTEMPT_CHECK_SCHEDULE: we looked whether the server holds it, or what came out of it;
 *   sends nothing
 */
typedef enum
{
  BMN_ATTEMPT_PUBLISH,
  BMN_ATTEMPT_READ_BACK,
  BMN_ATTEMPT_EDIT,
  BMN_ATTEMPT_REMOVE,
  BMN_ATTEMPT_HAND_OVER,
  BMN_ATTEMPT_TAKE_BACK,
  BMN_ATTEMPT_CHECK_SCHEDULE,
} BmnAttemptKind;

/**
 * BmnAttemptOutcome:
 * @BMN_ATTEMPT_OPEN: begun and not finished; after a crash this means: may have been accepted
 * @BMN_ATTEMPT_DONE: did what it should
 * @BMN_ATTEMPT_NOT_FOUND: a look that is certain that the part is not there
 * @BMN_ATTEMPT_REFUSED: certain that nothing was accepted
 * @BMN_ATTEMPT_LOST: no answer, or none that could be understood: may have been accepted
 */
typedef enum
{
  BMN_ATTEMPT_OPEN,
  BMN_ATTEMPT_DONE,
  BMN_ATTEMPT_NOT_FOUND,
  BMN_ATTEMPT_REFUSED,
  BMN_ATTEMPT_LOST,
} BmnAttemptOutcome;

/**
 * BmnAttempt:
 * @id: the store's number, 0 until stored
 * @target_id: what it belongs to
 * @part: index of the thread part, from 0
 * @kind: what was tried
 * @revision: the content revision that was sent
 * @key: (nullable): the idempotency or record key sent with it
 * @started_at: µs; committed before the first byte was sent
 * @finished_at: µs, 0 while open
 * @outcome: see #BmnAttemptOutcome
 * @error_kind: (nullable): stable name of the error
 * @message: (nullable): in words, for the user: what went wrong, or what the platform did
 *   otherwise than it was asked to
 */
typedef struct
{
  gint64 id;
  gint64 target_id;
  int part;
  BmnAttemptKind kind;
  gint64 revision;
  char *key; /* (owned) (nullable) */
  gint64 started_at;
  gint64 finished_at;
  BmnAttemptOutcome outcome;
  char *error_kind; /* (owned) (nullable) */
  char *message;    /* (owned) (nullable) */
} BmnAttempt;

BmnAttempt *
bmn_attempt_new (gint64 target_id, int part, BmnAttemptKind kind) G_GNUC_WARN_UNUSED_RESULT;
BmnAttempt *bmn_attempt_copy (const BmnAttempt *attempt) G_GNUC_WARN_UNUSED_RESULT;
void bmn_attempt_free (BmnAttempt *attempt);

/* Stable names for the store and JSON: `publish`, `read-back`, `edit`, `remove`, `hand-over`,
 * `take-back`, `check-schedule`. */
const char *bmn_attempt_kind_to_nick (BmnAttemptKind kind);
gboolean bmn_attempt_kind_from_nick (const char *nick, BmnAttemptKind *kind);
/* Stable names for the store and JSON: `open`, `done`, `not-found`, `refused`, `lost`. */
const char *bmn_attempt_outcome_to_nick (BmnAttemptOutcome outcome);
gboolean bmn_attempt_outcome_from_nick (const char *nick, BmnAttemptOutcome *outcome);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAttempt, bmn_attempt_free)

G_END_DECLS
