#pragma once

#include "bmn-session-thread.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * BmnTrustListKind:
 * @BMN_TRUST_LIST_SITES: sites that the user distrusts
 * @BMN_TRUST_LIST_HANDLES: accounts that the user knows
 */
typedef enum
{
  BMN_TRUST_LIST_SITES,
  BMN_TRUST_LIST_HANDLES,
} BmnTrustListKind;

/*
 * BmnTrustList: a list of names with an entry to add one. What it lists is in the session.
 *
 * Signal: `failed` (GError *error): a name was not taken
 */

#define BMN_TYPE_TRUST_LIST (bmn_trust_list_get_type ())
G_DECLARE_FINAL_TYPE (BmnTrustList, bmn_trust_list, BMN, TRUST_LIST, AdwBin)

GtkWidget *bmn_trust_list_new (BmnSessionThread *session, BmnTrustListKind kind);

G_END_DECLS
