#pragma once

#include "bmn-checks.h"

#include <string.h>

/* What the tests of the checks share: a post of one text, and its findings of one kind. */

static inline BmnPost *
post_with_text (const char *text)
{
  BmnPost *post = bmn_post_new ();
  g_ptr_array_add (post->parts, bmn_part_new (text));
  return post;
}

/* Returns: (transfer full): the findings of @kind about a post of @text */
static inline GPtrArray *
find_in_post (const BmnPost *post, BmnCheckKind kind, const BmnCheckContext *context)
{
  GPtrArray *findings = bmn_checks_run (post, NULL, context);
  for (guint i = findings->len; i-- > 0;)
    {
      const BmnFinding *finding = findings->pdata[i];
      g_assert_nonnull (finding->message);
      g_assert_true (g_utf8_validate (finding->message, -1, NULL));
      g_assert_cmpuint (finding->start, <=, finding->end);
      g_assert_true ((finding->action == BMN_FIX_NONE) == (finding->fix_label == NULL));
      g_assert_true ((finding->action == BMN_FIX_REPLACE) == (finding->replacement != NULL));
      if (finding->kind != kind)
        g_ptr_array_remove_index (findings, i);
    }
  return findings;
}

static inline GPtrArray *
find_in_text (const char *text, BmnCheckKind kind, const BmnCheckContext *context)
{
  g_autoptr (BmnPost) post = post_with_text (text);
  return find_in_post (post, kind, context);
}

/* The part of @text that the first of @findings is about, or %NULL. */
static inline char *
first_span (GPtrArray *findings, const char *text)
{
  if (findings->len == 0)
    return NULL;
  const BmnFinding *finding = findings->pdata[0];
  g_assert_cmpuint (finding->end, <=, strlen (text));
  return g_strndup (text + finding->start, finding->end - finding->start);
}
