#include "bmn-preview.h"
#include "bmn-length-avatar.h"
#include "bmn-thumbnail.h"

#include "bmn-entity-finder.h"
#include "bmn-text-count.h"

#include <glib/gi18n.h>

#define PICTURE_HEIGHT 120
#define MAX_PICTURES 4

struct _BmnPreview
{
  GtkBox parent_instance;

  GHashTable *pictures; /* (owned) path → the paintable of an earlier look */
};

G_DEFINE_FINAL_TYPE (BmnPreview, bmn_preview, GTK_TYPE_BOX)

static GtkWidget *
make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (style)
    gtk_widget_add_css_class (label, style);
  return label;
}

/*
 * Text.
 */

static void
append_escaped (GString *markup, const char *text, gsize start, gsize end)
{
  g_autofree char *escaped = g_markup_escape_text (text + start, (gssize)(end - start));
  g_string_append (markup, escaped);
}

/* What is beyond the limit is struck out, whatever it is. */
static char *
make_markup (GtkWidget *widget, const char *text, const BmnDestination *destination)
{
  GString *markup = g_string_new (NULL);
  GdkRGBA accent = { 0 };
  gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), "accent_color", &accent);
  BmnTextCount count = { .valid_end_byte = strlen (text) };
  bmn_text_count (text, destination->limits, &count, NULL);
  g_autoptr (GPtrArray) entities
      = bmn_text_find_entities (text, bmn_destination_get_dialect (destination), NULL);
  gsize end = count.fits ? strlen (text) : MIN (count.valid_end_byte, strlen (text)), at = 0;
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->byte_end > end)
        break;
      append_escaped (markup, text, at, entity->byte_start);
      g_string_append_printf (markup, "<span foreground='#%02x%02x%02x'>",
                              (guint)(accent.red * 255), (guint)(accent.green * 255),
                              (guint)(accent.blue * 255));
      append_escaped (markup, text, entity->byte_start, entity->byte_end);
      g_string_append (markup, "</span>");
      at = entity->byte_end;
    }
  append_escaped (markup, text, at, end);
  if (end < strlen (text))
    {
      g_string_append (markup, "<s>");
      append_escaped (markup, text, end, strlen (text));
      g_string_append (markup, "</s>");
    }
  return g_string_free (markup, FALSE);
}

/* Returns: (nullable) (transfer full): the first link, which becomes a card without media */
static char *
find_link (const char *text, const BmnDestination *destination)
{
  g_autoptr (GPtrArray) entities
      = bmn_text_find_entities (text, bmn_destination_get_dialect (destination), NULL);
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind == BMN_ENTITY_LINK)
        return g_strdup (entity->url);
    }
  return NULL;
}

static GtkWidget *
make_link_card (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (card, "example");
  gtk_box_append (GTK_BOX (card), gtk_image_new_from_icon_name ("bmn-link-symbolic"));
  gtk_box_append (GTK_BOX (lines), make_label (uri ? g_uri_get_host (uri) : url, "semi"));
  if (uri && g_uri_get_path (uri) && strlen (g_uri_get_path (uri)) > 1)
    gtk_box_append (GTK_BOX (lines), make_label (g_uri_get_path (uri), "reason"));
  gtk_box_append (GTK_BOX (card), lines);
  return card;
}

/*
 * Pictures.
 */

static GtkWidget *
make_picture (BmnPreview *self, const BmnMedia *medium)
{
  GtkWidget *picture = gtk_picture_new ();
  GdkPaintable *known = g_hash_table_lookup (self->pictures, medium->path);
  gtk_widget_add_css_class (picture, "thumb");
  gtk_widget_set_overflow (picture, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_size_request (picture, -1, PICTURE_HEIGHT);
  gtk_widget_set_hexpand (picture, TRUE);
  gtk_picture_set_content_fit (GTK_PICTURE (picture), GTK_CONTENT_FIT_COVER);
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), medium->alt);
  if (known)
    gtk_picture_set_paintable (GTK_PICTURE (picture), known);
  else
    bmn_thumbnail_load (GTK_PICTURE (picture), medium->path, 480);
  g_object_set_data_full (G_OBJECT (picture), "path", g_strdup (medium->path), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  medium->alt ? medium->alt : _ ("Picture without description"),
                                  -1);
  return picture;
}

static GtkWidget *
make_pictures (BmnPreview *self, GPtrArray *media)
{
  GtkWidget *grid = gtk_grid_new ();
  gtk_grid_set_row_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 4);
  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  guint n = MIN (media->len, MAX_PICTURES);
  for (guint i = 0; i < n; i++)
    gtk_grid_attach (GTK_GRID (grid), make_picture (self, media->pdata[i]), (int)i % 2, (int)i / 2,
                     n == 1 || (n == 3 && i == 2) ? 2 : 1, 1);
  return grid;
}

/* Pictures that were decoded need not be decoded again with the next key. */
static void
remember_pictures (BmnPreview *self, GtkWidget *widget)
{
  const char *path = g_object_get_data (G_OBJECT (widget), "path");
  if (path && gtk_picture_get_paintable (GTK_PICTURE (widget)))
    g_hash_table_replace (self->pictures, g_strdup (path),
                          g_object_ref (gtk_picture_get_paintable (GTK_PICTURE (widget))));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child;
       child = gtk_widget_get_next_sibling (child))
    remember_pictures (self, child);
}

/*
 * Cards.
 */

static GtkWidget *
make_head (const BmnDestination *destination, const char *time)
{
  const BmnAccount *account = destination->account;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = make_label (account->name, "semi");
  GtkWidget *handle
      = make_label (account->handle ? account->handle : destination->platform_name, "reason");
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (handle), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (lines), name);
  gtk_box_append (GTK_BOX (lines), handle);
  gtk_box_append (
      GTK_BOX (head),
      bmn_length_avatar_new (account->name, bmn_platform_icon_name (account->platform), 36));
  gtk_box_append (GTK_BOX (head), lines);
  if (time)
    {
      GtkWidget *when = gtk_label_new (time);
      gtk_widget_add_css_class (when, "reason");
      gtk_widget_add_css_class (when, "numeric");
      gtk_widget_set_valign (when, GTK_ALIGN_START);
      gtk_box_append (GTK_BOX (head), when);
    }
  return head;
}

static void
append_part (BmnPreview *self,
             GtkWidget *card,
             const BmnPost *post,
             const BmnPart *part,
             const BmnDestination *destination)
{
  if (*part->text)
    {
      GtkWidget *label = make_label (NULL, "preview-text");
      g_autofree char *markup = make_markup (GTK_WIDGET (self), part->text, destination);
      gtk_label_set_markup (GTK_LABEL (label), markup);
      gtk_box_append (GTK_BOX (card), label);
    }
  g_autofree char *link = part->media->len == 0 ? find_link (part->text, destination) : NULL;
  if (part->media->len > 0)
    gtk_box_append (GTK_BOX (card), make_pictures (self, part->media));
  else if (link)
    gtk_box_append (GTK_BOX (card), make_link_card (link));
}

static void
append_poll (GtkWidget *card, const BmnPoll *poll)
{
  for (guint i = 0; poll->options[i]; i++)
    {
      GtkWidget *option = make_label (poll->options[i], "example");
      gtk_box_append (GTK_BOX (card), option);
    }
}

static GtkWidget *
make_card (BmnPreview *self,
           const BmnPost *post,
           const BmnDestination *destination,
           const char *time)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "pad12");
  gtk_box_append (GTK_BOX (card), make_head (destination, time));
  if (post->content_warning && destination->caps.has_content_warning)
    gtk_box_append (GTK_BOX (card), make_label (post->content_warning, "heading"));
  for (guint i = 0; i < post->parts->len; i++)
    {
      if (i > 0)
        gtk_box_append (GTK_BOX (card), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
      append_part (self, card, post, post->parts->pdata[i], destination);
    }
  if (post->poll && destination->caps.has_polls)
    append_poll (card, post->poll);
  return card;
}

static void
append_card (BmnPreview *self, BmnDraft *draft, const BmnDestination *destination, const char *time)
{
  g_autoptr (BmnPost) post = bmn_draft_make_post (draft, destination->account->id);
  gtk_box_append (GTK_BOX (self), make_card (self, post, destination, time));
}

void
bmn_preview_show (
    BmnPreview *self, BmnDraft *draft, GPtrArray *destinations, gint64 first, const char *time)
{
  GtkWidget *child;
  remember_pictures (self, GTK_WIDGET (self));
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))))
    gtk_box_remove (GTK_BOX (self), child);
  gtk_box_append (GTK_BOX (self), make_label (_ ("Preview"), "heading"));
  guint n = 0;
  for (int round = 0; round < 2; round++)
    for (guint i = 0; i < destinations->len; i++)
      {
        const BmnDestination *destination = destinations->pdata[i];
        gint64 id = destination->account->id;
        if (!bmn_draft_has_account (draft, id) || (id == first) != (round == 0))
          continue;
        append_card (self, draft, destination, time);
        n++;
      }
  if (n == 0)
    gtk_box_append (
        GTK_BOX (self),
        make_label (_ ("Choose an account to see how the post will look there."), "reason"));
}

static void
bmn_preview_finalize (GObject *object)
{
  g_hash_table_unref (BMN_PREVIEW (object)->pictures);
  G_OBJECT_CLASS (bmn_preview_parent_class)->finalize (object);
}

static void
bmn_preview_class_init (BmnPreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_preview_finalize;
}

static void
bmn_preview_init (BmnPreview *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->pictures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}
