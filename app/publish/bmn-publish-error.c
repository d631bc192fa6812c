#include "bmn-publish-error-private.h"

#include "bmn-error.h"

#include <gio/gio.h>

static BmnPlatformError
code_of_own (BmnError code)
{
  switch (code)
    {
    case BMN_ERROR_LOCKED:
    case BMN_ERROR_NO_KEYRING:
      return BMN_PLATFORM_ERROR_OFFLINE;
    case BMN_ERROR_NO_SECRET:
      return BMN_PLATFORM_ERROR_AUTH_EXPIRED;
    case BMN_ERROR_INVALID:
    case BMN_ERROR_NOT_FOUND:
    case BMN_ERROR_DAMAGED:
    case BMN_ERROR_CONFLICT:
      return BMN_PLATFORM_ERROR_REJECTED;
    case BMN_ERROR_STORAGE:
      break;
    }
  return BMN_PLATFORM_ERROR_SERVER;
}

BmnPlatformError
bmn_publish_error_code (const GError *failure)
{
  if (failure->domain == BMN_PLATFORM_ERROR)
    return failure->code;
  if (failure->domain == BMN_ERROR)
    return code_of_own (failure->code);
  return g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? BMN_PLATFORM_ERROR_OFFLINE
                                                                     : BMN_PLATFORM_ERROR_SERVER;
}

const char *
bmn_publish_error_nick (const GError *failure)
{
  return bmn_platform_error_to_nick (bmn_publish_error_code (failure));
}

gboolean
bmn_publish_error_is_certain (const GError *failure)
{
  if (failure->domain == BMN_PLATFORM_ERROR)
    return failure->code != BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME
           && failure->code != BMN_PLATFORM_ERROR_BAD_REPLY;
  return failure->domain == BMN_ERROR
         || g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}
