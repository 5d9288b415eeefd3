/** Addresses, headers and keys, and whom they are taken for. */
@NullMarked
package dev.headway.server.caller;

import org.jspecify.annotations.NullMarked;
