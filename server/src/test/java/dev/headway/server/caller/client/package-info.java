/** Peers and header fields, and whom they are taken for: the table of docs/callers.md. */
@NullMarked
package dev.headway.server.caller.client;

import org.jspecify.annotations.NullMarked;
