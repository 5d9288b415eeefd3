/** Rate limits as values, decisions as types, and the limiter that joins them with a store. */
@NullMarked
package dev.headway.limiter;

import org.jspecify.annotations.NullMarked;
