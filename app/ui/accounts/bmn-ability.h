#pragma once

#include "bmn-capabilities.h"
#include "bmn-limits.h"

G_BEGIN_DECLS

/**
 * BmnAbility:
 * @has: whether it is something that the account can do, rather than what it lacks
 * @title: what, in a few words
 * @detail: what follows from it, or why it is lacking and what to do instead
 *
 * One thing about an account, in plain words, translated.
 */
typedef struct
{
  gboolean has;
  char *title;  /* (owned) */
  char *detail; /* (owned) (nullable) */
} BmnAbility;

void bmn_ability_free (BmnAbility *ability);

/* Returns: (transfer full) (element-type BmnAbility): what matters most first */
GPtrArray *bmn_ability_list (const BmnCapabilities *capabilities,
                             const BmnLimits *limits) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
