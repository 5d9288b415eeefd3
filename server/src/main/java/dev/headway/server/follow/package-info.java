/** When a file that is followed while the server runs has changed. */
@NullMarked
package dev.headway.server.follow;

import org.jspecify.annotations.NullMarked;
