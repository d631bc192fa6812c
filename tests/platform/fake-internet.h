#pragma once

#include "http-fixture.h"

/*
 * The internet, as far as a test needs it, on 127.0.0.1: hosts with https and a trusted
 * certificate, TXT records, and names with addresses of the test's choice. Requests to a host
 * that has pages go through a proxy here; all other names are looked up and connected to as
 * usual, so that the rules about private addresses are in force. One at a time.
 */
typedef struct _FakeInternet FakeInternet;

FakeInternet *fake_internet_new (void);
void fake_internet_free (FakeInternet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeInternet, fake_internet_free)

/* Lets @http trust the hosts' certificates. */
void fake_internet_trust (FakeInternet *self, BmnHttpClient *http);

/* What a request to @url, whatever its method, is answered; the host is one that
 * make-certificates.sh names. @headers: (nullable): whole lines, each with its end */
void fake_internet_serve (
    FakeInternet *self, const char *url, const char *status, const char *headers, const char *body);
void fake_internet_serve_bytes (
    FakeInternet *self, const char *url, const char *status, const char *headers, GBytes *body);
/* Answers with a redirect to @target. */
void fake_internet_redirect (FakeInternet *self, const char *url, const char *target);

/* Adds a TXT record; @text: pieces of it separated by `|` */
void fake_internet_add_txt (FakeInternet *self, const char *name, const char *text);
/* Lets @name have @address and be connected to without the proxy. */
void fake_internet_add_address (FakeInternet *self, const char *name, const char *address);

/* Returns: how often @url was asked for */
guint fake_internet_n_requests (FakeInternet *self, const char *url);
