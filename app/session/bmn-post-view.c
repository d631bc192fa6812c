#include "bmn-post-view.h"

void
bmn_target_view_free (BmnTargetView *view)
{
  g_clear_pointer (&view->target, bmn_target_free);
  g_clear_pointer (&view->account, bmn_account_free);
  g_clear_pointer (&view->attempts, g_ptr_array_unref);
  g_clear_pointer (&view->receipts, g_ptr_array_unref);
  g_free (view);
}

void
bmn_post_view_free (BmnPostView *view)
{
  g_clear_pointer (&view->post, bmn_post_free);
  g_clear_pointer (&view->targets, g_ptr_array_unref);
  g_free (view);
}
