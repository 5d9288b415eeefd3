/** Text that came from somebody else, made fit for a message, a log or a terminal. */
@NullMarked
package dev.headway.server.text;

import org.jspecify.annotations.NullMarked;
