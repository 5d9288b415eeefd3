/** The keys that users show: their file, how it is followed and edited, and whose each of them is. */
@NullMarked
package dev.headway.server.caller.keys;

import org.jspecify.annotations.NullMarked;
