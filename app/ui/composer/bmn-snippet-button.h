#pragma once

#include "bmn-session-thread.h"
#include "bmn-snippet.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnSnippetButton: a menu of templates and groups of hashtags, to be put into the text, kept
 * from it, changed and removed. What is chosen is the action `composer.insert` (s: a text).
 */

#define BMN_TYPE_SNIPPET_BUTTON (bmn_snippet_button_get_type ())
G_DECLARE_FINAL_TYPE (BmnSnippetButton, bmn_snippet_button, BMN, SNIPPET_BUTTON, AdwBin)

void bmn_snippet_button_set_session (BmnSnippetButton *self, BmnSessionThread *session);
/* What would be kept. @text: what is selected, or all of it; @hashtags: those in it, each with its
 * sign; either may be empty */
void bmn_snippet_button_set_draft (BmnSnippetButton *self, const char *text, const char *hashtags);
void bmn_snippet_button_popup (BmnSnippetButton *self);

/* Signals: BmnSnippetButton::opening (): bmn_snippet_button_set_draft() is to be called now */

G_END_DECLS
