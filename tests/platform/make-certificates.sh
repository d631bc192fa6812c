#!/bin/sh
# usage: make-certificates.sh FOLDER
# Makes an authority and certificates for this computer: good, expired, for another name, and
# one that only vouches for itself. Each file has its key as well. Nobody trusts them.
set -eu
cd "$1"

key () {
  openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1.key" 2> /dev/null
}

# NAME DAYS ALTERNATIVE-NAMES
issue () {
  key "$1"
  printf 'subjectAltName=%s\n' "$3" > "$1.ext"
  openssl req -new -key "$1.key" -subj "/CN=Bellman test $1" -out "$1.csr"
  openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial \
    -days "$2" -extfile "$1.ext" -out "$1.crt" 2> /dev/null
  cat "$1.crt" "$1.key" > "$1.pem"
}

key authority
openssl req -x509 -new -key authority.key -subj "/CN=Bellman test authority" -days 2 \
  -addext basicConstraints=critical,CA:TRUE -out authority.pem
issue good 2 DNS:localhost,IP:127.0.0.1
issue expired -1 DNS:localhost,IP:127.0.0.1
issue elsewhere 2 DNS:example.org
# The hosts that tests of names and links play.
issue internet 2 DNS:bsky.social,DNS:plc.directory,DNS:shop.test,DNS:other.test,DNS:web.test,DNS:page.test,DNS:pictures.test
key alone
openssl req -x509 -new -key alone.key -subj "/CN=localhost" -days 2 \
  -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -out alone.crt
cat alone.crt alone.key > alone.pem
