#include "bmn-account-page.h"
#include "bmn-accounts-window.h"
#include "bmn-agenda-list.h"
#include "bmn-agenda-row.h"
#include "bmn-application.h"
#include "bmn-chip.h"
#include "bmn-connect-window.h"
#include "bmn-import-choice.h"
#include "bmn-import-mapper.h"
#include "bmn-import-outcome.h"
#include "bmn-import-window.h"
#include "bmn-learnt-page.h"
#include "bmn-ledger-page.h"
#include "bmn-month-view.h"
#include "bmn-plan-page.h"
#include "bmn-post-details.h"
#include "bmn-preferences-window.h"
#include "bmn-privacy-window.h"
#include "bmn-stored-page.h"
#include "bmn-transfer-window.h"
#include "bmn-trouble-strip.h"
#include "bmn-two-weeks.h"
#include "bmn-week-view.h"
#include "bmn-welcome-page.h"
#include "bmn-window.h"

/* A template that does not build, or whose child is of another type than its field says,
 * gives a critical, and criticals are fatal here. */

static void
test_widget (gconstpointer data)
{
  GType type = GPOINTER_TO_SIZE (data);
  GtkWidget *widget = g_object_new (type, NULL);
  g_assert_true (GTK_IS_WIDGET (widget));
  g_object_ref_sink (widget);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  const GType types[] = {
    BMN_TYPE_ACCOUNTS_WINDOW,    BMN_TYPE_ACCOUNT_PAGE,   BMN_TYPE_AGENDA_LIST,
    BMN_TYPE_AGENDA_ROW,         BMN_TYPE_CHIP,           BMN_TYPE_CONNECT_WINDOW,
    BMN_TYPE_IMPORT_CHOICE,      BMN_TYPE_IMPORT_MAPPER,  BMN_TYPE_IMPORT_OUTCOME,
    BMN_TYPE_IMPORT_WINDOW,      BMN_TYPE_LEARNT_PAGE,    BMN_TYPE_LEDGER_PAGE,
    BMN_TYPE_MONTH_VIEW,         BMN_TYPE_PLAN_PAGE,      BMN_TYPE_POST_DETAILS,
    BMN_TYPE_PREFERENCES_WINDOW, BMN_TYPE_PRIVACY_WINDOW, BMN_TYPE_STORED_PAGE,
    BMN_TYPE_TRANSFER_WINDOW,    BMN_TYPE_TROUBLE_STRIP,  BMN_TYPE_TWO_WEEKS,
    BMN_TYPE_WEEK_VIEW,          BMN_TYPE_WELCOME_PAGE,   BMN_TYPE_WINDOW,
  };
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strconcat ("/ui/templates/", g_type_name (types[i]), NULL);
      g_test_add_data_func (path, GSIZE_TO_POINTER (types[i]), test_widget);
    }
  return g_test_run ();
}
