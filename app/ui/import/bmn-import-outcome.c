#include "bmn-import-outcome.h"
#include "bmn-plan-time.h"

#include <glib/gi18n.h>

/* More of either are no help on a screen. */
#define MAX_SAMPLES 5
#define MAX_BAD_ROWS 100

struct _BmnImportOutcome
{
  GtkBox parent_instance;
};

G_DEFINE_FINAL_TYPE (BmnImportOutcome, bmn_import_outcome, GTK_TYPE_BOX)

static AdwPreferencesGroup *
add_group (BmnImportOutcome *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self), group);
  return ADW_PREFERENCES_GROUP (group);
}

static GtkWidget *
make_row (const char *title, const char *subtitle)
{
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);
  return g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, "title", title, "subtitle",
                       escaped, "title-lines", 2, NULL);
}

/*
 * Counts.
 */

static void
add_count (AdwPreferencesGroup *group, const char *icon, const char *state, const char *title)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *image = gtk_image_new_from_icon_name (icon);
  gtk_widget_add_css_class (image, "state");
  gtk_widget_add_css_class (image, state);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), image);
  adw_preferences_group_add (group, row);
}

static void
show_counts (BmnImportOutcome *self, const BmnImportReport *report)
{
  AdwPreferencesGroup *group = add_group (self, _ ("What Is in the File"));
  const guint n_new = report->n_new, n_known = report->n_known, n_skipped = report->n_skipped;
  g_autofree char *new_posts
      = g_strdup_printf (ngettext ("%'u post is new", "%'u posts are new", n_new), n_new);
  g_autofree char *known
      = g_strdup_printf (ngettext ("%'u post is in the history already",
                                   "%'u posts are in the history already", n_known),
                         n_known);
  g_autofree char *skipped = g_strdup_printf (
      ngettext ("%'u entry is a repost or a direct message and stays out",
                "%'u entries are reposts or direct messages and stay out", n_skipped),
      n_skipped);
  add_count (group, "bmn-published-symbolic", "published", new_posts);
  if (n_known > 0)
    add_count (group, "bmn-repeat-symbolic", "draft", known);
  if (n_skipped > 0)
    add_count (group, "bmn-mute-symbolic", "draft", skipped);
}

/*
 * Bad rows.
 */

static GtkWidget *
make_bad_row (const BmnImportBadRow *bad_row)
{
  g_autofree char *where = bad_row->row > 0
                               /* Translators: the number of a line in a table, or of a post in an
                                * export. */
                               ? g_strdup_printf (_ ("Row %ld"), (glong)bad_row->row)
                               : g_strdup (_ ("The file as a whole"));
  GtkWidget *row = make_row (bad_row->reason, where);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}

static void
show_bad_rows (BmnImportOutcome *self, const BmnImportReport *report)
{
  if (report->n_bad == 0)
    return;
  AdwPreferencesGroup *group = add_group (self, _ ("What Cannot Be Used"));
  g_autofree char *title = g_strdup_printf (
      ngettext ("%'u row cannot be used", "%'u rows cannot be used", (gulong)report->n_bad),
      (guint)report->n_bad);
  GtkWidget *expander
      = g_object_new (ADW_TYPE_EXPANDER_ROW, "title", title, "expanded", report->n_bad <= 3, NULL);
  GtkWidget *image = gtk_image_new_from_icon_name ("bmn-failed-symbolic");
  gtk_widget_add_css_class (image, "state");
  gtk_widget_add_css_class (image, "failed");
  adw_expander_row_add_prefix (ADW_EXPANDER_ROW (expander), image);
  for (guint i = 0; i < MIN (report->bad_rows->len, MAX_BAD_ROWS); i++)
    adw_expander_row_add_row (ADW_EXPANDER_ROW (expander),
                              make_bad_row (report->bad_rows->pdata[i]));
  adw_preferences_group_add (group, expander);
}

/*
 * The first posts.
 */

static char *
describe_sample (const BmnHistoryPost *post)
{
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (post->published_at);
  g_autofree char *at = g_date_time_format (time, "%x, %H:%M");
  if (post->likes == BMN_COUNT_UNKNOWN)
    return g_steal_pointer (&at);
  guint likes = (guint)MIN (post->likes, G_MAXUINT);
  g_autofree char *counted = g_strdup_printf (ngettext ("%'u like", "%'u likes", likes), likes);
  return g_strdup_printf ("%s · %s", at, counted);
}

static void
show_samples (BmnImportOutcome *self, const BmnImportReport *report)
{
  if (report->samples->len == 0)
    return;
  AdwPreferencesGroup *group = add_group (self, _ ("The First Posts, as They Come In"));
  for (guint i = 0; i < MIN (report->samples->len, MAX_SAMPLES); i++)
    {
      const BmnHistoryPost *post = report->samples->pdata[i];
      g_autofree char *described = describe_sample (post);
      GtkWidget *row = make_row (*post->text ? post->text : _ ("Without text"), described);
      adw_preferences_group_add (group, row);
    }
}

void
bmn_import_outcome_set_report (BmnImportOutcome *self,
                               const BmnImportReport *report,
                               gboolean with_samples)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  show_counts (self, report);
  show_bad_rows (self, report);
  if (with_samples)
    show_samples (self, report);
}

static void
bmn_import_outcome_class_init (BmnImportOutcomeClass *klass)
{
}

static void
bmn_import_outcome_init (BmnImportOutcome *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
}
