/** The store in memory: where keys live, how many may, and how threads share them. */
@NullMarked
package dev.headway.limiter.store;

import org.jspecify.annotations.NullMarked;
