/** Configs and datasets, accepted and refused. */
@NullMarked
package dev.headway.server.api.rules;

import org.jspecify.annotations.NullMarked;
