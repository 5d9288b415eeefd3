/** Files of keys, right and wrong, followed and edited. */
@NullMarked
package dev.headway.server.caller.keys;

import org.jspecify.annotations.NullMarked;
