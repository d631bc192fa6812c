#include "bmn-chip-flow.h"

struct _BmnChipFlow
{
  GtkWidget parent_instance;

  int spacing;
};

G_DEFINE_FINAL_TYPE (BmnChipFlow, bmn_chip_flow, GTK_TYPE_WIDGET)

/* Lays the children out in @width, and allocates them where @place. Returns: the height */
static int
flow (BmnChipFlow *self, int width, gboolean place)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int x = 0, y = 0, line = 0;
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child;
       child = gtk_widget_get_next_sibling (child))
    {
      if (!gtk_widget_should_layout (child))
        continue;
      GtkRequisition wanted;
      gtk_widget_get_preferred_size (child, NULL, &wanted);
      int child_width = MIN (wanted.width, width);
      if (x > 0 && x + child_width > width)
        {
          x = 0;
          y += line + self->spacing;
          line = 0;
        }
      if (place)
        {
          GtkAllocation area = { rtl ? width - x - child_width : x, y, child_width, wanted.height };
          gtk_widget_size_allocate (child, &area, -1);
        }
      x += child_width + self->spacing;
      line = MAX (line, wanted.height);
    }
  return y + line;
}

static GtkSizeRequestMode
bmn_chip_flow_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
bmn_chip_flow_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  BmnChipFlow *self = BMN_CHIP_FLOW (widget);
  if (orientation == GTK_ORIENTATION_VERTICAL && for_size >= 0)
    {
      *minimum = *natural = flow (self, for_size, FALSE);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum, child_natural;
      gtk_widget_measure (child, orientation, -1, &child_minimum, &child_natural, NULL, NULL);
      *minimum = MAX (*minimum, child_minimum);
      *natural += child_natural + self->spacing;
    }
}

static void
bmn_chip_flow_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  flow (BMN_CHIP_FLOW (widget), width, TRUE);
}

static void
bmn_chip_flow_dispose (GObject *object)
{
  bmn_chip_flow_clear (BMN_CHIP_FLOW (object));
  G_OBJECT_CLASS (bmn_chip_flow_parent_class)->dispose (object);
}

static void
bmn_chip_flow_class_init (BmnChipFlowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_chip_flow_dispose;
  widget_class->get_request_mode = bmn_chip_flow_get_request_mode;
  widget_class->measure = bmn_chip_flow_measure;
  widget_class->size_allocate = bmn_chip_flow_size_allocate;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
bmn_chip_flow_init (BmnChipFlow *self)
{
}

GtkWidget *
bmn_chip_flow_new (int spacing)
{
  BmnChipFlow *self = g_object_new (BMN_TYPE_CHIP_FLOW, NULL);
  self->spacing = spacing;
  return GTK_WIDGET (self);
}

void
bmn_chip_flow_append (BmnChipFlow *self, GtkWidget *child)
{
  gtk_widget_set_parent (child, GTK_WIDGET (self));
}

void
bmn_chip_flow_clear (BmnChipFlow *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_widget_unparent (child);
}
