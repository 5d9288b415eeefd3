/** What a user needs to test code that is limited: a clock moved by hand. */
@NullMarked
package dev.headway.limiter.testing;

import org.jspecify.annotations.NullMarked;
