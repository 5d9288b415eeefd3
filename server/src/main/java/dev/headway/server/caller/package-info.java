/** Who is asking: a client with the identity that its key shows, and by what callers are told apart. */
@NullMarked
package dev.headway.server.caller;

import org.jspecify.annotations.NullMarked;
