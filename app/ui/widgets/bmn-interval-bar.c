#include "bmn-interval-bar.h"

#define HEIGHT 14
#define TRACK 4
#define BAND 8
#define DOT 5

struct _BmnIntervalBar
{
  GtkWidget parent_instance;

  double low, guess, high, usual;
};

G_DEFINE_FINAL_TYPE (BmnIntervalBar, bmn_interval_bar, GTK_TYPE_WIDGET)

static void
bmn_interval_bar_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 40;
  *natural = orientation == GTK_ORIENTATION_VERTICAL ? HEIGHT : 200;
}

/* The end of the scale: room on both sides of everything that is drawn. */
static void
get_scale (BmnIntervalBar *self, double *from, double *to)
{
  double least = MIN (self->low, MIN (self->guess, self->usual));
  double most = MAX (self->high, MAX (self->guess, self->usual));
  double margin = MAX (most - least, 1e-6) * 0.35;
  *from = least >= 0 && least - margin < 0 ? 0 : least - margin;
  *to = most + margin;
}

static float
place (BmnIntervalBar *self, double value)
{
  double from, to;
  get_scale (self, &from, &to);
  float width = gtk_widget_get_width (GTK_WIDGET (self)) - 2 * DOT;
  float x = DOT + width * (float)((value - from) / (to - from));
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  return rtl ? width + 2 * DOT - x : x;
}

static void
fill (GtkSnapshot *snapshot, float x1, float x2, float thickness, const GdkRGBA *color)
{
  GskRoundedRect outline;
  graphene_rect_t area
      = GRAPHENE_RECT_INIT (MIN (x1, x2), (HEIGHT - thickness) / 2, ABS (x2 - x1), thickness);
  gsk_rounded_rect_init_from_rect (&outline, &area, thickness / 2);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, color, &area);
  gtk_snapshot_pop (snapshot);
}

static void
bmn_interval_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  BmnIntervalBar *self = BMN_INTERVAL_BAR (widget);
  GtkStyleContext *style = gtk_widget_get_style_context (widget);
  GdkRGBA ink, accent, track, band;
  gtk_style_context_get_color (style, &ink);
  const char *name = self->guess < self->usual ? "state_held" : "accent_bg_color";
  if (!gtk_style_context_lookup_color (style, name, &accent))
    accent = ink;
  track = ink;
  track.alpha *= 0.15f;
  band = accent;
  band.alpha *= 0.4f;
  fill (snapshot, 0, gtk_widget_get_width (widget), TRACK, &track);
  if (self->low < self->high)
    fill (snapshot, place (self, self->low), place (self, self->high), BAND, &band);
  float usual = place (self, self->usual), guess = place (self, self->guess);
  gtk_snapshot_append_color (snapshot, &ink, &GRAPHENE_RECT_INIT (usual - 0.75f, 0, 1.5f, HEIGHT));
  fill (snapshot, guess - DOT, guess + DOT, 2 * DOT, &accent);
}

void
bmn_interval_bar_set (
    BmnIntervalBar *self, double low, double guess, double high, double usual, const char *words)
{
  self->low = low;
  self->guess = guess;
  self->high = high;
  self->usual = usual;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
bmn_interval_bar_class_init (BmnIntervalBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  widget_class->measure = bmn_interval_bar_measure;
  widget_class->snapshot = bmn_interval_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "interval");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
bmn_interval_bar_init (BmnIntervalBar *self)
{
}

GtkWidget *
bmn_interval_bar_new (void)
{
  return g_object_new (BMN_TYPE_INTERVAL_BAR, NULL);
}
