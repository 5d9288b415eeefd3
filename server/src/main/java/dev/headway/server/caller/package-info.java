/** Who is asking: the address, network and user behind a request, and the keys that users show. */
@NullMarked
package dev.headway.server.caller;

import org.jspecify.annotations.NullMarked;
