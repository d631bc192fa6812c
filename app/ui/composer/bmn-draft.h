#pragma once

#include "bmn-post.h"
#include "bmn-target.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnDraft: what a composer writes: a post, the accounts it goes to, and the text that some
 * of them have of their own. Knows no widget and no session.
 *
 * A variant is an account's id, or %BMN_DRAFT_ALL for the text that all accounts without one
 * of their own share. Functions that change the text of an account without its own change the
 * shared one.
 */

#define BMN_TYPE_DRAFT (bmn_draft_get_type ())
G_DECLARE_FINAL_TYPE (BmnDraft, bmn_draft, BMN, DRAFT, GObject)

#define BMN_DRAFT_ALL 0

/**
 * BmnDraftChange:
 * @BMN_DRAFT_CHANGE_TEXT: what a part says
 * @BMN_DRAFT_CHANGE_PARTS: how many parts there are, or whose text an account has
 * @BMN_DRAFT_CHANGE_MEDIA: pictures, their order or descriptions
 * @BMN_DRAFT_CHANGE_OPTIONS: everything else of the post
 * @BMN_DRAFT_CHANGE_ACCOUNTS: where it goes
 */
typedef enum
{
  BMN_DRAFT_CHANGE_TEXT = 1 << 0,
  BMN_DRAFT_CHANGE_PARTS = 1 << 1,
  BMN_DRAFT_CHANGE_MEDIA = 1 << 2,
  BMN_DRAFT_CHANGE_OPTIONS = 1 << 3,
  BMN_DRAFT_CHANGE_ACCOUNTS = 1 << 4,
} BmnDraftChange;

/* Returns: (transfer full): with one empty part, on no account */
BmnDraft *bmn_draft_new (void) G_GNUC_WARN_UNUSED_RESULT;
/* @targets: (element-type BmnTarget): Returns: (transfer full): a stored post */
BmnDraft *bmn_draft_new_from (const BmnPost *post, GPtrArray *targets) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: (transfer none): with the shared parts */
const BmnPost *bmn_draft_get_post (BmnDraft *self);
/* What the store said when the draft was saved; not a change. */
void bmn_draft_set_id (BmnDraft *self, gint64 id);
/* Returns: (transfer full): the post as it would go out on @variant */
BmnPost *bmn_draft_make_post (BmnDraft *self, gint64 variant) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: (transfer full) (element-type BmnTarget): one for each chosen account */
GPtrArray *bmn_draft_make_targets (BmnDraft *self) G_GNUC_WARN_UNUSED_RESULT;
/* Returns: grows with each change */
guint bmn_draft_get_serial (BmnDraft *self);
/* Returns: whether there is no text, no medium and no poll anywhere */
gboolean bmn_draft_is_empty (BmnDraft *self);

gboolean bmn_draft_has_account (BmnDraft *self, gint64 account_id);
/* An account that is left out keeps its own text until the draft is closed. */
void bmn_draft_set_account (BmnDraft *self, gint64 account_id, gboolean chosen);
guint bmn_draft_count_accounts (BmnDraft *self);

/* Returns: whether the account has a text of its own */
gboolean bmn_draft_has_own (BmnDraft *self, gint64 account_id);
/* Gives the account a text of its own, the shared one at first. */
void bmn_draft_customise (BmnDraft *self, gint64 account_id);
/* Lets the account have the shared text again. */
void bmn_draft_reset (BmnDraft *self, gint64 account_id);

/* Returns: (transfer none) (element-type BmnPart): good until the next change */
GPtrArray *bmn_draft_get_parts (BmnDraft *self, gint64 variant);
const char *bmn_draft_get_text (BmnDraft *self, gint64 variant, guint part);
void bmn_draft_set_text (BmnDraft *self, gint64 variant, guint part, const char *text);
void bmn_draft_insert_part (BmnDraft *self, gint64 variant, guint part, const char *text);
/* The last one stays. */
void bmn_draft_remove_part (BmnDraft *self, gint64 variant, guint part);
/* Puts @texts (element-type utf8) in the place of one part, whose media stay with the first. */
void bmn_draft_split_part (BmnDraft *self, gint64 variant, guint part, GPtrArray *texts);

/* @media: (transfer full): goes last */
void bmn_draft_add_media (BmnDraft *self, gint64 variant, guint part, BmnMedia *media);
void bmn_draft_remove_media (BmnDraft *self, gint64 variant, guint part, guint index);
void bmn_draft_move_media (BmnDraft *self, gint64 variant, guint part, guint from, guint to);
/* @media: (transfer full): in the place of one, such as the same with another description */
void
bmn_draft_replace_media (BmnDraft *self, gint64 variant, guint part, guint index, BmnMedia *media);

void bmn_draft_set_language (BmnDraft *self, const char *language);
void bmn_draft_set_visibility (BmnDraft *self, BmnVisibility visibility);
void bmn_draft_set_content_warning (BmnDraft *self, const char *text);
void bmn_draft_set_sensitive (BmnDraft *self, gboolean sensitive);
/* @poll: (nullable): copied */
void bmn_draft_set_poll (BmnDraft *self, const BmnPoll *poll);

/*
 * Signals:
 *
 * BmnDraft::changed (guint what): #BmnDraftChange bits
 */

G_END_DECLS
