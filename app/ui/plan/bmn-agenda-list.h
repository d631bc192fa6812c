#pragma once

#include "bmn-plan-model.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnAgendaList: the entries of a plan, day by day, as rows. */

#define BMN_TYPE_AGENDA_LIST (bmn_agenda_list_get_type ())
G_DECLARE_FINAL_TYPE (BmnAgendaList, bmn_agenda_list, BMN, AGENDA_LIST, AdwBin)

/* To be called once, before it is shown. */
void bmn_agenda_list_set_model (BmnAgendaList *self, BmnPlanModel *model);
/* Scrolls to the first entry of @day or later, once there is one. */
void bmn_agenda_list_scroll_to (BmnAgendaList *self, GDateTime *day);

G_END_DECLS
