#include "bmn-columns.h"

struct _BmnColumns
{
  GtkWidget parent_instance;

  GtkWidget *start; /* (nullable) */
  GtkWidget *end;   /* (nullable) */
  int threshold;
  int end_width;
  int spacing;
};

G_DEFINE_FINAL_TYPE (BmnColumns, bmn_columns, GTK_TYPE_WIDGET)

enum
{
  PROP_START = 1,
  PROP_END,
  PROP_THRESHOLD,
  PROP_END_WIDTH,
  PROP_SPACING,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static gboolean
is_shown (GtkWidget *child)
{
  return child && gtk_widget_should_layout (child);
}

static int
measure_child (GtkWidget *child, GtkOrientation orientation, int for_size, int *natural)
{
  int minimum = 0;
  *natural = 0;
  if (is_shown (child))
    gtk_widget_measure (child, orientation, for_size, &minimum, natural, NULL, NULL);
  return minimum;
}

/* Heights at this width: of both where they are stacked, of the higher one else. */
static void
measure_height (BmnColumns *self, int width, int *minimum, int *natural)
{
  gboolean is_wide = width < 0 || width >= self->threshold;
  int both = is_shown (self->start) && is_shown (self->end) ? self->spacing : 0;
  int start_width = is_wide && width >= 0 && is_shown (self->end)
                        ? width - self->end_width - self->spacing
                        : width;
  int end_width = is_wide && width >= 0 ? self->end_width : width;
  int start_natural;
  int end_natural;
  int start = measure_child (self->start, GTK_ORIENTATION_VERTICAL, start_width, &start_natural);
  int end = measure_child (self->end, GTK_ORIENTATION_VERTICAL, end_width, &end_natural);
  *minimum = is_wide ? MAX (start, end) : start + both + end;
  *natural = is_wide ? MAX (start_natural, end_natural) : start_natural + both + end_natural;
}

static void
bmn_columns_measure (GtkWidget *widget,
                     GtkOrientation orientation,
                     int for_size,
                     int *minimum,
                     int *natural,
                     int *minimum_baseline,
                     int *natural_baseline)
{
  BmnColumns *self = BMN_COLUMNS (widget);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      measure_height (self, for_size, minimum, natural);
      return;
    }
  int start_natural;
  int end_natural;
  int start = measure_child (self->start, orientation, -1, &start_natural);
  int end = measure_child (self->end, orientation, -1, &end_natural);
  *minimum = MAX (start, end);
  *natural = MAX (*minimum, MAX (start_natural + self->spacing + self->end_width, end_natural));
}

static void
allocate (GtkWidget *child, int x, int y, int width, int height)
{
  if (is_shown (child))
    gtk_widget_size_allocate (child, &(GtkAllocation){ x, y, width, height }, -1);
}

static void
bmn_columns_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnColumns *self = BMN_COLUMNS (widget);
  if (width >= self->threshold && is_shown (self->end))
    {
      gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
      int start_width = width - self->end_width - self->spacing;
      allocate (self->start, is_rtl ? self->end_width + self->spacing : 0, 0, start_width, height);
      allocate (self->end, is_rtl ? 0 : start_width + self->spacing, 0, self->end_width, height);
      return;
    }
  int natural;
  int start_height = measure_child (self->start, GTK_ORIENTATION_VERTICAL, width, &natural);
  start_height = is_shown (self->end) ? MIN (natural, MAX (start_height, height)) : height;
  int y = is_shown (self->start) ? start_height + self->spacing : 0;
  allocate (self->start, 0, 0, width, start_height);
  allocate (self->end, 0, y, width, MAX (height - y, 0));
}

static GtkSizeRequestMode
bmn_columns_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
set_child (BmnColumns *self, GtkWidget **place, GtkWidget *child)
{
  g_clear_pointer (place, gtk_widget_unparent);
  if (!child)
    return;
  *place = child;
  /* The order of the keyboard is that of reading, whichever is set first. */
  if (place == &self->start)
    gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
  else
    gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}

static void
bmn_columns_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  BmnColumns *self = BMN_COLUMNS (object);
  switch (id)
    {
    case PROP_START:
      set_child (self, &self->start, g_value_get_object (value));
      break;
    case PROP_END:
      set_child (self, &self->end, g_value_get_object (value));
      break;
    case PROP_THRESHOLD:
      self->threshold = g_value_get_int (value);
      break;
    case PROP_END_WIDTH:
      self->end_width = g_value_get_int (value);
      break;
    case PROP_SPACING:
      self->spacing = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bmn_columns_dispose (GObject *object)
{
  BmnColumns *self = BMN_COLUMNS (object);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->end, gtk_widget_unparent);
  G_OBJECT_CLASS (bmn_columns_parent_class)->dispose (object);
}

static void
bmn_columns_class_init (BmnColumnsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  object_class->set_property = bmn_columns_set_property;
  object_class->dispose = bmn_columns_dispose;
  widget_class->measure = bmn_columns_measure;
  widget_class->size_allocate = bmn_columns_size_allocate;
  widget_class->get_request_mode = bmn_columns_get_request_mode;
  props[PROP_START] = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_END] = g_param_spec_object ("end", NULL, NULL, GTK_TYPE_WIDGET, flags);
  props[PROP_THRESHOLD]
      = g_param_spec_int ("threshold", NULL, NULL, 0, G_MAXINT, 0, flags | G_PARAM_CONSTRUCT);
  props[PROP_END_WIDTH]
      = g_param_spec_int ("end-width", NULL, NULL, 0, G_MAXINT, 0, flags | G_PARAM_CONSTRUCT);
  props[PROP_SPACING]
      = g_param_spec_int ("spacing", NULL, NULL, 0, G_MAXINT, 0, flags | G_PARAM_CONSTRUCT);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
bmn_columns_init (BmnColumns *self)
{
}
