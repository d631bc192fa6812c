#include "bmn-account-avatar.h"
#include "bmn-state-look.h"

struct _BmnAccountAvatar
{
  GtkWidget parent_instance;

  GtkWidget *overlay; /* (owned) */
  AdwAvatar *avatar;
  GtkImage *badge;
};

G_DEFINE_FINAL_TYPE (BmnAccountAvatar, bmn_account_avatar, GTK_TYPE_WIDGET)

void
bmn_account_avatar_set_account (BmnAccountAvatar *self, const BmnAccount *account)
{
  /* The initial of @shop is S. */
  adw_avatar_set_text (self->avatar, account ? account->name + (*account->name == '@') : NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->badge), account != NULL);
  if (!account)
    return;
  g_autofree char *icon = bmn_platform_get_icon_name (account->platform);
  gtk_image_set_from_icon_name (self->badge, icon);
}

static void
bmn_account_avatar_dispose (GObject *object)
{
  BmnAccountAvatar *self = BMN_ACCOUNT_AVATAR (object);
  g_clear_pointer (&self->overlay, gtk_widget_unparent);
  G_OBJECT_CLASS (bmn_account_avatar_parent_class)->dispose (object);
}

static void
bmn_account_avatar_class_init (BmnAccountAvatarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_account_avatar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mavatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bmn_account_avatar_init (BmnAccountAvatar *self)
{
  self->overlay = gtk_overlay_new ();
  self->avatar = ADW_AVATAR (adw_avatar_new (32, NULL, TRUE));
  self->badge = GTK_IMAGE (gtk_image_new ());
  gtk_widget_set_halign (GTK_WIDGET (self->badge), GTK_ALIGN_END);
  gtk_widget_set_valign (GTK_WIDGET (self->badge), GTK_ALIGN_END);
  gtk_image_set_pixel_size (self->badge, 9);
  gtk_widget_add_css_class (GTK_WIDGET (self->badge), "badge");
  gtk_overlay_set_child (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->avatar));
  gtk_overlay_add_overlay (GTK_OVERLAY (self->overlay), GTK_WIDGET (self->badge));
  gtk_widget_set_parent (self->overlay, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

void
bmn_account_avatar_set_size (BmnAccountAvatar *self, int size)
{
  adw_avatar_set_size (self->avatar, size);
}

GtkWidget *
bmn_account_avatar_new (const BmnAccount *account, int size)
{
  BmnAccountAvatar *self = g_object_new (BMN_TYPE_ACCOUNT_AVATAR, NULL);
  bmn_account_avatar_set_size (self, size);
  bmn_account_avatar_set_account (self, account);
  return GTK_WIDGET (self);
}
