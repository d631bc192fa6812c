#pragma once

#include "bmn-idea.h"

G_BEGIN_DECLS

void bmn_idea_free (BmnIdea *idea);
void bmn_good_time_free (BmnGoodTime *time);

G_END_DECLS
