/** Values that cost something to find out, and that anybody may ask for as often as it likes. */
@NullMarked
package dev.headway.server.refresh;

import org.jspecify.annotations.NullMarked;
