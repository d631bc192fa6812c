#include "bmn-text-dialect.h"

static const char *const nicks[BMN_TEXT_N_DIALECTS] = {
  [BMN_TEXT_DIALECT_X] = "x",
  [BMN_TEXT_DIALECT_BLUESKY] = "bluesky",
  [BMN_TEXT_DIALECT_MASTODON] = "mastodon",
  [BMN_TEXT_DIALECT_WEBSITE] = "website",
};

static const BmnLimits defaults[BMN_TEXT_N_DIALECTS] = {
  [BMN_TEXT_DIALECT_X] = { .rule = BMN_COUNT_X, .max_length = 280, .url_length = 23 },
  [BMN_TEXT_DIALECT_BLUESKY]
  = { .rule = BMN_COUNT_GRAPHEMES, .max_length = 300, .max_bytes = 3000 },
  [BMN_TEXT_DIALECT_MASTODON] = { .rule = BMN_COUNT_MASTODON, .max_length = 500, .url_length = 23 },
  [BMN_TEXT_DIALECT_WEBSITE] = { .rule = BMN_COUNT_GRAPHEMES },
};

const char *
bmn_text_dialect_to_nick (BmnTextDialect dialect)
{
  g_return_val_if_fail ((guint)dialect < BMN_TEXT_N_DIALECTS, nicks[0]);
  return nicks[dialect];
}

gboolean
bmn_text_dialect_from_nick (const char *nick, BmnTextDialect *dialect)
{
  for (guint i = 0; i < BMN_TEXT_N_DIALECTS; i++)
    if (g_strcmp0 (nick, nicks[i]) == 0)
      {
        *dialect = i;
        return TRUE;
      }
  return FALSE;
}

BmnTextDialect
bmn_text_dialect_of_limits (const BmnLimits *limits)
{
  if (!limits)
    return BMN_TEXT_DIALECT_MASTODON;
  switch (limits->rule)
    {
    case BMN_COUNT_MASTODON:
      return BMN_TEXT_DIALECT_MASTODON;
    case BMN_COUNT_X:
      return BMN_TEXT_DIALECT_X;
    case BMN_COUNT_GRAPHEMES:
    case BMN_COUNT_UTF16:
    default:
      return limits->max_length > 0 ? BMN_TEXT_DIALECT_BLUESKY : BMN_TEXT_DIALECT_WEBSITE;
    }
}

BmnLimits *
bmn_text_default_limits (BmnTextDialect dialect)
{
  g_return_val_if_fail ((guint)dialect < BMN_TEXT_N_DIALECTS, bmn_limits_new ());
  return bmn_limits_copy (&defaults[dialect]);
}
