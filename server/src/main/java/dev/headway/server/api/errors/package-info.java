/** Finding errors, warnings and tracebacks in the output of trainers. */
@NullMarked
package dev.headway.server.api.errors;

import org.jspecify.annotations.NullMarked;
