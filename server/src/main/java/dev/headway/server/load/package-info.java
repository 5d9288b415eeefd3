/** How busy this machine is, so that limits can be lowered while it is. */
@NullMarked
package dev.headway.server.load;

import org.jspecify.annotations.NullMarked;
