#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the cards beside a draft are made of. */

/* @head: (out) (transfer none): the line of the title, to put more into. Returns: a vertical box */
GtkWidget *bmn_advice_card_new (const char *icon, const char *title, GtkWidget **head);

/* Returns: a label that wraps, with a style class */
GtkWidget *bmn_advice_card_make_label (const char *words, const char *style);

G_END_DECLS
