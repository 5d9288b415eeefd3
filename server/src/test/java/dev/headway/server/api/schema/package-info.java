/** Requests of the wrong form, and the answers they get. */
@NullMarked
package dev.headway.server.api.schema;

import org.jspecify.annotations.NullMarked;
