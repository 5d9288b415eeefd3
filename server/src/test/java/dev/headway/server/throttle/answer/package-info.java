/** What clients are told, word for word. */
@NullMarked
package dev.headway.server.throttle.answer;

import org.jspecify.annotations.NullMarked;
