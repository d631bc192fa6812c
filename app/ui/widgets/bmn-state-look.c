#include "bmn-state-look.h"

#include <gtk/gtk.h>

static const struct
{
  const char *icon;
  const char *css_class;
} looks[BMN_TARGET_N_STATES] = {
  [BMN_TARGET_DRAFT] = { "bmn-draft-symbolic", "draft" },
  [BMN_TARGET_SCHEDULED] = { "bmn-scheduled-symbolic", "scheduled" },
  [BMN_TARGET_PUBLISHING] = { "bmn-publishing-symbolic", "publishing" },
  [BMN_TARGET_PUBLISHED] = { "bmn-published-symbolic", "published" },
  [BMN_TARGET_FAILED] = { "bmn-failed-symbolic", "failed" },
  [BMN_TARGET_UNKNOWN] = { "bmn-unknown-outcome-symbolic", "unknown-outcome" },
  [BMN_TARGET_HELD] = { "bmn-held-symbolic", "held" },
  [BMN_TARGET_CANCELLED] = { "bmn-mute-symbolic", "cancelled" },
};

const char *
bmn_state_get_icon_name (BmnTargetState state)
{
  return looks[state].icon;
}

const char *
bmn_state_get_css_class (BmnTargetState state)
{
  return looks[state].css_class;
}

char *
bmn_platform_get_icon_name (const char *platform)
{
  g_autofree char *name = g_strdup_printf ("bmn-platform-%s-symbolic", platform);
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());
  if (gtk_icon_theme_has_icon (theme, name))
    return g_steal_pointer (&name);
  return g_strdup ("bmn-platform-generic-symbolic");
}
