#pragma once

#include "bmn-account.h"

G_BEGIN_DECLS

/* The learned fact of an account that a session ends, as text: µs since the epoch. What is
 * planned for later is warned of when it is saved. */
#define BMN_FACT_SESSION_ENDS_AT "session-ends-at"

/**
 * BmnAccountHealth:
 * @handle: (nullable): the public name, as the platform says it now
 * @session_ends_at: when the user must sign in again at the latest, µs; 0 where not known or never
 *
 * What a check of an account found.
 */
typedef struct
{
  char *handle; /* (owned) (nullable) */
  gint64 session_ends_at;
} BmnAccountHealth;

BmnAccountHealth *
bmn_account_health_new (const char *handle, gint64 session_ends_at) G_GNUC_WARN_UNUSED_RESULT;
void bmn_account_health_free (BmnAccountHealth *health);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccountHealth, bmn_account_health_free)

G_END_DECLS
