/** The program as a whole. */
@NullMarked
package dev.headway.server;

import org.jspecify.annotations.NullMarked;
