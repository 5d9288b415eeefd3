/** Who is asking, which limits apply to them, and how a refusal is told. */
@NullMarked
package dev.headway.server.throttle;

import org.jspecify.annotations.NullMarked;
