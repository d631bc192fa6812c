#include "bmn-publish-rest-private.h"
#include "bmn-publish-error-private.h"

#include "bmn-retry.h"

#include <glib/gi18n-lib.h>

BmnPublishRest
bmn_publish_rest_asking (void)
{
  return (BmnPublishRest){
    .state = BMN_TARGET_UNKNOWN,
    .kind = bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
    .message = g_strdup (_ ("It cannot be found out whether this post is out. Please look at the "
                            "account: is it there or not?")),
  };
}

BmnPublishRest
bmn_publish_rest_missing (int tries, gint64 now, double random)
{
  BmnRetryDecision decision
      = bmn_retry_decide (BMN_PLATFORM_ERROR_SERVER, 0, tries + 1, now, random);
  return (BmnPublishRest){
    .state = BMN_TARGET_UNKNOWN,
    .until = decision.action == BMN_RETRY_AGAIN ? decision.at : 0,
    .kind = bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
    .message = g_strdup (
        _ ("The platform accepted this post but does not show it yet. Bellman looks again.")),
  };
}

BmnPublishRest
bmn_publish_rest_waiting (gint64 at)
{
  return (BmnPublishRest){
    .state = BMN_TARGET_UNKNOWN,
    .until = at,
    .kind = bmn_platform_error_to_nick (BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME),
    .message = g_strdup (_ ("No answer came. Bellman looks again once the request can no longer "
                            "arrive, and sends nothing until then.")),
  };
}

static BmnPublishRest
rest_refused (const GError *failure, BmnTargetState state, const BmnRetryDecision *decision)
{
  return (BmnPublishRest){
    .state = state,
    .until = decision->action == BMN_RETRY_AGAIN ? decision->at : 0,
    .kind = bmn_publish_error_nick (failure),
    .message
    = decision->reason
          /* Translators: two whole sentences: what went wrong, and why it ends here. */
          ? g_strdup_printf (C_ ("two sentences", "%s %s"), failure->message, decision->reason)
          : g_strdup (failure->message),
  };
}

gboolean
bmn_publish_rest_after_failure (const GError *failure,
                                BmnAttemptKind kind,
                                gboolean uncertain,
                                int tries,
                                gint64 now,
                                double random,
                                BmnPublishRest *rest)
{
  BmnPlatformError code = bmn_publish_error_code (failure);
  /* After a loss the record decides what is next; the policy only says how soon. And a look
   * that was refused harms nobody when it is repeated. */
  if ((uncertain && code == BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME)
      || (kind == BMN_ATTEMPT_READ_BACK && code == BMN_PLATFORM_ERROR_REJECTED))
    code = BMN_PLATFORM_ERROR_SERVER;
  BmnRetryDecision decision
      = bmn_retry_decide (code, bmn_platform_error_get_retry_at (failure), tries + 1, now, random);
  switch (decision.action)
    {
    case BMN_RETRY_AGAIN:
      *rest = rest_refused (failure, uncertain ? BMN_TARGET_UNKNOWN : BMN_TARGET_SCHEDULED,
                            &decision);
      return TRUE;
    case BMN_RETRY_NEEDS_LOGIN:
      *rest = rest_refused (failure, uncertain ? BMN_TARGET_UNKNOWN : BMN_TARGET_HELD, &decision);
      return TRUE;
    case BMN_RETRY_GIVE_UP:
    case BMN_RETRY_ASK:
      break;
    }
  if (!uncertain)
    *rest = rest_refused (failure, BMN_TARGET_FAILED, &decision);
  return !uncertain;
}
