#include "bmn-finding.h"

static const char *const kind_nicks[BMN_N_CHECK_KINDS] = {
  [BMN_CHECK_SPAM] = "spam",
  [BMN_CHECK_HOSTILE] = "hostile",
  [BMN_CHECK_PRIVATE_DATA] = "private-data",
  [BMN_CHECK_PICTURE_LOCATION] = "picture-location",
  [BMN_CHECK_SHOUTING] = "shouting",
  [BMN_CHECK_TAG_STUFFING] = "tag-stuffing",
  [BMN_CHECK_MISSING_ALT] = "missing-alt",
  [BMN_CHECK_LINK] = "link",
  [BMN_CHECK_DISTRUSTED_LINK] = "distrusted-link",
  [BMN_CHECK_DUPLICATE] = "duplicate",
  [BMN_CHECK_UNSOURCED_NUMBER] = "unsourced-number",
  [BMN_CHECK_LOOKALIKE] = "lookalike",
  [BMN_CHECK_TAG_WORDS] = "tag-words",
};

const char *
bmn_check_kind_to_nick (BmnCheckKind kind)
{
  g_return_val_if_fail ((gsize)kind < G_N_ELEMENTS (kind_nicks), NULL);
  return kind_nicks[kind];
}

gboolean
bmn_check_kind_from_nick (const char *nick, BmnCheckKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_nicks); i++)
    if (g_strcmp0 (nick, kind_nicks[i]) == 0)
      {
        *kind = i;
        return TRUE;
      }
  return FALSE;
}

const char *
bmn_severity_to_nick (BmnSeverity severity)
{
  static const char *const nicks[] = { "info", "warning", "severe" };
  g_return_val_if_fail ((gsize)severity < G_N_ELEMENTS (nicks), NULL);
  return nicks[severity];
}

const char *
bmn_fix_action_to_nick (BmnFixAction action)
{
  static const char *const nicks[] = { "none", "replace", "describe", "remove-location" };
  g_return_val_if_fail ((gsize)action < G_N_ELEMENTS (nicks), NULL);
  return nicks[action];
}

void
bmn_finding_free (BmnFinding *finding)
{
  g_free (finding->message);
  g_free (finding->fix_label);
  g_free (finding->replacement);
  g_free (finding);
}
