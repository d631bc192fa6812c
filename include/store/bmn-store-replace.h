#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * bmn_store_replace:
 * @folder: absolute path of a data folder, which need not exist
 * @with: the data folder that takes its place; on the same disk, and open nowhere
 * @aside: (out) (transfer full) (nullable): where what was there is kept; %NULL where nothing was
 *
 * Puts one data folder in the place of another in one step, so that after a power cut either
 * the one or the other is there. Nobody may have @folder open meanwhile, and nobody can open it.
 * Blocks.
 *
 * Returns: %FALSE with %BMN_ERROR_CONFLICT while another process publishes from @folder or has
 *   it open, or with %BMN_ERROR_STORAGE; nothing is changed then
 */
gboolean bmn_store_replace (const char *folder, const char *with, char **aside, GError **error);

G_END_DECLS
