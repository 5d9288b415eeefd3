/** What a caller is told: the ruling on its request, as header fields and as the body of a refusal. */
@NullMarked
package dev.headway.server.throttle.answer;

import org.jspecify.annotations.NullMarked;
