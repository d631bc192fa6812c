#include "bmn-length-avatar.h"

#define RING 2.5f
#define GAP 2

struct _BmnLengthAvatar
{
  GtkWidget parent_instance;

  GtkWidget *avatar; /* (owned) a child */
  GtkWidget *badge;  /* (owned) (nullable) a child */
  double used;
};

G_DEFINE_FINAL_TYPE (BmnLengthAvatar, bmn_length_avatar, GTK_TYPE_WIDGET)

const char *
bmn_platform_icon_name (const char *platform)
{
  const struct
  {
    const char *platform;
    const char *icon;
  } icons[] = {
    { "mastodon", "bmn-platform-fedi-symbolic" },
    { "bluesky", "bmn-platform-sky-symbolic" },
    { "website", "bmn-platform-site-symbolic" },
  };
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (g_strcmp0 (icons[i].platform, platform) == 0)
      return icons[i].icon;
  return "bmn-platform-generic-symbolic";
}

static int
get_margin (BmnLengthAvatar *self)
{
  return self->used >= 0 ? (int)RING + GAP : 0;
}

static void
bmn_length_avatar_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  BmnLengthAvatar *self = BMN_LENGTH_AVATAR (widget);
  gtk_widget_measure (self->avatar, orientation, for_size, minimum, natural, NULL, NULL);
  *minimum += 2 * get_margin (self);
  *natural = *minimum;
}

static void
bmn_length_avatar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnLengthAvatar *self = BMN_LENGTH_AVATAR (widget);
  int margin = get_margin (self);
  GtkAllocation whole = { margin, margin, width - 2 * margin, height - 2 * margin };
  gtk_widget_size_allocate (self->avatar, &whole, -1);
  if (!self->badge)
    return;
  int side;
  gtk_widget_measure (self->badge, GTK_ORIENTATION_HORIZONTAL, -1, &side, NULL, NULL, NULL);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkAllocation corner = { rtl ? 0 : width - side, height - side, side, side };
  gtk_widget_size_allocate (self->badge, &corner, -1);
}

static void
draw_arc (cairo_t *cr, double cx, double cy, double radius, double part)
{
  cairo_arc (cr, cx, cy, radius, -G_PI_2, -G_PI_2 + 2 * G_PI * CLAMP (part, 0, 1));
  cairo_stroke (cr);
}

static void
bmn_length_avatar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BmnLengthAvatar *self = BMN_LENGTH_AVATAR (widget);
  gtk_widget_snapshot_child (widget, self->avatar, snapshot);
  if (self->used >= 0)
    {
      float width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
      cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT (0, 0, width, height));
      GtkStyleContext *style = gtk_widget_get_style_context (widget);
      const char *name = self->used > 1     ? "state_failed"
                         : self->used > 0.9 ? "state_held"
                                            : "accent_bg_color";
      GdkRGBA color, ink;
      gtk_style_context_get_color (style, &ink);
      if (!gtk_style_context_lookup_color (style, name, &color))
        color = ink;
      ink.alpha *= 0.15f;
      double radius = MIN (width, height) / 2 - RING / 2;
      cairo_set_line_width (cr, RING);
      gdk_cairo_set_source_rgba (cr, &ink);
      draw_arc (cr, width / 2, height / 2, radius, 1);
      gdk_cairo_set_source_rgba (cr, &color);
      if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
        {
          cairo_translate (cr, width, 0);
          cairo_scale (cr, -1, 1);
        }
      draw_arc (cr, width / 2, height / 2, radius, self->used);
      cairo_destroy (cr);
    }
  if (self->badge)
    gtk_widget_snapshot_child (widget, self->badge, snapshot);
}

void
bmn_length_avatar_set_used (BmnLengthAvatar *self, double used)
{
  if (self->used == used)
    return;
  gboolean resizes = (self->used < 0) != (used < 0);
  self->used = used;
  if (resizes)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bmn_length_avatar_dispose (GObject *object)
{
  BmnLengthAvatar *self = BMN_LENGTH_AVATAR (object);
  g_clear_pointer (&self->avatar, gtk_widget_unparent);
  g_clear_pointer (&self->badge, gtk_widget_unparent);
  G_OBJECT_CLASS (bmn_length_avatar_parent_class)->dispose (object);
}

static void
bmn_length_avatar_class_init (BmnLengthAvatarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_length_avatar_dispose;
  widget_class->measure = bmn_length_avatar_measure;
  widget_class->size_allocate = bmn_length_avatar_size_allocate;
  widget_class->snapshot = bmn_length_avatar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "mavatar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
bmn_length_avatar_init (BmnLengthAvatar *self)
{
  self->used = -1;
}

GtkWidget *
bmn_length_avatar_new (const char *name, const char *icon, int size)
{
  BmnLengthAvatar *self = g_object_new (BMN_TYPE_LENGTH_AVATAR, "valign", GTK_ALIGN_CENTER, NULL);
  self->avatar = adw_avatar_new (size, name, TRUE);
  gtk_widget_set_parent (self->avatar, GTK_WIDGET (self));
  if (icon)
    {
      self->badge = gtk_image_new_from_icon_name (icon);
      gtk_image_set_pixel_size (GTK_IMAGE (self->badge), MAX (9, size / 3));
      gtk_widget_add_css_class (self->badge, "badge");
      gtk_widget_set_parent (self->badge, GTK_WIDGET (self));
    }
  return GTK_WIDGET (self);
}
