/** Sets of callers, and who is in them. */
@NullMarked
package dev.headway.server.caller;

import org.jspecify.annotations.NullMarked;
