/** What callers are told: the ruling on a request, its header fields, and the body of a refusal. */
@NullMarked
package dev.headway.server.throttle.answer;

import org.jspecify.annotations.NullMarked;
