#include "bmn-composer-panes.h"

/* Widths from which on there are two and three columns; px. */
#define TWO 640
#define THREE 900
#define MINIMUM 340

struct _BmnComposerPanes
{
  GtkWidget parent_instance;

  GtkWidget *children[3]; /* (owned) write, preview, side */
  BmnComposerPane pane;
  int columns;
  guint telling; /* an idle source, or 0 */
};

G_DEFINE_FINAL_TYPE (BmnComposerPanes, bmn_composer_panes, GTK_TYPE_WIDGET)

enum
{
  COLUMNS_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

int
bmn_composer_panes_get_columns (BmnComposerPanes *self)
{
  return self->columns;
}

static gboolean
tell (gpointer data)
{
  BmnComposerPanes *self = data;
  self->telling = 0;
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
  return G_SOURCE_REMOVE;
}

/* At large text a column needs more room than at small. */
static double
get_text_scale (GtkWidget *widget)
{
  int dpi;
  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (1, dpi / (96.0 * 1024)) : 1;
}

static void
set_columns (BmnComposerPanes *self, int width)
{
  double scale = get_text_scale (GTK_WIDGET (self));
  int columns = width >= THREE * scale ? 3 : width >= TWO * scale ? 2 : 1;
  if (columns == self->columns)
    return;
  self->columns = columns;
  /* Nobody may change the layout while it is being made. */
  if (self->telling == 0)
    self->telling = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell, self, NULL);
}

static void
bmn_composer_panes_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  BmnComposerPanes *self = BMN_COMPOSER_PANES (widget);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MINIMUM;
      *natural = 1080;
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (self->children); i++)
    {
      int child_minimum;
      gtk_widget_measure (self->children[i], orientation, -1, &child_minimum, NULL, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
    }
  *natural = MAX (*minimum, 600);
}

/* Sets how wide each child is; 0 for one that is not shown. */
static void
divide (BmnComposerPanes *self, int width, int *widths)
{
  int shown = self->pane == BMN_PANE_WRITE ? 0 : self->pane == BMN_PANE_PREVIEW ? 1 : 2;
  widths[0] = widths[1] = widths[2] = 0;
  if (self->columns == 1)
    {
      widths[shown] = width;
      return;
    }
  if (self->columns == 2)
    {
      int other = shown == 1 ? 1 : 2;
      widths[other] = CLAMP (width * 45 / 100, 290, 420);
    }
  else
    {
      widths[1] = CLAMP (width * 28 / 100, 260, 460);
      widths[2] = CLAMP (width * 31 / 100, 290, 480);
    }
  widths[0] = width - widths[1] - widths[2];
}

static void
bmn_composer_panes_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  BmnComposerPanes *self = BMN_COMPOSER_PANES (widget);
  gboolean rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  set_columns (self, width);
  int widths[3], x = 0;
  divide (self, width, widths);
  for (guint i = 0; i < G_N_ELEMENTS (self->children); i++)
    {
      GtkWidget *child = self->children[i];
      gtk_widget_set_child_visible (child, widths[i] > 0);
      if (widths[i] == 0)
        continue;
      int minimum;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      int child_width = MAX (widths[i], minimum);
      GtkAllocation area = { rtl ? width - x - child_width : x, 0, child_width, height };
      gtk_widget_size_allocate (child, &area, -1);
      x += widths[i];
    }
}

void
bmn_composer_panes_set_pane (BmnComposerPanes *self, BmnComposerPane pane)
{
  self->pane = pane;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
bmn_composer_panes_set_up (BmnComposerPanes *self,
                           GtkWidget *write,
                           GtkWidget *preview,
                           GtkWidget *side)
{
  GtkWidget *children[] = { write, preview, side };
  for (guint i = 0; i < G_N_ELEMENTS (children); i++)
    {
      self->children[i] = children[i];
      gtk_widget_set_parent (children[i], GTK_WIDGET (self));
    }
}

static void
bmn_composer_panes_dispose (GObject *object)
{
  BmnComposerPanes *self = BMN_COMPOSER_PANES (object);
  g_clear_handle_id (&self->telling, g_source_remove);
  for (guint i = 0; i < G_N_ELEMENTS (self->children); i++)
    g_clear_pointer (&self->children[i], gtk_widget_unparent);
  G_OBJECT_CLASS (bmn_composer_panes_parent_class)->dispose (object);
}

static void
bmn_composer_panes_class_init (BmnComposerPanesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_composer_panes_dispose;
  widget_class->measure = bmn_composer_panes_measure;
  widget_class->size_allocate = bmn_composer_panes_size_allocate;
  signals[COLUMNS_CHANGED] = g_signal_new ("columns-changed", G_TYPE_FROM_CLASS (klass),
                                           G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_composer_panes_init (BmnComposerPanes *self)
{
  self->columns = 3;
}
