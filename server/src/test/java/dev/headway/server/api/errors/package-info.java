/** Outputs of trainers that went wrong. */
@NullMarked
package dev.headway.server.api.errors;

import org.jspecify.annotations.NullMarked;
