/** The client behind a connection: the peer itself, or whom a proxy names that is trusted. */
@NullMarked
package dev.headway.server.caller.client;

import org.jspecify.annotations.NullMarked;
