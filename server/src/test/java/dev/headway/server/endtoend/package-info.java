/** The packaged program, started as a user starts it, doing the product's main job with the built-in trainer. */
@NullMarked
package dev.headway.server.endtoend;

import org.jspecify.annotations.NullMarked;
