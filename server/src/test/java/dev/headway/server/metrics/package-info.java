/** What is counted, and the text in which it is read. */
@NullMarked
package dev.headway.server.metrics;

import org.jspecify.annotations.NullMarked;
