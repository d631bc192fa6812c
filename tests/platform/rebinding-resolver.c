#include "rebinding-resolver.h"

struct _RebindingResolver
{
  GResolver parent_instance;
  guint n_lookups;
};

G_DEFINE_FINAL_TYPE (RebindingResolver, rebinding_resolver, G_TYPE_RESOLVER)

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
lookup_with_flags_async (GResolver *resolver,
                         const char *name,
                         GResolverNameLookupFlags flags,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  RebindingResolver *self = REBINDING_RESOLVER (resolver);
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, data);
  const char *address = self->n_lookups++ == 0 ? "8.8.8.8" : "127.0.0.1";
  g_task_return_pointer (task, g_list_prepend (NULL, g_inet_address_new_from_string (address)),
                         free_addresses);
}

static void
lookup_async (GResolver *resolver,
              const char *name,
              GCancellable *cancellable,
              GAsyncReadyCallback callback,
              gpointer data)
{
  lookup_with_flags_async (resolver, name, G_RESOLVER_NAME_LOOKUP_FLAGS_DEFAULT, cancellable,
                           callback, data);
}

static GList *
lookup_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
rebinding_resolver_class_init (RebindingResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);
  resolver_class->lookup_by_name_async = lookup_async;
  resolver_class->lookup_by_name_finish = lookup_finish;
  resolver_class->lookup_by_name_with_flags_async = lookup_with_flags_async;
  resolver_class->lookup_by_name_with_flags_finish = lookup_finish;
}

static void
rebinding_resolver_init (RebindingResolver *self)
{
}

GResolver *
rebinding_resolver_new (void)
{
  return g_object_new (REBINDING_TYPE_RESOLVER, NULL);
}

guint
rebinding_resolver_n_lookups (GResolver *resolver)
{
  return REBINDING_RESOLVER (resolver)->n_lookups;
}
