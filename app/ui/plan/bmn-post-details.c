#include "bmn-post-details.h"
#include "bmn-account-avatar.h"
#include "bmn-plan-time.h"
#include "bmn-state-look.h"

#include "bmn-session-posts.h"

#include <glib/gi18n.h>

struct _BmnPostDetails
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) */
  gint64 post_id;
  GtkBox *cards;
  GtkActionable *edit;
  GtkActionable *delete;
};

G_DEFINE_FINAL_TYPE (BmnPostDetails, bmn_post_details, ADW_TYPE_BIN)

static GtkWidget *
add_label (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return label;
}

static void
add_button (GtkBox *box, const char *label, const char *action, GVariant *target, gboolean first)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  if (first)
    gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (box, button);
}

/*
 * Attempts.
 */

static const char *
describe_attempt (const BmnAttempt *attempt, BmnTargetState *look)
{
  gboolean looked = attempt->kind == BMN_ATTEMPT_READ_BACK;
  switch (attempt->outcome)
    {
    case BMN_ATTEMPT_OPEN:
      *look = BMN_TARGET_PUBLISHING;
      return _ ("Under way");
    case BMN_ATTEMPT_DONE:
      *look = looked ? BMN_TARGET_PUBLISHED : BMN_TARGET_PUBLISHING;
      return looked                                ? _ ("Read back: it is there")
             : attempt->kind == BMN_ATTEMPT_EDIT   ? _ ("Changed")
             : attempt->kind == BMN_ATTEMPT_REMOVE ? _ ("Deleted")
                                                   : _ ("Sent");
    case BMN_ATTEMPT_NOT_FOUND:
      *look = BMN_TARGET_HELD;
      return _ ("Read back: it is not there");
    case BMN_ATTEMPT_REFUSED:
      *look = BMN_TARGET_FAILED;
      return _ ("Refused");
    case BMN_ATTEMPT_LOST:
      *look = BMN_TARGET_UNKNOWN;
      return _ ("No answer");
    }
  g_return_val_if_reached ("");
}

static void
add_attempt (GtkBox *card, const BmnAttempt *attempt)
{
  BmnTargetState look = BMN_TARGET_SCHEDULED;
  const char *what = describe_attempt (attempt, &look);
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (attempt->started_at);
  g_autofree char *clock = g_date_time_format (time, "%X");
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *icon = gtk_image_new_from_icon_name (bmn_state_get_icon_name (look));
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 12);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_set_margin_top (icon, 3);
  gtk_widget_add_css_class (icon, "state");
  gtk_widget_add_css_class (icon, bmn_state_get_css_class (look));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (row), icon);
  gtk_box_append (GTK_BOX (row), words);
  add_label (GTK_BOX (words), what, "small");
  if (attempt->message)
    add_label (GTK_BOX (words), attempt->message, "reason");
  GtkWidget *at = add_label (GTK_BOX (row), clock, "reason");
  gtk_widget_add_css_class (at, "numeric");
  gtk_label_set_wrap (GTK_LABEL (at), FALSE);
  gtk_widget_set_valign (at, GTK_ALIGN_START);
  gtk_box_append (card, row);
}

/*
 * Targets.
 */

static void
add_head (GtkBox *card, const BmnTargetView *view)
{
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  const char *css_class = bmn_state_get_css_class (view->target->state);
  gtk_box_append (GTK_BOX (head), bmn_account_avatar_new (view->account, 32));
  gtk_widget_set_hexpand (names, TRUE);
  gtk_widget_set_valign (names, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (head), names);
  GtkWidget *name
      = add_label (GTK_BOX (names), view->account ? view->account->name : "", "heading");
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  if (view->target->due_at > 0)
    {
      g_autoptr (GDateTime) time = bmn_plan_time_from_instant (
          view->target->published_at ? view->target->published_at : view->target->due_at);
      g_autofree char *when = bmn_plan_time_format_full (time);
      add_label (GTK_BOX (names), when, "reason");
    }
  GtkWidget *badge
      = add_label (GTK_BOX (head), bmn_target_state_get_label (view->target->state), "pillbadge");
  gtk_label_set_wrap (GTK_LABEL (badge), FALSE);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, g_str_has_prefix (css_class, "unknown") ? "unknown" : css_class);
  gtk_box_append (card, head);
}

static void
add_buttons (GtkBox *card, const BmnTargetView *view)
{
  const BmnTarget *target = view->target;
  GtkBox *row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  gint64 id = target->post_id;
  switch (target->state)
    {
    case BMN_TARGET_UNKNOWN:
      add_button (row, _ ("It Is _Out"), "plan.is-out", g_variant_new_int64 (id), FALSE);
      add_button (row, _ ("It Is _Not Out"), "plan.is-not-out", g_variant_new_int64 (id), FALSE);
      break;
    case BMN_TARGET_FAILED:
    case BMN_TARGET_HELD:
    case BMN_TARGET_CANCELLED:
      add_button (row, target->state == BMN_TARGET_HELD ? _ ("_Publish Now") : _ ("_Retry"),
                  "plan.retry", g_variant_new_int64 (id), TRUE);
      add_button (row, _ ("Re_schedule…"), "app.edit-post", g_variant_new_int64 (id), FALSE);
      break;
    case BMN_TARGET_PUBLISHED:
      if (target->url)
        add_button (row, _ ("Open in _Browser"), "plan.open-url",
                    g_variant_new_string (target->url), FALSE);
      break;
    case BMN_TARGET_DRAFT:
      add_button (row, _ ("_Schedule…"), "app.edit-post", g_variant_new_int64 (id), FALSE);
      break;
    default:
      break;
    }
  if (gtk_widget_get_first_child (GTK_WIDGET (row)))
    gtk_box_append (card, GTK_WIDGET (row));
  else
    g_object_unref (g_object_ref_sink (row));
}

static void
add_target (BmnPostDetails *self, const BmnTargetView *view)
{
  GtkBox *card = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_widget_add_css_class (GTK_WIDGET (card), "card");
  gtk_widget_add_css_class (GTK_WIDGET (card), "pad12");
  add_head (card, view);
  for (guint i = 0; i < view->attempts->len; i++)
    add_attempt (card, view->attempts->pdata[i]);
  if (view->target->error && view->attempts->len == 0)
    add_label (card, view->target->error, "reason");
  add_buttons (card, view);
  gtk_box_append (self->cards, GTK_WIDGET (card));
}

static void
add_post (BmnPostDetails *self, const BmnPost *post)
{
  for (guint i = 0; i < post->parts->len; i++)
    {
      const BmnPart *part = post->parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        {
          const BmnMedia *media = part->media->pdata[j];
          GtkWidget *picture = gtk_picture_new_for_filename (media->path);
          gtk_picture_set_alternative_text (GTK_PICTURE (picture), media->alt);
          gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
          gtk_widget_set_size_request (picture, -1, 150);
          gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
          gtk_widget_add_css_class (picture, "card");
          gtk_box_append (self->cards, picture);
        }
      GtkWidget *text = add_label (self->cards, part->text, NULL);
      gtk_label_set_selectable (GTK_LABEL (text), TRUE);
    }
  if (post->note)
    add_label (self->cards, post->note, "reason");
}

static void
clear (BmnPostDetails *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->cards))))
    gtk_box_remove (self->cards, child);
}

/*
 * Loading.
 */

static gpointer
get_post (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_get_post (session, *(gint64 *)data, error);
}

static void
on_post (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnPostDetails) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (BmnPostView) view
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!view || view->post->id != self->post_id)
    return;
  clear (self);
  add_post (self, view->post);
  for (guint i = 0; i < view->targets->len; i++)
    add_target (self, view->targets->pdata[i]);
}

void
bmn_post_details_refresh (BmnPostDetails *self)
{
  if (self->post_id != 0)
    bmn_session_thread_call_async (
        self->session, get_post, g_memdup2 (&self->post_id, sizeof self->post_id), g_free,
        (GDestroyNotify)bmn_post_view_free, NULL, on_post, g_object_ref (self));
}

void
bmn_post_details_show (BmnPostDetails *self, gint64 post_id)
{
  if (post_id != self->post_id)
    clear (self);
  self->post_id = post_id;
  gtk_actionable_set_action_target (self->edit, "x", post_id);
  gtk_actionable_set_action_name (self->edit, "app.edit-post");
  gtk_actionable_set_action_target (self->delete, "x", post_id);
  gtk_actionable_set_action_name (self->delete, "plan.delete");
  bmn_post_details_refresh (self);
}

gint64
bmn_post_details_get_post (BmnPostDetails *self)
{
  return self->post_id;
}

void
bmn_post_details_set_session (BmnPostDetails *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

static void
bmn_post_details_dispose (GObject *object)
{
  g_clear_object (&BMN_POST_DETAILS (object)->session);
  G_OBJECT_CLASS (bmn_post_details_parent_class)->dispose (object);
}

static void
bmn_post_details_class_init (BmnPostDetailsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_post_details_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/plan/bmn-post-details.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnPostDetails, cards);
  gtk_widget_class_bind_template_child (widget_class, BmnPostDetails, edit);
  gtk_widget_class_bind_template_child (widget_class, BmnPostDetails, delete);
}

static void
bmn_post_details_init (BmnPostDetails *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
