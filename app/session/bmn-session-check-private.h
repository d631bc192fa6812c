#pragma once

#include "bmn-earlier-texts-private.h"
#include "bmn-session-check.h"

G_BEGIN_DECLS

/* As bmn_session_check_post(), with what is kept of the account's texts. @texts: (nullable):
 * brought up to date here; %NULL for no account */
GPtrArray *bmn_session_run_checks (BmnSession *self,
                                   const BmnPost *post,
                                   gint64 account_id,
                                   BmnEarlierTexts *texts,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
