/** What log lines look like, whatever a client has sent. */
@NullMarked
package dev.headway.server.logging;

import org.jspecify.annotations.NullMarked;
