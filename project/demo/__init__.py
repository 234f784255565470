"""The demo: a data set that one can believe, somebody to sign in as, and a server on loopback."""
