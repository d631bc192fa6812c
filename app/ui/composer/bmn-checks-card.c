#include "bmn-checks-card.h"
#include "bmn-advice-card.h"

#include <glib/gi18n.h>

struct _BmnChecksCard
{
  AdwBin parent_instance;

  GStrv refusals;      /* (owned) (nullable) */
  GPtrArray *findings; /* (owned) (nullable) (element-type BmnFinding) */
  GtkWidget *rows, *badge;
};

G_DEFINE_FINAL_TYPE (BmnChecksCard, bmn_checks_card, ADW_TYPE_BIN)

static void
on_fix (GtkButton *button, BmnChecksCard *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.fix", "u",
                              GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static GtkWidget *
add_check (BmnChecksCard *self, const char *icon, const char *style, const char *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon),
            *label = bmn_advice_card_make_label (words, "small");
  gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
  gtk_widget_add_css_class (image, style);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 3);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self->rows), row);
  return row;
}

static void
add_finding (BmnChecksCard *self, const BmnFinding *finding, guint index)
{
  gboolean is_severe = finding->severity == BMN_SEVERITY_SEVERE;
  gboolean is_info = finding->severity == BMN_SEVERITY_INFO;
  GtkWidget *row = add_check (self,
                              finding->kind == BMN_CHECK_MISSING_ALT ? "bmn-alt-text-symbolic"
                              : is_severe                            ? "bmn-failed-symbolic"
                                          : "bmn-content-warning-symbolic",
                              is_severe ? "over"
                              : is_info ? "quiet"
                                        : "warn",
                              finding->message);
  gboolean has_place = finding->start < finding->end;
  if (finding->action == BMN_FIX_NONE && !has_place)
    return;
  GtkWidget *button
      = gtk_button_new_with_label (finding->fix_label ? finding->fix_label : _ ("Show"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (on_fix), self);
  gtk_box_append (GTK_BOX (row), button);
}

static void
show_checks (BmnChecksCard *self)
{
  guint n = 0;
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->rows)))
    gtk_box_remove (GTK_BOX (self->rows), child);
  for (guint i = 0; self->refusals && self->refusals[i]; i++, n++)
    add_check (self, "bmn-failed-symbolic", "over", self->refusals[i]);
  for (guint i = 0; self->findings && i < self->findings->len; i++)
    {
      const BmnFinding *finding = self->findings->pdata[i];
      add_finding (self, finding, i);
      n += finding->severity != BMN_SEVERITY_INFO;
    }
  if (!gtk_widget_get_first_child (self->rows))
    add_check (self, "bmn-published-symbolic", "rise", _ ("Nothing to mend"));
  g_autofree char *badge = g_strdup_printf (_ ("%u to mend"), n);
  gtk_label_set_label (GTK_LABEL (self->badge), badge);
  gtk_widget_set_visible (self->badge, n > 0);
}

void
bmn_checks_card_set_refusals (BmnChecksCard *self, const char *const *refusals)
{
  if (self->refusals && g_strv_equal ((const char *const *)self->refusals, refusals))
    return;
  g_strfreev (self->refusals);
  self->refusals = g_strdupv ((char **)refusals);
  show_checks (self);
}

void
bmn_checks_card_set_findings (BmnChecksCard *self, GPtrArray *findings)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = g_ptr_array_ref (findings);
  show_checks (self);
}

static void
bmn_checks_card_finalize (GObject *object)
{
  BmnChecksCard *self = BMN_CHECKS_CARD (object);
  g_clear_pointer (&self->refusals, g_strfreev);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_checks_card_parent_class)->finalize (object);
}

static void
bmn_checks_card_class_init (BmnChecksCardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_checks_card_finalize;
}

static void
bmn_checks_card_init (BmnChecksCard *self)
{
  GtkWidget *head;
  GtkWidget *card = bmn_advice_card_new ("bmn-published-symbolic", _ ("Checks"), &head);
  self->badge = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->badge, "pillbadge");
  gtk_widget_add_css_class (self->badge, "held");
  gtk_box_append (GTK_BOX (head), self->badge);
  self->rows = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (card), self->rows);
  adw_bin_set_child (ADW_BIN (self), card);
  show_checks (self);
}

GtkWidget *
bmn_checks_card_new (void)
{
  return g_object_new (BMN_TYPE_CHECKS_CARD, NULL);
}
