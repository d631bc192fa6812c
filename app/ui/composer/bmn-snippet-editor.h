#pragma once

#include "bmn-snippet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnSnippetEditor: names and writes one template or group of hashtags. */

#define BMN_TYPE_SNIPPET_EDITOR (bmn_snippet_editor_get_type ())
G_DECLARE_FINAL_TYPE (BmnSnippetEditor, bmn_snippet_editor, BMN, SNIPPET_EDITOR, GtkBox)

GtkWidget *bmn_snippet_editor_new (void);

/* @snippet: copied: what to begin with */
void bmn_snippet_editor_set_snippet (BmnSnippetEditor *self, const BmnSnippet *snippet);
/* Returns: (transfer full): as it is written now */
BmnSnippet *bmn_snippet_editor_make_snippet (BmnSnippetEditor *self) G_GNUC_WARN_UNUSED_RESULT;
/* @message: (nullable): why it could not be kept */
void bmn_snippet_editor_set_trouble (BmnSnippetEditor *self, const char *message);

/* Signals: BmnSnippetEditor::save (), ::remove (), ::back (): what the user wants */

G_END_DECLS
