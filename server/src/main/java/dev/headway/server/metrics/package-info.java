/** What Prometheus reads: how many requests came to what, how limits and their store stand, how jobs fare. */
@NullMarked
package dev.headway.server.metrics;

import org.jspecify.annotations.NullMarked;
