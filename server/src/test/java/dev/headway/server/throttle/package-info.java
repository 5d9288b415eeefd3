/** What clients are told apart by and told, as tables. */
@NullMarked
package dev.headway.server.throttle;

import org.jspecify.annotations.NullMarked;
