#pragma once

#include "bmn-plan-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnAgendaRow: an entry of a list, under the name of its day where it is the day's first. */

#define BMN_TYPE_AGENDA_ROW (bmn_agenda_row_get_type ())
G_DECLARE_FINAL_TYPE (BmnAgendaRow, bmn_agenda_row, BMN, AGENDA_ROW, AdwBin)

GtkWidget *bmn_agenda_row_new (void);
/* @first, @last: of its day */
void bmn_agenda_row_set_entry (
    BmnAgendaRow *self, BmnPlanModel *model, BmnPlanEntry *entry, gboolean first, gboolean last);

G_END_DECLS
