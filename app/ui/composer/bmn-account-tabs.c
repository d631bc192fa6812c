#include "bmn-account-tabs.h"
#include "bmn-length-avatar.h"

#include "bmn-text-count.h"

#include <glib/gi18n.h>

struct _BmnAccountTabs
{
  GtkBox parent_instance;

  BmnDraft *draft;         /* (owned) (nullable) */
  GPtrArray *destinations; /* (owned) (nullable) (element-type BmnDestination) */
  gint64 current;
  GtkWidget *tabs;    /* a box */
  GtkWidget *choices; /* a box in the menu */
  gboolean is_following;
};

G_DEFINE_FINAL_TYPE (BmnAccountTabs, bmn_account_tabs, GTK_TYPE_BOX)

enum
{
  SWITCHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

gint64
bmn_account_tabs_get_current (BmnAccountTabs *self)
{
  return self->current;
}

static gint64
get_tab_id (GtkWidget *tab)
{
  return *(gint64 *)g_object_get_data (G_OBJECT (tab), "id");
}

static void
set_tab_id (GtkWidget *tab, gint64 id)
{
  g_object_set_data_full (G_OBJECT (tab), "id", g_memdup2 (&id, sizeof id), g_free);
}

void
bmn_account_tabs_set_current (BmnAccountTabs *self, gint64 account_id)
{
  gboolean is_new = self->current != account_id;
  self->current = account_id;
  self->is_following = TRUE;
  for (GtkWidget *tab = gtk_widget_get_first_child (self->tabs); tab;
       tab = gtk_widget_get_next_sibling (tab))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (tab), get_tab_id (tab) == account_id);
  self->is_following = FALSE;
  if (is_new)
    g_signal_emit (self, signals[SWITCHED], 0);
}

static void
on_toggled (GtkToggleButton *tab, BmnAccountTabs *self)
{
  if (!self->is_following)
    bmn_account_tabs_set_current (self, get_tab_id (GTK_WIDGET (tab)));
}

/*
 * Length.
 */

/* The longest part decides. Returns: how much of the limit is used; below 0 without one */
static double
measure (BmnAccountTabs *self, const BmnDestination *destination, gint64 *left)
{
  const BmnLimits *limits = destination->limits;
  GPtrArray *parts = bmn_draft_get_parts (self->draft, destination->account->id);
  gsize longest = 0;
  for (guint i = 0; i < parts->len; i++)
    {
      BmnTextCount count;
      if (bmn_text_count (((BmnPart *)parts->pdata[i])->text, limits, &count, NULL))
        longest = MAX (longest, count.length);
    }
  *left = (gint64)limits->max_length - (gint64)longest;
  return limits->max_length > 0 ? (double)longest / (double)limits->max_length : -1;
}

static void
show_length (BmnAccountTabs *self, GtkWidget *tab, const BmnDestination *destination)
{
  GtkWidget *count = g_object_get_data (G_OBJECT (tab), "count");
  GtkWidget *own = g_object_get_data (G_OBJECT (tab), "own");
  gint64 left;
  double used = measure (self, destination, &left);
  g_autofree char *words = NULL, *name = NULL;
  const char *account = destination->account->name;
  if (used < 0)
    {
      words = g_strdup ("∞");
      name = g_strdup_printf (_ ("%s, no limit"), account);
    }
  else if (left < 0)
    {
      words = g_strdup_printf ("−%d", (int)-left);
      name = g_strdup_printf (
          ngettext ("%s, %d character too long", "%s, %d characters too long", (gulong)-left),
          account, (int)-left);
    }
  else
    {
      words = g_strdup_printf ("%d", (int)left);
      name = g_strdup_printf (
          ngettext ("%s, %d character left", "%s, %d characters left", (gulong)left), account,
          (int)left);
    }
  gtk_label_set_label (GTK_LABEL (count), words);
  if (used > 1)
    gtk_widget_add_css_class (count, "over");
  else
    gtk_widget_remove_css_class (count, "over");
  gtk_widget_set_visible (own, bmn_draft_has_own (self->draft, destination->account->id));
  bmn_length_avatar_set_used (g_object_get_data (G_OBJECT (tab), "avatar"), MAX (used, 0));
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static const BmnDestination *
find_destination (BmnAccountTabs *self, gint64 id)
{
  for (guint i = 0; i < self->destinations->len; i++)
    if (((BmnDestination *)self->destinations->pdata[i])->account->id == id)
      return self->destinations->pdata[i];
  return NULL;
}

static void
show_lengths (BmnAccountTabs *self)
{
  for (GtkWidget *tab = gtk_widget_get_first_child (self->tabs); tab;
       tab = gtk_widget_get_next_sibling (tab))
    {
      const BmnDestination *destination = find_destination (self, get_tab_id (tab));
      if (destination)
        show_length (self, tab, destination);
    }
}

/*
 * Tabs.
 */

static GtkWidget *
make_tab (BmnAccountTabs *self, gint64 id, GtkWidget *content)
{
  GtkWidget *tab = gtk_toggle_button_new ();
  gtk_widget_add_css_class (tab, "flat");
  gtk_button_set_child (GTK_BUTTON (tab), content);
  set_tab_id (tab, id);
  g_signal_connect (tab, "toggled", G_CALLBACK (on_toggled), self);
  gtk_box_append (GTK_BOX (self->tabs), tab);
  return tab;
}

static GtkWidget *
make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, style);
  return label;
}

static void
make_account_tab (BmnAccountTabs *self, const BmnDestination *destination)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *avatar = bmn_length_avatar_new (
      destination->account->name, bmn_platform_icon_name (destination->account->platform), 28);
  GtkWidget *count = make_label ("", "count");
  GtkWidget *own = gtk_image_new_from_icon_name ("bmn-customise-symbolic");
  gtk_image_set_pixel_size (GTK_IMAGE (own), 11);
  gtk_widget_set_tooltip_text (own, _ ("Has its own text"));
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (line), count);
  gtk_box_append (GTK_BOX (line), own);
  gtk_box_append (GTK_BOX (lines), make_label (destination->account->name, "semi"));
  gtk_box_append (GTK_BOX (lines), line);
  gtk_box_append (GTK_BOX (box), avatar);
  gtk_box_append (GTK_BOX (box), lines);
  GtkWidget *tab = make_tab (self, destination->account->id, box);
  g_object_set_data (G_OBJECT (tab), "count", count);
  g_object_set_data (G_OBJECT (tab), "own", own);
  g_object_set_data (G_OBJECT (tab), "avatar", avatar);
  gtk_widget_set_tooltip_text (tab, destination->platform_name);
}

static void
make_all_tab (BmnAccountTabs *self, guint n)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *number = g_strdup_printf ("%u", n);
  GtkWidget *name = make_label (_ ("All"), "semi"), *count = make_label (number, "count");
  gtk_label_set_xalign (GTK_LABEL (name), 0.5);
  gtk_label_set_xalign (GTK_LABEL (count), 0.5);
  gtk_widget_add_css_class (count, "numeric");
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_start (lines, 5);
  gtk_widget_set_margin_end (lines, 5);
  gtk_box_append (GTK_BOX (lines), name);
  gtk_box_append (GTK_BOX (lines), count);
  GtkWidget *tab = make_tab (self, BMN_DRAFT_ALL, lines);
  g_autofree char *words
      = g_strdup_printf (ngettext ("Text for %u account", "Text for all %u accounts", n), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (tab), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

static void
rebuild (BmnAccountTabs *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->tabs)))
    gtk_box_remove (GTK_BOX (self->tabs), child);
  guint n = bmn_draft_count_accounts (self->draft);
  if (n != 1)
    make_all_tab (self, n);
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      if (bmn_draft_has_account (self->draft, destination->account->id))
        make_account_tab (self, destination);
    }
  show_lengths (self);
  gint64 current = self->current;
  if (current != BMN_DRAFT_ALL && !bmn_draft_has_account (self->draft, current))
    current = BMN_DRAFT_ALL;
  if (n == 1)
    current = get_tab_id (gtk_widget_get_first_child (self->tabs));
  else if (!bmn_draft_has_account (self->draft, current))
    current = BMN_DRAFT_ALL;
  bmn_account_tabs_set_current (self, current);
}

static void
on_draft_changed (BmnAccountTabs *self, guint what)
{
  if (what & BMN_DRAFT_CHANGE_ACCOUNTS)
    rebuild (self);
  else if (what & (BMN_DRAFT_CHANGE_TEXT | BMN_DRAFT_CHANGE_PARTS))
    show_lengths (self);
}

/*
 * Which accounts.
 */

static void
on_chosen (GtkCheckButton *choice, BmnAccountTabs *self)
{
  bmn_draft_set_account (self->draft, get_tab_id (GTK_WIDGET (choice)),
                         gtk_check_button_get_active (choice));
}

static void
make_choices (BmnAccountTabs *self)
{
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      GtkWidget *choice = gtk_check_button_new ();
      /* Translators: an account's name, then its platform's. */
      g_autofree char *label
          = g_strdup_printf (_ ("%s · %s"), destination->account->name, destination->platform_name);
      gtk_check_button_set_label (GTK_CHECK_BUTTON (choice), label);
      set_tab_id (choice, destination->account->id);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (choice),
                                   bmn_draft_has_account (self->draft, destination->account->id));
      g_signal_connect (choice, "toggled", G_CALLBACK (on_chosen), self);
      gtk_box_append (GTK_BOX (self->choices), choice);
    }
}

void
bmn_account_tabs_set_up (BmnAccountTabs *self, BmnDraft *draft, GPtrArray *destinations)
{
  self->draft = g_object_ref (draft);
  self->destinations = g_ptr_array_ref (destinations);
  g_signal_connect_object (draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  make_choices (self);
  rebuild (self);
}

static void
bmn_account_tabs_dispose (GObject *object)
{
  BmnAccountTabs *self = BMN_ACCOUNT_TABS (object);
  g_clear_object (&self->draft);
  g_clear_pointer (&self->destinations, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_account_tabs_parent_class)->dispose (object);
}

static void
bmn_account_tabs_class_init (BmnAccountTabsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_account_tabs_dispose;
  signals[SWITCHED] = g_signal_new ("switched", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_account_tabs_init (BmnAccountTabs *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_widget_set_hexpand (scroller, TRUE);
  self->tabs = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 2);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->tabs);
  GtkWidget *add = gtk_menu_button_new (), *popover = gtk_popover_new ();
  self->choices = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_widget_add_css_class (self->choices, "pad12");
  gtk_popover_set_child (GTK_POPOVER (popover), self->choices);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (add), "list-add-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (add), popover);
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (add, _ ("Choose Accounts"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (add), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Choose accounts"), -1);
  gtk_widget_add_css_class (GTK_WIDGET (self), "account-tabs");
  gtk_box_append (GTK_BOX (self), scroller);
  gtk_box_append (GTK_BOX (self), add);
  self->current = -1;
}
