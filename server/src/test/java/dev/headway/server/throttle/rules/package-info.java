/** Which rule is about whom, beside a search of all. */
@NullMarked
package dev.headway.server.throttle.rules;

import org.jspecify.annotations.NullMarked;
