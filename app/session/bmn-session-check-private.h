#pragma once

#include "bmn-earlier-texts-private.h"
#include "bmn-engine.h"
#include "bmn-session-check.h"

G_BEGIN_DECLS

/* As bmn_session_check_post(), with what is kept of the account's texts and words. @texts:
 * (nullable): brought up to date here; %NULL for no account. @engine: (nullable): the account's;
 * %NULL to open it where it is needed */
GPtrArray *bmn_session_run_checks (BmnSession *self,
                                   const BmnPost *post,
                                   gint64 account_id,
                                   BmnEarlierTexts *texts,
                                   BmnEngine *engine,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
