#pragma once

#include "bmn-finding.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* BmnChecksCard: what is to be mended in a draft. What the user makes of a finding is the action
 * `composer.fix` (u: which one). */

#define BMN_TYPE_CHECKS_CARD (bmn_checks_card_get_type ())
G_DECLARE_FINAL_TYPE (BmnChecksCard, bmn_checks_card, BMN, CHECKS_CARD, AdwBin)

GtkWidget *bmn_checks_card_new (void);

/* What an account would refuse, in words; shown above the findings. */
void bmn_checks_card_set_refusals (BmnChecksCard *self, const char *const *refusals);
/* @findings: (element-type BmnFinding): */
void bmn_checks_card_set_findings (BmnChecksCard *self, GPtrArray *findings);

G_END_DECLS
