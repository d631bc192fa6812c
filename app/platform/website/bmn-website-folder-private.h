#pragma once

#include "bmn-website-feeds-private.h"

#include <gio/gio.h>

/* How many of the newest pages the feeds have; readers poll them, so they must stay small. */
#define BMN_WEBSITE_FEED_MAX 1000

/**
 * BmnWebsiteFolder:
 *
 * The folder, locked against all other writers: programs and threads. Everything here blocks
 * and is for worker threads.
 *
 * Errors: %BMN_ERROR_STORAGE where the disk failed, %BMN_PLATFORM_ERROR_REJECTED where a file
 * of somebody else's is in the way or media are no longer what was attached.
 */
typedef struct _BmnWebsiteFolder BmnWebsiteFolder;

/**
 * bmn_website_folder_open:
 * @dir: must be there: a drive that is not plugged in is no reason for a new, empty site
 * @cancellable: (nullable): ends the wait for another writer
 *
 * Returns: (transfer full): %NULL also where another program holds it for half a minute
 */
BmnWebsiteFolder *bmn_website_folder_open (const char *dir,
                                           GCancellable *cancellable,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_website_folder_close (BmnWebsiteFolder *folder);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnWebsiteFolder, bmn_website_folder_close)

/* Stores the files of all parts of @page that are not there yet. */
gboolean
bmn_website_folder_add_media (BmnWebsiteFolder *folder, const BmnWebsitePage *page, GError **error);

/* Writes @page, in place of an older one of its key. */
gboolean bmn_website_folder_write_page (BmnWebsiteFolder *folder,
                                        const BmnWebsitePage *page,
                                        const char *base_url,
                                        GError **error);

gboolean bmn_website_folder_remove_page (BmnWebsiteFolder *folder, const char *key, GError **error);

/**
 * bmn_website_folder_write_feeds:
 * @info: its id is used for a new feed only
 * @old: (nullable): a page whose media may go where no other page shows them
 *
 * Makes both feeds anew from the pages.
 */
gboolean bmn_website_folder_write_feeds (BmnWebsiteFolder *folder,
                                         const BmnWebsiteFeedInfo *info,
                                         const BmnWebsitePage *old,
                                         GError **error);

/* The next read only; they need no lock, as files are replaced as a whole. */

/* Returns: whether @dir is there and neither feed in it is somebody else's */
gboolean bmn_website_dir_check (const char *dir, GError **error);

/**
 * bmn_website_dir_load_page:
 * @page: (out) (transfer full) (nullable): %NULL where there is no file for @key
 *
 * Returns: %FALSE where it cannot be known, or a file of somebody else's has the name
 */
gboolean
bmn_website_dir_load_page (const char *dir, const char *key, BmnWebsitePage **page, GError **error);

/* Returns: (transfer full) (element-type BmnWebsitePage): newest first */
GPtrArray *bmn_website_dir_load_pages (const char *dir, GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_website_dir_feeds_have:
 * @have: (out): whether both feeds have @page, or it is too old for them
 *
 * Returns: %FALSE where it cannot be known
 */
gboolean bmn_website_dir_feeds_have (const char *dir,
                                     const BmnWebsitePage *page,
                                     gboolean *have,
                                     GError **error);
