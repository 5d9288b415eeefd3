/** Health reports: what they say, and how they stay cheap however often they are asked for. */
@NullMarked
package dev.headway.server.api.health;

import org.jspecify.annotations.NullMarked;
