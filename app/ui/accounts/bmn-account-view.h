#pragma once

#include "bmn-account-levers.h"
#include "bmn-account-overview.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* All that the page about an account shows, read at once. */
typedef struct
{
  BmnAccountOverview *overview; /* (owned) */
  BmnAccountLevers *levers;     /* (owned) */
  GPtrArray *slots;             /* (owned) (element-type BmnSlot) */
} BmnAccountView;

void bmn_account_view_free (BmnAccountView *view);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnAccountView, bmn_account_view_free)

/* A #BmnSessionFunc; @id: (type gint64*): Returns: (transfer full): a #BmnAccountView */
gpointer bmn_account_view_read (BmnSession *session, gpointer id, GError **error);

/**
 * BmnAccountState:
 * @icon: name of its icon
 * @css_class: its colour
 * @title: in a few words
 * @detail: (nullable): what follows from it
 * @wants_sign_in: whether to sign in again is what mends it
 */
typedef struct
{
  const char *icon;
  const char *css_class;
  const char *title;
  char *detail; /* (owned) (nullable) */
  gboolean wants_sign_in;
} BmnAccountState;

/* How an account is, translated. @now: µs; @state: (out caller-allocates) */
void
bmn_account_state_judge (const BmnAccountOverview *overview, gint64 now, BmnAccountState *state);
void bmn_account_state_clear (BmnAccountState *state);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (BmnAccountState, bmn_account_state_clear)

G_END_DECLS
