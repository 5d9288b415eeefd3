/** What holds for whom, and how requests are decided, as tables. */
@NullMarked
package dev.headway.server.throttle;

import org.jspecify.annotations.NullMarked;
