/** Addresses and networks: how they are written, compared and found in sets. */
@NullMarked
package dev.headway.server.caller.address;

import org.jspecify.annotations.NullMarked;
