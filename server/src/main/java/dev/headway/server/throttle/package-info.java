/** Which limits hold for a caller, and how a refusal is told. */
@NullMarked
package dev.headway.server.throttle;

import org.jspecify.annotations.NullMarked;
