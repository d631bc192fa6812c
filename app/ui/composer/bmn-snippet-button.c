#include "bmn-snippet-button.h"
#include "bmn-snippet-editor.h"
#include "bmn-undo-toast.h"

#include "bmn-session-snippets.h"

#include <glib/gi18n.h>

/* From so many on there is something to search in. */
#define MANY 6
/* px; beyond this height the list scrolls. */
#define HEIGHT 340
#define WIDTH 280

struct _BmnSnippetButton
{
  AdwBin parent_instance;

  BmnSessionThread *session;         /* (owned) (nullable) */
  GPtrArray *snippets;               /* (owned) (nullable) (element-type BmnSnippet) */
  char *draft_text, *draft_hashtags; /* (owned) (nullable) */
  GtkWidget *button, *popover, *pages, *search, *list, *empty, *editor;
  GtkWidget *keep_text, *keep_hashtags;
};

G_DEFINE_FINAL_TYPE (BmnSnippetButton, bmn_snippet_button, ADW_TYPE_BIN)

enum
{
  OPENING,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
show_page (BmnSnippetButton *self, const char *name)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->pages), name);
}

/*
 * The list.
 */

static const BmnSnippet *
get_snippet (BmnSnippetButton *self, GtkWidget *button)
{
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  return self->snippets && index < self->snippets->len ? self->snippets->pdata[index] : NULL;
}

static void
on_insert (GtkButton *button, BmnSnippetButton *self)
{
  const BmnSnippet *snippet = get_snippet (self, GTK_WIDGET (button));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  if (snippet)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.insert", "s", snippet->text);
}

static void
edit (BmnSnippetButton *self, const BmnSnippet *snippet)
{
  show_page (self, "editor");
  bmn_snippet_editor_set_snippet (BMN_SNIPPET_EDITOR (self->editor), snippet);
}

static void
on_edit (GtkButton *button, BmnSnippetButton *self)
{
  const BmnSnippet *snippet = get_snippet (self, GTK_WIDGET (button));
  if (snippet)
    edit (self, snippet);
}

static GtkWidget *
make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_row (BmnSnippetButton *self, const BmnSnippet *snippet, guint index)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  GtkWidget *insert = gtk_button_new (), *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *change = gtk_button_new_from_icon_name ("document-edit-symbolic");
  g_autofree char *line = g_strdelimit (g_strdup (snippet->text), "\r\n\t", ' ');
  /* Translators: %s is the name of a template or a group of hashtags. */
  g_autofree char *insert_name = g_strdup_printf (_ ("Insert “%s”"), snippet->name);
  /* Translators: %s is the name of a template or a group of hashtags. */
  g_autofree char *change_name = g_strdup_printf (_ ("Change “%s”"), snippet->name);
  gtk_box_append (GTK_BOX (lines), make_label (snippet->name, "semi"));
  gtk_box_append (GTK_BOX (lines), make_label (line, "reason"));
  gtk_button_set_child (GTK_BUTTON (insert), lines);
  gtk_widget_set_hexpand (insert, TRUE);
  gtk_widget_add_css_class (insert, "flat");
  gtk_widget_add_css_class (insert, "menu-row");
  gtk_widget_add_css_class (change, "flat");
  gtk_widget_set_valign (change, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (change, _ ("Change"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (insert), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  insert_name, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (change), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  change_name, -1);
  g_object_set_data (G_OBJECT (insert), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (change), "index", GUINT_TO_POINTER (index));
  g_signal_connect (insert, "clicked", G_CALLBACK (on_insert), self);
  g_signal_connect (change, "clicked", G_CALLBACK (on_edit), self);
  gtk_box_append (GTK_BOX (row), insert);
  gtk_box_append (GTK_BOX (row), change);
  return row;
}

static gboolean
matches (BmnSnippetButton *self, const BmnSnippet *snippet)
{
  const char *words = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autofree char *wanted = g_utf8_casefold (words, -1);
  g_autofree char *name = g_utf8_casefold (snippet->name, -1);
  g_autofree char *text = g_utf8_casefold (snippet->text, -1);
  return !*wanted || strstr (name, wanted) || strstr (text, wanted);
}

static void
show_list (BmnSnippetButton *self)
{
  GtkWidget *child;
  int kind = -1;
  while ((child = gtk_widget_get_first_child (self->list)))
    gtk_box_remove (GTK_BOX (self->list), child);
  for (guint i = 0; self->snippets && i < self->snippets->len; i++)
    {
      const BmnSnippet *snippet = self->snippets->pdata[i];
      if (!matches (self, snippet))
        continue;
      if (kind != (int)snippet->kind)
        {
          kind = (int)snippet->kind;
          GtkWidget *heading = make_label (
              kind == BMN_SNIPPET_TEMPLATE ? _ ("Templates") : _ ("Hashtag groups"), "sectionhead");
          gtk_widget_add_css_class (heading, "menu-head");
          gtk_box_append (GTK_BOX (self->list), heading);
        }
      gtk_box_append (GTK_BOX (self->list), make_row (self, snippet, i));
    }
  gboolean has_any = self->snippets && self->snippets->len > 0;
  gtk_widget_set_visible (self->empty, !has_any);
  gtk_widget_set_visible (self->search, has_any && self->snippets->len >= MANY);
}

static gpointer
list_snippets (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_snippets (session, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnSnippetButton) self = data;
  g_autoptr (GError) error = NULL;
  GPtrArray *snippets
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!snippets)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
      return;
    }
  g_clear_pointer (&self->snippets, g_ptr_array_unref);
  self->snippets = snippets;
  show_list (self);
}

static void
load (BmnSnippetButton *self)
{
  if (self->session)
    bmn_session_thread_work_async (self->session, list_snippets, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_listed,
                                   g_object_ref (self));
}

/*
 * Keeping and removing.
 */

static gpointer
put_snippet (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_put_snippet (session, data, error);
  return NULL;
}

static void
on_put (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnSnippetButton) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    {
      bmn_snippet_editor_set_trouble (BMN_SNIPPET_EDITOR (self->editor), error->message);
      return;
    }
  show_page (self, "list");
  load (self);
}

/* @snippet: (transfer full): */
static void
put (BmnSnippetButton *self, BmnSnippet *snippet)
{
  bmn_session_thread_work_async (self->session, put_snippet, snippet,
                                 (GDestroyNotify)bmn_snippet_free, NULL, NULL, on_put,
                                 g_object_ref (self));
}

static void
on_save (BmnSnippetButton *self)
{
  put (self, bmn_snippet_editor_make_snippet (BMN_SNIPPET_EDITOR (self->editor)));
}

typedef struct
{
  BmnSnippetButton *button; /* (owned) */
  BmnSnippet *snippet;      /* (owned) */
} Removal;

static void
removal_free (Removal *removal)
{
  g_object_unref (removal->button);
  bmn_snippet_free (removal->snippet);
  g_free (removal);
}

/* What is put back is a new one with the same name. */
static void
on_undo (gpointer data)
{
  const Removal *removal = data;
  BmnSnippet *snippet = bmn_snippet_copy (removal->snippet);
  snippet->id = 0;
  put (removal->button, snippet);
}

static gpointer
remove_snippet (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_remove_snippet (session, *(gint64 *)data, error);
  return NULL;
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Removal *removal = data;
  BmnSnippetButton *self = removal->button;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    {
      bmn_snippet_editor_set_trouble (BMN_SNIPPET_EDITOR (self->editor), error->message);
      removal_free (removal);
      return;
    }
  /* Translators: %s is the name of a template or a group of hashtags. */
  g_autofree char *message = g_strdup_printf (_ ("“%s” removed"), removal->snippet->name);
  show_page (self, "list");
  load (self);
  bmn_undo_toast_show (GTK_WIDGET (self), message, on_undo, removal, (GDestroyNotify)removal_free);
}

static void
on_remove (BmnSnippetButton *self)
{
  Removal *removal = g_new0 (Removal, 1);
  removal->button = g_object_ref (self);
  removal->snippet = bmn_snippet_editor_make_snippet (BMN_SNIPPET_EDITOR (self->editor));
  bmn_session_thread_work_async (self->session, remove_snippet,
                                 g_memdup2 (&removal->snippet->id, sizeof (gint64)), g_free, NULL,
                                 NULL, on_removed, removal);
}

static void
on_back (BmnSnippetButton *self)
{
  show_page (self, "list");
}

/* What is kept is named by its first words until the user says better. */
static void
keep (BmnSnippetButton *self, BmnSnippetKind kind, const char *text)
{
  g_autoptr (BmnSnippet) snippet = bmn_snippet_new (kind, "", text);
  if (kind == BMN_SNIPPET_TEMPLATE)
    {
      g_autofree char *line = g_strndup (text, strcspn (text, "\r\n"));
      g_autofree char *name = g_utf8_substring (line, 0, MIN (g_utf8_strlen (line, -1), 30));
      g_free (snippet->name);
      snippet->name = g_strdup (g_strstrip (name));
    }
  edit (self, snippet);
}

static void
on_keep_text (BmnSnippetButton *self)
{
  keep (self, BMN_SNIPPET_TEMPLATE, self->draft_text ? self->draft_text : "");
}

static void
on_keep_hashtags (BmnSnippetButton *self)
{
  keep (self, BMN_SNIPPET_HASHTAGS, self->draft_hashtags ? self->draft_hashtags : "");
}

void
bmn_snippet_button_set_draft (BmnSnippetButton *self, const char *text, const char *hashtags)
{
  g_free (self->draft_text);
  g_free (self->draft_hashtags);
  self->draft_text = g_strdup (text);
  self->draft_hashtags = g_strdup (hashtags);
}

/*
 * The object.
 */

static void
on_shown (BmnSnippetButton *self)
{
  g_signal_emit (self, signals[OPENING], 0);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_page (self, "list");
  load (self);
}

void
bmn_snippet_button_popup (BmnSnippetButton *self)
{
  gtk_menu_button_popup (GTK_MENU_BUTTON (self->button));
}

void
bmn_snippet_button_set_session (BmnSnippetButton *self, BmnSessionThread *session)
{
  g_set_object (&self->session, session);
}

static GtkWidget *
make_menu_row (BmnSnippetButton *self, const char *label, GCallback clicked)
{
  GtkWidget *row = gtk_button_new_with_label (label);
  gtk_label_set_xalign (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (row))), 0);
  gtk_widget_add_css_class (row, "flat");
  gtk_widget_add_css_class (row, "menu-row");
  g_signal_connect_swapped (row, "clicked", clicked, self);
  return row;
}

static GtkWidget *
make_list_page (BmnSnippetButton *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search templates and hashtag groups"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_list), self);
  self->empty = gtk_label_new (
      _ ("Keep here what you write again and again: whole posts, or hashtags that belong "
         "together."));
  gtk_label_set_wrap (GTK_LABEL (self->empty), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (self->empty), 30);
  gtk_label_set_xalign (GTK_LABEL (self->empty), 0);
  gtk_widget_add_css_class (self->empty, "reason");
  gtk_widget_add_css_class (self->empty, "pad6");
  self->list = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), HEIGHT);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  self->keep_text = make_menu_row (self, _ ("New Template…"), G_CALLBACK (on_keep_text));
  self->keep_hashtags
      = make_menu_row (self, _ ("New Hashtag Group…"), G_CALLBACK (on_keep_hashtags));
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), self->empty);
  gtk_box_append (GTK_BOX (box), scroller);
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->keep_text);
  gtk_box_append (GTK_BOX (box), self->keep_hashtags);
  return box;
}

static void
bmn_snippet_button_dispose (GObject *object)
{
  BmnSnippetButton *self = BMN_SNIPPET_BUTTON (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->snippets, g_ptr_array_unref);
  g_clear_pointer (&self->draft_text, g_free);
  g_clear_pointer (&self->draft_hashtags, g_free);
  G_OBJECT_CLASS (bmn_snippet_button_parent_class)->dispose (object);
}

static void
bmn_snippet_button_class_init (BmnSnippetButtonClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_snippet_button_dispose;
  signals[OPENING] = g_signal_new ("opening", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_snippet_button_init (BmnSnippetButton *self)
{
  self->pages = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_add_named (GTK_STACK (self->pages), make_list_page (self), "list");
  self->editor = bmn_snippet_editor_new ();
  gtk_stack_add_named (GTK_STACK (self->pages), self->editor, "editor");
  g_signal_connect_object (self->editor, "save", G_CALLBACK (on_save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "remove", G_CALLBACK (on_remove), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->editor, "back", G_CALLBACK (on_back), self, G_CONNECT_SWAPPED);
  self->popover = gtk_popover_new ();
  gtk_widget_set_size_request (self->pages, WIDTH, -1);
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->pages);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (on_shown), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "bmn-template-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->button), GTK_ARROW_UP);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_set_tooltip_text (self->button, _ ("Templates and Hashtag Groups"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Templates and hashtag groups"), -1);
  adw_bin_set_child (ADW_BIN (self), self->button);
}
