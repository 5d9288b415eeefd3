/** Decides about each request by the limits that hold for its caller, and counts it. */
@NullMarked
package dev.headway.server.throttle;

import org.jspecify.annotations.NullMarked;
