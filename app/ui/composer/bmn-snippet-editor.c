#include "bmn-snippet-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>

struct _BmnSnippetEditor
{
  GtkBox parent_instance;

  BmnSnippet *snippet; /* (owned) (nullable) what it began with */
  GtkWidget *title, *name, *remove, *trouble;
  GtkTextBuffer *text; /* the view's */
};

G_DEFINE_FINAL_TYPE (BmnSnippetEditor, bmn_snippet_editor, GTK_TYPE_BOX)

enum
{
  SAVE,
  REMOVE,
  BACK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
bmn_snippet_editor_set_trouble (BmnSnippetEditor *self, const char *message)
{
  gtk_label_set_label (GTK_LABEL (self->trouble), message ? message : "");
  gtk_widget_set_visible (self->trouble, message != NULL);
}

void
bmn_snippet_editor_set_snippet (BmnSnippetEditor *self, const BmnSnippet *snippet)
{
  g_clear_pointer (&self->snippet, bmn_snippet_free);
  self->snippet = bmn_snippet_copy (snippet);
  gtk_label_set_label (GTK_LABEL (self->title), snippet->kind == BMN_SNIPPET_TEMPLATE
                                                    ? _ ("Template")
                                                    : _ ("Hashtag Group"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), snippet->name);
  gtk_text_buffer_set_text (self->text, snippet->text, -1);
  gtk_widget_set_visible (self->remove, snippet->id != 0);
  bmn_snippet_editor_set_trouble (self, NULL);
  gtk_widget_grab_focus (self->name);
}

BmnSnippet *
bmn_snippet_editor_make_snippet (BmnSnippetEditor *self)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (self->text, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (self->text, &start, &end, FALSE);
  BmnSnippet *snippet = bmn_snippet_new (self->snippet->kind,
                                         gtk_editable_get_text (GTK_EDITABLE (self->name)), text);
  snippet->id = self->snippet->id;
  return snippet;
}

static void
on_save (BmnSnippetEditor *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

static void
on_remove (BmnSnippetEditor *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static void
on_back (BmnSnippetEditor *self)
{
  g_signal_emit (self, signals[BACK], 0);
}

/*
 * Building.
 */

static GtkWidget *
make_head (BmnSnippetEditor *self)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *back = gtk_button_new_from_icon_name ("go-previous-symbolic");
  gtk_widget_add_css_class (back, "flat");
  gtk_widget_set_tooltip_text (back, _ ("Back"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (back), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Back"),
                                  -1);
  g_signal_connect_swapped (back, "clicked", G_CALLBACK (on_back), self);
  self->title = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->title, "heading");
  gtk_box_append (GTK_BOX (head), back);
  gtk_box_append (GTK_BOX (head), self->title);
  return head;
}

static GtkWidget *
make_text (BmnSnippetEditor *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new (), *view = gtk_text_view_new ();
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (scroller), 110);
  gtk_widget_add_css_class (scroller, "entry-like");
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (view), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (view), 9);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (view), 6);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (view), 6);
  gtk_accessible_update_property (GTK_ACCESSIBLE (view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("What is put into the post"), -1);
  self->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), view);
  return scroller;
}

static GtkWidget *
make_foot (BmnSnippetEditor *self)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *save = gtk_button_new_with_mnemonic (_ ("_Save"));
  self->remove = gtk_button_new_with_mnemonic (_ ("_Remove"));
  gtk_widget_add_css_class (save, "suggested-action");
  gtk_widget_add_css_class (self->remove, "flat");
  gtk_widget_set_hexpand (save, TRUE);
  gtk_widget_set_halign (save, GTK_ALIGN_END);
  g_signal_connect_swapped (save, "clicked", G_CALLBACK (on_save), self);
  g_signal_connect_swapped (self->remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (foot), self->remove);
  gtk_box_append (GTK_BOX (foot), save);
  return foot;
}

static void
bmn_snippet_editor_finalize (GObject *object)
{
  g_clear_pointer (&BMN_SNIPPET_EDITOR (object)->snippet, bmn_snippet_free);
  G_OBJECT_CLASS (bmn_snippet_editor_parent_class)->finalize (object);
}

static void
bmn_snippet_editor_class_init (BmnSnippetEditorClass *klass)
{
  const char *const names[N_SIGNALS] = { [SAVE] = "save", [REMOVE] = "remove", [BACK] = "back" };
  G_OBJECT_CLASS (klass)->finalize = bmn_snippet_editor_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                               NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_snippet_editor_init (BmnSnippetEditor *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 9);
  gtk_widget_add_css_class (GTK_WIDGET (self), "pad6");
  self->name = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->name), _ ("Name"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->name), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Name"), -1);
  g_signal_connect_swapped (self->name, "activate", G_CALLBACK (on_save), self);
  self->trouble = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->trouble), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->trouble), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->trouble), 30);
  gtk_widget_add_css_class (self->trouble, "over");
  gtk_widget_add_css_class (self->trouble, "small");
  gtk_box_append (GTK_BOX (self), make_head (self));
  gtk_box_append (GTK_BOX (self), self->name);
  gtk_box_append (GTK_BOX (self), make_text (self));
  gtk_box_append (GTK_BOX (self), self->trouble);
  gtk_box_append (GTK_BOX (self), make_foot (self));
}

GtkWidget *
bmn_snippet_editor_new (void)
{
  return g_object_new (BMN_TYPE_SNIPPET_EDITOR, NULL);
}
