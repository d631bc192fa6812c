#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnIdempotency:
 * @BMN_IDEMPOTENCY_NONE: class C: an answer that was lost may mean a post; only a later
 *   read-back tells
 * @BMN_IDEMPOTENCY_SERVER_KEY: class B: the server honours a key for @key_life
 * @BMN_IDEMPOTENCY_RECORD_KEY: class A: we choose the record's own key; however often it is
 *   sent, it is there once
 *
 * What can honestly be promised about publishing exactly once.
 */
typedef enum
{
  BMN_IDEMPOTENCY_NONE,
  BMN_IDEMPOTENCY_SERVER_KEY,
  BMN_IDEMPOTENCY_RECORD_KEY,
} BmnIdempotency;

/**
 * BmnCapabilities:
 * @idempotency: see #BmnIdempotency
 * @key_life: seconds for which the server surely honours a key; 0 where it has none
 * @request_life: seconds after which a request that got no answer can no longer be accepted
 * @needs_network: whether publishing leaves this computer
 * @whole_thread: one request publishes all parts, so there is no half thread
 * @can_read_back: whether it can be looked up if a post is there
 * @can_edit: whether what is out can be changed
 * @can_remove: whether what is out can be deleted
 * @can_schedule: whether the server can hold a post until its time
 * @schedule_ahead: how many seconds ahead its time must be for that
 * @has_counts: whether likes, reposts and replies can be read
 * @has_titles: posts can have a title
 * @has_visibility: see #BmnVisibility
 * @has_content_warning: a text may stand before the post
 * @has_language: the post's language is published
 * @has_polls: posts may have polls
 *
 * What an account can do. The program asks this, never the platform's name.
 */
typedef struct
{
  BmnIdempotency idempotency;
  gint64 key_life;
  gint64 request_life;
  gboolean needs_network;
  gboolean whole_thread;
  gboolean can_read_back;
  gboolean can_edit;
  gboolean can_remove;
  gboolean can_schedule;
  gint64 schedule_ahead;
  gboolean has_counts;
  gboolean has_titles;
  gboolean has_visibility;
  gboolean has_content_warning;
  gboolean has_language;
  gboolean has_polls;
} BmnCapabilities;

G_END_DECLS
