/** The pictures of the README: every algorithm on the same arrivals, drawn by running it. */
@NullMarked
package dev.headway.limiter.pictures;

import org.jspecify.annotations.NullMarked;
