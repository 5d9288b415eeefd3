/** Which route a verb and a raw path mean, and what the path names. */
@NullMarked
package dev.headway.server.http.routing;

import org.jspecify.annotations.NullMarked;
