/** How limits stand: for whoever asks, and for the operator, who may also reset them. */
@NullMarked
package dev.headway.server.api.limits;

import org.jspecify.annotations.NullMarked;
