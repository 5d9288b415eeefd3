/** What is shown of who is refused most. */
@NullMarked
package dev.headway.server.top;

import org.jspecify.annotations.NullMarked;
