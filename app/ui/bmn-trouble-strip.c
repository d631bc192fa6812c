#include "bmn-trouble-strip.h"
#include "bmn-state-look.h"

#include "bmn-session-agenda.h"

#include <glib/gi18n.h>

/* Enough to count; what is more is said as well. */
#define MAX_LOOKED_AT 100

struct _BmnTroubleStrip
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  GNetworkMonitor *network;  /* (owned) */
  char *trouble;             /* (owned) (nullable): what the session said of its folder */
  gboolean is_sample;
  GtkWidget *strip;
  GtkImage *icon;
  GtkLabel *sentence;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (BmnTroubleStrip, bmn_trouble_strip, ADW_TYPE_BIN)

typedef struct
{
  const char *css_class; /* `failed`, `held` or `neutral` */
  const char *icon;
  char *sentence;     /* (owned) (nullable): NULL where nothing is wrong */
  const char *button; /* (nullable) */
  const char *action; /* (nullable) */
  GVariant *target;   /* (nullable) floating */
} Trouble;

static void
tell (BmnTroubleStrip *self, Trouble *trouble)
{
  static const char *const classes[] = { "failed", "held", "neutral" };
  gtk_widget_set_visible (GTK_WIDGET (self), trouble->sentence != NULL);
  if (!trouble->sentence)
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      gtk_widget_remove_css_class (self->strip, classes[i]);
      gtk_widget_remove_css_class (GTK_WIDGET (self->icon), classes[i]);
    }
  gtk_widget_add_css_class (self->strip, trouble->css_class);
  gtk_widget_add_css_class (GTK_WIDGET (self->icon), trouble->css_class);
  gtk_image_set_from_icon_name (self->icon, trouble->icon);
  gtk_label_set_label (self->sentence, trouble->sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->button), trouble->button != NULL);
  if (trouble->button)
    {
      gtk_button_set_label (self->button, trouble->button);
      gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->button), trouble->target);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), trouble->action);
    }
  g_free (trouble->sentence);
}

/* The first post that stands for @state, and how many there are. */
static const BmnAgendaItem *
find (GPtrArray *items, BmnTargetState state, guint *n)
{
  const BmnAgendaItem *first = NULL;
  *n = 0;
  for (guint i = 0; items && i < items->len; i++)
    if (bmn_agenda_item_get_state (items->pdata[i]) == state)
      {
        first = first ? first : items->pdata[i];
        (*n)++;
      }
  return first;
}

static gboolean
has_error (const BmnAgendaItem *item, const char *kind)
{
  for (guint i = 0; i < item->targets->len; i++)
    if (g_strcmp0 (((BmnAgendaTarget *)item->targets->pdata[i])->error_kind, kind) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
judge_posts (GPtrArray *items, Trouble *trouble)
{
  guint n;
  const BmnAgendaItem *item;
  if ((item = find (items, BMN_TARGET_FAILED, &n)))
    {
      gboolean signed_out = has_error (item, "auth-expired");
      trouble->css_class = "failed";
      trouble->icon = signed_out ? "bmn-needs-login-symbolic" : "bmn-failed-symbolic";
      trouble->sentence = n == 1
                              ? g_strdup_printf (
                                  /* Translators: the first words of a post. */
                                  _ ("“%.60s” could not be published."), item->excerpt)
                              : g_strdup_printf (ngettext ("%u post could not be published.",
                                                           "%u posts could not be published.", n),
                                                 n);
    }
  else if ((item = find (items, BMN_TARGET_UNKNOWN, &n)))
    {
      trouble->css_class = "held";
      trouble->icon = "bmn-unknown-outcome-symbolic";
      trouble->sentence
          = g_strdup_printf (ngettext ("One answer is missing: %u post may or may not be out.",
                                       "Answers are missing: %u posts may or may not be out.", n),
                             n);
    }
  else if ((item = find (items, BMN_TARGET_HELD, &n)))
    {
      trouble->css_class = "held";
      trouble->icon = "bmn-held-symbolic";
      trouble->sentence = g_strdup_printf (
          ngettext ("%u post is held and waits for you.", "%u posts are held and wait for you.", n),
          n);
    }
  else
    return FALSE;
  trouble->button = _ ("_Review");
  trouble->action = "plan.open";
  trouble->target = g_variant_new_int64 (item->post_id);
  return TRUE;
}

static void
judge (BmnTroubleStrip *self, GPtrArray *items)
{
  Trouble trouble = { .css_class = "neutral" };
  if (self->trouble)
    {
      trouble.css_class = "failed";
      trouble.icon = "bmn-failed-symbolic";
      trouble.sentence = g_strdup (self->trouble);
    }
  else if (!judge_posts (items, &trouble)
           && !g_network_monitor_get_network_available (self->network) && !self->is_sample)
    {
      trouble.icon = "bmn-offline-symbolic";
      trouble.sentence = g_strdup (_ ("No internet. What is due goes out as soon as it is back."));
    }
  else if (!trouble.sentence && self->is_sample)
    {
      trouble.icon = "bmn-evidence-symbolic";
      trouble.sentence = g_strdup (_ ("This is sample data. Nothing of it leaves this computer."));
      trouble.button = _ ("_Remove Sample Data");
      trouble.action = "app.remove-sample";
    }
  tell (self, &trouble);
}

static gpointer
list_troubled (BmnSession *session, gpointer data, GError **error)
{
  const BmnAgendaQuery query
      = { .states = 1u << BMN_TARGET_FAILED | 1u << BMN_TARGET_UNKNOWN | 1u << BMN_TARGET_HELD,
          .limit = MAX_LOOKED_AT };
  return bmn_session_list_agenda (session, &query, error);
}

static void
on_troubled (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnTroubleStrip) self = data;
  g_autoptr (GPtrArray) items
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  judge (self, items);
}

void
bmn_trouble_strip_refresh (BmnTroubleStrip *self, gboolean is_sample)
{
  self->is_sample = is_sample;
  if (self->session && bmn_session_thread_is_open (self->session))
    bmn_session_thread_call_async (self->session, list_troubled, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_troubled,
                                   g_object_ref (self));
  else
    judge (self, NULL);
}

static void
look_again (BmnTroubleStrip *self)
{
  bmn_trouble_strip_refresh (self, self->is_sample);
}

static void
on_trouble (BmnTroubleStrip *self, GError *error)
{
  g_free (self->trouble);
  self->trouble = g_strdup (error->message);
  look_again (self);
}

/* Something could be written again, so the trouble is over. */
static void
on_changed (BmnTroubleStrip *self)
{
  g_clear_pointer (&self->trouble, g_free);
  look_again (self);
}

void
bmn_trouble_strip_set_session (BmnTroubleStrip *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "trouble", G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->network, "network-changed", G_CALLBACK (look_again), self,
                           G_CONNECT_SWAPPED);
}

static void
bmn_trouble_strip_dispose (GObject *object)
{
  BmnTroubleStrip *self = BMN_TROUBLE_STRIP (object);
  g_clear_object (&self->session);
  g_clear_object (&self->network);
  g_clear_pointer (&self->trouble, g_free);
  G_OBJECT_CLASS (bmn_trouble_strip_parent_class)->dispose (object);
}

static void
bmn_trouble_strip_class_init (BmnTroubleStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_trouble_strip_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, BMN_RESOURCES "/bmn-trouble-strip.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnTroubleStrip, strip);
  gtk_widget_class_bind_template_child (widget_class, BmnTroubleStrip, icon);
  gtk_widget_class_bind_template_child (widget_class, BmnTroubleStrip, sentence);
  gtk_widget_class_bind_template_child (widget_class, BmnTroubleStrip, button);
}

static void
bmn_trouble_strip_init (BmnTroubleStrip *self)
{
  self->network = g_object_ref (g_network_monitor_get_default ());
  gtk_widget_init_template (GTK_WIDGET (self));
}
