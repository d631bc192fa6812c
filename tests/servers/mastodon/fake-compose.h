#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* Reads and checks what POST or PUT /api/v1/statuses was sent. NULL, with the answer set, where
 * Mastodon would refuse it. @editing is the status being changed, NULL for a new one; what a
 * change leaves out is kept.
 * https://docs.joinmastodon.org/methods/statuses/#create and #edit */
FakeDraft *fake_draft_from_call (FakeCall *call, FakeStatus *editing) G_GNUC_WARN_UNUSED_RESULT;

/* The rules that hold whenever a status comes into being, so also when a schedule fires: text or
 * a file or a poll, length, number and mix of files, the poll, the status replied to. @reason is
 * the server's sentence. */
gboolean fake_draft_is_valid (BmnFakeMastodon *fake, const FakeDraft *draft, char **reason);

G_END_DECLS
