/** Health reports under a manual clock and with scripted GPUs. */
@NullMarked
package dev.headway.server.api.health;

import org.jspecify.annotations.NullMarked;
