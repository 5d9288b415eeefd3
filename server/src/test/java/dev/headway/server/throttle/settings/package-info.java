/** Limits for busy times, as tables. */
@NullMarked
package dev.headway.server.throttle.settings;

import org.jspecify.annotations.NullMarked;
