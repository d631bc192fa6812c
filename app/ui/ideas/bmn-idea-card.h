#pragma once

#include "bmn-idea.h"

#include <adwaita.h>

G_BEGIN_DECLS

/*
 * BmnIdeaCard: one idea with why, evidence, and what can be done about it.
 *
 * Signals: `write ()`, `later ()`, `never ()`: the user chose so.
 */

#define BMN_TYPE_IDEA_CARD (bmn_idea_card_get_type ())
G_DECLARE_FINAL_TYPE (BmnIdeaCard, bmn_idea_card, BMN, IDEA_CARD, AdwBin)

/**
 * bmn_idea_card_new:
 * @idea: (transfer none): outlives the card
 * @is_first: whether this is the one to be proposed most
 */
GtkWidget *bmn_idea_card_new (const BmnIdea *idea, gboolean is_first);
/* Returns: (transfer none): what it shows */
const BmnIdea *bmn_idea_card_get_idea (BmnIdeaCard *self);

G_END_DECLS
