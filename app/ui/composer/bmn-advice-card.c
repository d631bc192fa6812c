#include "bmn-advice-card.h"

GtkWidget *
bmn_advice_card_make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

GtkWidget *
bmn_advice_card_new (const char *icon, const char *title, GtkWidget **head)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = bmn_advice_card_make_label (title, "heading");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (*head), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (*head), name);
  gtk_box_append (GTK_BOX (card), *head);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "pad12");
  return card;
}
