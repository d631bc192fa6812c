#pragma once

#include <gio/gio.h>

/* A server on 127.0.0.1 that says whatever bytes a test wants, each connection in a thread. */
typedef struct _RawServer RawServer;

/* @connection: the N-th, from 1; closed afterwards */
typedef void (*RawServeFunc) (RawServer *server, GIOStream *connection, guint n);

RawServer *raw_server_new (RawServeFunc serve, gpointer data);
void raw_server_free (RawServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawServer, raw_server_free)

guint16 raw_server_port (RawServer *server);
char *raw_server_url (RawServer *server, const char *path);
gpointer raw_server_data (RawServer *server);
/* How many requests were read as a whole, on all connections. */
guint raw_server_n_requests (RawServer *server);
guint raw_server_n_connections (RawServer *server);

/* Returns: (transfer full) (nullable): the next request with its body; %NULL at the end */
char *raw_read_request (RawServer *server, GIOStream *connection);
void raw_write (GIOStream *connection, const char *text);
/* Ends the connection by a reset. */
void raw_reset (GIOStream *connection);
