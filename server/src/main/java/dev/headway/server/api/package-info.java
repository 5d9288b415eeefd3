/** The API: which routes there are, and who answers them; each resource has a room below. */
@NullMarked
package dev.headway.server.api;

import org.jspecify.annotations.NullMarked;
