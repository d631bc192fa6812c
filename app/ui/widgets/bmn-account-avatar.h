#pragma once

#include "bmn-account.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnAccountAvatar: the initials of an account with its platform at the end corner. */

#define BMN_TYPE_ACCOUNT_AVATAR (bmn_account_avatar_get_type ())
G_DECLARE_FINAL_TYPE (BmnAccountAvatar, bmn_account_avatar, BMN, ACCOUNT_AVATAR, GtkWidget)

/* @size: pixels */
GtkWidget *bmn_account_avatar_new (const BmnAccount *account, int size);
/* @account: (nullable): */
void bmn_account_avatar_set_account (BmnAccountAvatar *self, const BmnAccount *account);
/* @size: pixels */
void bmn_account_avatar_set_size (BmnAccountAvatar *self, int size);

G_END_DECLS
