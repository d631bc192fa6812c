#pragma once

#include "bmn-composer-window.h"

#include "bmn-account-tabs.h"
#include "bmn-advice-panel.h"
#include "bmn-composer-panes.h"
#include "bmn-draft-keeper.h"
#include "bmn-draft-options.h"
#include "bmn-preview.h"
#include "bmn-schedule-button.h"
#include "bmn-snippet-button.h"
#include "bmn-variant-editor.h"

G_BEGIN_DECLS

/*
 * What the files of the window share: -window holds it together, -opening brings its draft,
 * -advice asks and shows what is said of it, -actions, -options and -undo do what the user wants.
 */

struct _BmnComposerWindow
{
  AdwApplicationWindow parent_instance;

  BmnSessionThread *session; /* (owned) */
  gint64 post_id;            /* what was asked for */
  gint64 original;
  gint64 wanted_at;            /* µs; 0 where no time was asked for */
  BmnDraft *draft;             /* (owned) (nullable) until it is loaded */
  BmnDraftKeeper *keeper;      /* (owned) (nullable) likewise */
  GPtrArray *destinations;     /* (owned) (nullable) likewise */
  BmnSpeller *speller;         /* (owned) */
  GCancellable *asking;        /* (owned) (nullable) the advice under way */
  GSimpleActionGroup *actions; /* (owned) */
  char *language;              /* (owned) (nullable) the one that spelling goes by */
  guint advice_timeout, preview_timeout;
  GtkTextBuffer *undoable; /* (owned) (nullable) the text that is undone */
  gboolean is_planning;
  char *refusal;    /* (owned) (nullable) why it could not be planned, until something changes */
  gboolean is_done; /* planned: nothing is left to keep */
  gboolean is_known_open;

  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  BmnComposerPanes *panes;
  GtkWidget *write, *preview_pane, *side_pane;
  GtkWidget *preview_button, *foot, *state, *state_icon, *save, *switcher;
  BmnScheduleButton *schedule;
  BmnAccountTabs *tabs;
  AdwBin *poll_place;
  GtkWidget *own_bar, *own_words, *own_button;
  BmnDraftOptions *options;
  GtkStack *editors;
  BmnSnippetButton *snippets;
  GtkWidget *tools, *emoji, *warning, *poll, *visibility, *visibility_words, *language_button,
      *language_words;
  BmnPreview *preview;
  BmnAdvicePanel *advice;
};

/* Returns: whose text is on screen: an account with its own, or %BMN_DRAFT_ALL */
gint64 bmn_composer_window_get_variant (BmnComposerWindow *self);
/* Returns: (nullable): whose rules hold for it */
const BmnDestination *bmn_composer_window_get_destination (BmnComposerWindow *self);
/* Returns: (nullable): an account of this id */
const BmnDestination *
bmn_composer_window_find_destination (BmnComposerWindow *self, gint64 account_id);
BmnVariantEditor *bmn_composer_window_get_editor (BmnComposerWindow *self);
/* Spells by the language that was chosen, or is guessed from the text. */
void bmn_composer_window_follow_language (BmnComposerWindow *self);

/* Returns: the name of a language in itself, or its tag */
const char *bmn_composer_window_name_language (const char *tag);

/* Returns: (transfer full): the hashtags of the text on screen, each once, without the sign */
GStrv bmn_composer_window_list_tags (BmnComposerWindow *self) G_GNUC_WARN_UNUSED_RESULT;
/* Tells the menu of templates what of the text could be kept. */
void bmn_composer_window_offer_snippet (BmnComposerWindow *self);

/* Each waits for a pause; what was asked before is given up. */
void bmn_composer_window_schedule_advice (BmnComposerWindow *self);
void bmn_composer_window_schedule_preview (BmnComposerWindow *self);
void bmn_composer_window_ask_for_slot (BmnComposerWindow *self);

/* The draft and the accounts are there. */
void bmn_composer_window_start_writing (BmnComposerWindow *self);
/* Puts on record which drafts are on screen. */
void bmn_composer_window_remember_open (BmnComposerWindow *self, gboolean with_self);

/* Makes `composer.…`; before the template, which names them. */
void bmn_composer_window_add_option_actions (BmnComposerWindow *self);
void bmn_composer_window_add_undo_actions (BmnComposerWindow *self);
void bmn_composer_window_add_actions (BmnComposerWindow *self);
/* Follows the room there is; after the template. */
void bmn_composer_window_connect_layout (BmnComposerWindow *self);

void bmn_composer_window_set_up_options (BmnComposerWindow *self);
void bmn_composer_window_connect_undo (BmnComposerWindow *self);
/* The text that is written in is the one that undo is about. */
void bmn_composer_window_follow_undo (BmnComposerWindow *self);
/* Sets all toggles and menus by the draft. */
void bmn_composer_window_load_options (BmnComposerWindow *self);

/* Says in the foot how the draft stands; @error: (nullable): why it is not saved */
void bmn_composer_window_show_state (BmnComposerWindow *self, const GError *error);

G_END_DECLS
