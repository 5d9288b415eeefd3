/** What clients are told apart by and told, as tables. */
@NullMarked
package dev.headway.server.throttle.rules;

import org.jspecify.annotations.NullMarked;
