#pragma once

#include "bmn-platform-table.h"

/*
 * The Website: a folder of the user's that a static site generator (Hugo, Jekyll, Eleventy)
 * or a plain web server reads.
 *
 *   posts/KEY.md            a page for each post, see bmn-website-page-private.h
 *   media/SHA256.EXT        the files that pages show, named after their content
 *   feed.xml, feed.json     Atom (RFC 4287) and JSON Feed 1.1 of the newest pages
 *   .bellman.lock           held while any of these is written
 *
 * The pages are the truth: both feeds are made anew from them each time. A post counts as
 * published when its page and both feeds have it, so that publishing again with the same key
 * completes what a crash cut short. Files of others are neither changed nor removed.
 *
 * Settings of the account: `dir`, an absolute path; `base-url`, where the folder is served.
 */

#define BMN_TYPE_WEBSITE (bmn_website_get_type ())
G_DECLARE_FINAL_TYPE (BmnWebsite, bmn_website, BMN, WEBSITE, BmnPlatform)

extern const BmnInput bmn_website_inputs[];
