#pragma once

#include "bmn-clock.h"

G_BEGIN_DECLS

/*
 * BmnPublishMemory: what a running publisher knows beyond the record on disk, because it was
 * there: how long ago a request was sent by a clock that nobody can set, and when each account
 * last put something out. It ends with the process; the record alone must do then.
 */
typedef struct _BmnPublishMemory BmnPublishMemory;

BmnPublishMemory *bmn_publish_memory_new (BmnClock *clock) G_GNUC_WARN_UNUSED_RESULT;
/* Counted references, as an answer may come after the publisher is gone; any thread. */
BmnPublishMemory *bmn_publish_memory_ref (BmnPublishMemory *self);
void bmn_publish_memory_unref (BmnPublishMemory *self);

/* A request for the target is about to leave. @started_at: as on record, µs */
void bmn_publish_memory_note_request (BmnPublishMemory *self, gint64 target_id, gint64 started_at);
/* Returns: whether a request for the target is remembered */
gboolean bmn_publish_memory_knows_request (BmnPublishMemory *self, gint64 target_id);
/* Nothing about the target is open any more. */
void bmn_publish_memory_forget_request (BmnPublishMemory *self, gint64 target_id);

/**
 * bmn_publish_memory_get_steady_now:
 *
 * Returns: µs: the latest request's start and what has passed since by the steady clock, as if
 *   nobody had set the wall clock or suspended the computer; the wall clock where no request
 *   is remembered
 */
gint64 bmn_publish_memory_get_steady_now (BmnPublishMemory *self, gint64 target_id);

/* Returns: µs on the wall clock when bmn_publish_memory_get_steady_now() will be @steady */
gint64 bmn_publish_memory_to_wall (BmnPublishMemory *self, gint64 target_id, gint64 steady);

/* The account put something out, or may have, just now. */
void bmn_publish_memory_note_out (BmnPublishMemory *self, gint64 account_id);
/* Returns: µs on the wall clock of the latest of these, 0 for none */
gint64 bmn_publish_memory_get_last_out (BmnPublishMemory *self, gint64 account_id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnPublishMemory, bmn_publish_memory_unref)

G_END_DECLS
