/** Addresses and networks, as people and proxies write them. */
@NullMarked
package dev.headway.server.caller.address;

import org.jspecify.annotations.NullMarked;
