@NullMarked
package dev.headway.limiter;

import org.jspecify.annotations.NullMarked;
