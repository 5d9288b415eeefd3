/** Who is said to be refused most, beside an exact count. */
@NullMarked
package dev.headway.server.throttle.census;

import org.jspecify.annotations.NullMarked;
