#include "bmn-account-view.h"
#include "bmn-plan-time.h"

#include "bmn-session-levers.h"
#include "bmn-session-slots.h"

#include <glib/gi18n.h>

/* A session that ends this soon is spoken of. */
#define ENDS_SOON (3 * G_TIME_SPAN_DAY)

void
bmn_account_view_free (BmnAccountView *view)
{
  g_clear_pointer (&view->overview, bmn_account_overview_free);
  g_clear_pointer (&view->levers, bmn_account_levers_free);
  g_clear_pointer (&view->slots, g_ptr_array_unref);
  g_free (view);
}

gpointer
bmn_account_view_read (BmnSession *session, gpointer id, GError **error)
{
  gint64 account_id = *(gint64 *)id;
  g_autoptr (BmnAccountView) view = g_new0 (BmnAccountView, 1);
  if ((view->overview = bmn_session_get_account_overview (session, account_id, error))
      && (view->levers = bmn_session_get_levers (session, account_id, error))
      && (view->slots = bmn_session_list_slots (session, account_id, error)))
    return g_steal_pointer (&view);
  return NULL;
}

static char *
say_when_it_ends (gint64 at)
{
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (at);
  g_autofree char *words = bmn_plan_time_format_full (time);
  /* Translators: %s is a day with its time. */
  return g_strdup_printf (_ ("The platform wants you to sign in again by %s."), words);
}

static char *
say_what_is_planned (const BmnAccountOverview *overview)
{
  if (overview->n_planned == 0)
    return g_strdup (_ ("Nothing is planned."));
  return g_strdup_printf (
      ngettext ("%u post is planned.", "%u posts are planned.", overview->n_planned),
      overview->n_planned);
}

void
bmn_account_state_judge (const BmnAccountOverview *overview, gint64 now, BmnAccountState *state)
{
  gint64 ends = overview->session_ends_at;
  *state = (BmnAccountState){ "bmn-published-symbolic", "published", _ ("Connected") };
  if (overview->needs_sign_in || (ends != 0 && ends <= now))
    {
      *state = (BmnAccountState){ "bmn-needs-login-symbolic", "failed", _ ("Needs a New Sign-In"),
                                  g_strdup (_ ("Its posts wait until you signed in.")), TRUE };
    }
  else if (overview->account->paused)
    {
      state->icon = "bmn-held-symbolic";
      state->css_class = "held";
      state->title = _ ("Paused");
      state->detail = say_what_is_planned (overview);
    }
  else if (ends != 0 && ends - now < ENDS_SOON)
    {
      state->icon = "bmn-needs-login-symbolic";
      state->css_class = "held";
      state->title = _ ("Sign-In Ends Soon");
      state->detail = say_when_it_ends (ends);
      state->wants_sign_in = TRUE;
    }
  else
    state->detail = ends != 0 ? say_when_it_ends (ends) : say_what_is_planned (overview);
}

void
bmn_account_state_clear (BmnAccountState *state)
{
  g_clear_pointer (&state->detail, g_free);
}
