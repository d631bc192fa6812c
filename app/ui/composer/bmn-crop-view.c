#include "bmn-crop-view.h"

#include <glib/gi18n.h>

/* How near a side one has to press to move it; px. */
#define GRIP 14
#define HANDLE 18
/* How far one key press moves, as a share of the picture. */
#define STEP 0.02

struct _BmnCropView
{
  GtkWidget parent_instance;

  GdkPaintable *picture; /* (owned) (nullable) */
  BmnCropFrame frame;
  BmnCropFrame before; /* as it was when a drag began */
  BmnCropSides dragged;
  gboolean is_moving;
};

G_DEFINE_FINAL_TYPE (BmnCropView, bmn_crop_view, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

const BmnCropFrame *
bmn_crop_view_get_frame (BmnCropView *self)
{
  return &self->frame;
}

static void
tell (BmnCropView *self)
{
  g_autofree char *size = g_strdup_printf (
      _ ("%d × %d pixels stay"), (int)(self->frame.width + 0.5), (int)(self->frame.height + 0.5));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, size,
                                  -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

void
bmn_crop_view_set_ratio (BmnCropView *self, double ratio)
{
  bmn_crop_frame_set_ratio (&self->frame, ratio);
  tell (self);
}

void
bmn_crop_view_set_picture (BmnCropView *self, GdkPaintable *picture, double width, double height)
{
  g_set_object (&self->picture, picture);
  bmn_crop_frame_init (&self->frame, width, height);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  tell (self);
}

/*
 * Places.
 */

/* Where the whole picture is drawn. Returns: px of the screen for each of the file */
static double
place_picture (BmnCropView *self, graphene_rect_t *area)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  double scale = MIN (width / self->frame.picture_width, height / self->frame.picture_height);
  double shown_width = self->frame.picture_width * scale;
  double shown_height = self->frame.picture_height * scale;
  graphene_rect_init (area, (float)((width - shown_width) / 2),
                      (float)((height - shown_height) / 2), (float)shown_width,
                      (float)shown_height);
  return scale;
}

static double
place_frame (BmnCropView *self, graphene_rect_t *area)
{
  graphene_rect_t picture;
  double scale = place_picture (self, &picture);
  graphene_rect_init (area, picture.origin.x + (float)(self->frame.x * scale),
                      picture.origin.y + (float)(self->frame.y * scale),
                      (float)(self->frame.width * scale), (float)(self->frame.height * scale));
  return scale;
}

static BmnCropSides
find_sides (BmnCropView *self, double x, double y)
{
  graphene_rect_t area;
  place_frame (self, &area);
  double right = area.origin.x + area.size.width, bottom = area.origin.y + area.size.height;
  if (x < area.origin.x - GRIP || x > right + GRIP || y < area.origin.y - GRIP || y > bottom + GRIP)
    return 0;
  BmnCropSides sides = 0;
  if (ABS (x - area.origin.x) < GRIP)
    sides |= BMN_CROP_LEFT;
  else if (ABS (x - right) < GRIP)
    sides |= BMN_CROP_RIGHT;
  if (ABS (y - area.origin.y) < GRIP)
    sides |= BMN_CROP_TOP;
  else if (ABS (y - bottom) < GRIP)
    sides |= BMN_CROP_BOTTOM;
  return sides;
}

static gboolean
is_inside (BmnCropView *self, double x, double y)
{
  graphene_rect_t area;
  place_frame (self, &area);
  return graphene_rect_contains_point (&area, &GRAPHENE_POINT_INIT ((float)x, (float)y));
}

/*
 * Pointer and keys.
 */

static void
on_drag_begin (BmnCropView *self, double x, double y)
{
  self->before = self->frame;
  self->dragged = find_sides (self, x, y);
  self->is_moving = self->dragged == 0 && is_inside (self, x, y);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_drag_update (BmnCropView *self, double dx, double dy)
{
  graphene_rect_t area;
  double scale = place_picture (self, &area);
  self->frame = self->before;
  if (self->dragged)
    bmn_crop_frame_resize (&self->frame, self->dragged, dx / scale, dy / scale);
  else if (self->is_moving)
    bmn_crop_frame_move (&self->frame, dx / scale, dy / scale);
  tell (self);
}

static const char *
get_cursor_name (BmnCropView *self, BmnCropSides sides, gboolean inside)
{
  gboolean is_wide = sides & (BMN_CROP_LEFT | BMN_CROP_RIGHT);
  gboolean is_high = sides & (BMN_CROP_TOP | BMN_CROP_BOTTOM);
  gboolean falls
      = sides == (BMN_CROP_LEFT | BMN_CROP_TOP) || sides == (BMN_CROP_RIGHT | BMN_CROP_BOTTOM);
  if (is_wide && is_high)
    return falls ? "nwse-resize" : "nesw-resize";
  return is_wide ? "ew-resize" : is_high ? "ns-resize" : inside ? "move" : "default";
}

static void
on_motion (BmnCropView *self, double x, double y)
{
  gtk_widget_set_cursor_from_name (
      GTK_WIDGET (self), get_cursor_name (self, find_sides (self, x, y), is_inside (self, x, y)));
}

static gboolean
on_key (BmnCropView *self, guint key, guint code, GdkModifierType state)
{
  double step = STEP * MIN (self->frame.picture_width, self->frame.picture_height);
  double dx = key == GDK_KEY_Left ? -step : key == GDK_KEY_Right ? step : 0;
  double dy = key == GDK_KEY_Up ? -step : key == GDK_KEY_Down ? step : 0;
  if (dx == 0 && dy == 0)
    return GDK_EVENT_PROPAGATE;
  if (state & GDK_SHIFT_MASK)
    bmn_crop_frame_resize (&self->frame, dx != 0 ? BMN_CROP_RIGHT : BMN_CROP_BOTTOM, dx, dy);
  else
    bmn_crop_frame_move (&self->frame, dx, dy);
  tell (self);
  return GDK_EVENT_STOP;
}

/*
 * Drawing.
 */

static void
fill (GtkSnapshot *snapshot, const GdkRGBA *color, float x, float y, float width, float height)
{
  if (width > 0 && height > 0)
    gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT (x, y, width, height));
}

/* What goes is darker than what stays. */
static void
shade (GtkSnapshot *snapshot, const graphene_rect_t *all, const graphene_rect_t *stays)
{
  const GdkRGBA dark = { 0, 0, 0, 0.6f };
  float top = stays->origin.y - all->origin.y;
  float left = stays->origin.x - all->origin.x;
  float bottom = stays->origin.y + stays->size.height;
  float right = stays->origin.x + stays->size.width;
  fill (snapshot, &dark, all->origin.x, all->origin.y, all->size.width, top);
  fill (snapshot, &dark, all->origin.x, bottom, all->size.width,
        all->origin.y + all->size.height - bottom);
  fill (snapshot, &dark, all->origin.x, stays->origin.y, left, stays->size.height);
  fill (snapshot, &dark, right, stays->origin.y, all->origin.x + all->size.width - right,
        stays->size.height);
}

/* Thirds, an edge, and a corner to take hold of at each end: light on dark, for any picture. */
static void
draw_frame (GtkSnapshot *snapshot, const graphene_rect_t *area)
{
  const GdkRGBA light = { 1, 1, 1, 1 }, faint = { 1, 1, 1, 0.4f }, dark = { 0, 0, 0, 0.5f };
  float x = area->origin.x, y = area->origin.y;
  float width = area->size.width, height = area->size.height;
  for (int i = 1; i < 3; i++)
    {
      fill (snapshot, &faint, x + width * (float)i / 3, y, 1, height);
      fill (snapshot, &faint, x, y + height * (float)i / 3, width, 1);
    }
  const struct
  {
    const GdkRGBA *color;
    float inset;
    float size;
  } edges[] = { { &dark, -2, 2 }, { &light, 0, 2 } };
  for (gsize i = 0; i < G_N_ELEMENTS (edges); i++)
    {
      GskRoundedRect outline;
      graphene_rect_t inner;
      float thickness[4] = { edges[i].size, edges[i].size, edges[i].size, edges[i].size };
      GdkRGBA colors[4] = { *edges[i].color, *edges[i].color, *edges[i].color, *edges[i].color };
      graphene_rect_inset_r (area, edges[i].inset, edges[i].inset, &inner);
      gsk_rounded_rect_init_from_rect (&outline, &inner, 0);
      gtk_snapshot_append_border (snapshot, &outline, thickness, colors);
    }
  float handle = MIN (HANDLE, MIN (width, height) / 3);
  for (int i = 0; i < 4; i++)
    {
      float corner_x = i % 2 ? x + width : x, corner_y = i / 2 ? y + height : y;
      fill (snapshot, &light, i % 2 ? corner_x - handle : corner_x, i / 2 ? corner_y - 4 : corner_y,
            handle, 4);
      fill (snapshot, &light, i % 2 ? corner_x - 4 : corner_x, i / 2 ? corner_y - handle : corner_y,
            4, handle);
    }
}

static void
bmn_crop_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BmnCropView *self = BMN_CROP_VIEW (widget);
  graphene_rect_t picture, frame;
  if (!self->picture)
    return;
  place_picture (self, &picture);
  place_frame (self, &frame);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &picture.origin);
  gdk_paintable_snapshot (self->picture, snapshot, picture.size.width, picture.size.height);
  gtk_snapshot_restore (snapshot);
  shade (snapshot, &picture, &frame);
  draw_frame (snapshot, &frame);
}

static void
bmn_crop_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  *minimum = 200;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 560 : 400;
}

/*
 * The object.
 */

static void
bmn_crop_view_dispose (GObject *object)
{
  g_clear_object (&BMN_CROP_VIEW (object)->picture);
  G_OBJECT_CLASS (bmn_crop_view_parent_class)->dispose (object);
}

static void
bmn_crop_view_class_init (BmnCropViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_crop_view_dispose;
  widget_class->snapshot = bmn_crop_view_snapshot;
  widget_class->measure = bmn_crop_view_measure;
  gtk_widget_class_set_css_name (widget_class, "cropview");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_crop_view_init (BmnCropView *self)
{
  bmn_crop_frame_init (&self->frame, 1, 1);
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
      _ ("What stays of the picture; arrow keys move it, with Shift they change its size"), -1);
  GtkGesture *drag = gtk_gesture_drag_new ();
  g_signal_connect_swapped (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect_swapped (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  GtkEventController *motion = gtk_event_controller_motion_new ();
  g_signal_connect_swapped (motion, "motion", G_CALLBACK (on_motion), self);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
bmn_crop_view_new (void)
{
  return g_object_new (BMN_TYPE_CROP_VIEW, NULL);
}
