/** What the log says about floods, stepped by hand. */
@NullMarked
package dev.headway.server.flood;

import org.jspecify.annotations.NullMarked;
