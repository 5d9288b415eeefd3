/** What log lines look like, whatever a client has sent. */
@NullMarked
package dev.headway.server.text;

import org.jspecify.annotations.NullMarked;
