/** Who is refused most often of late, in bounded memory. */
@NullMarked
package dev.headway.server.throttle.census;

import org.jspecify.annotations.NullMarked;
