/** Configs and datasets, accepted and refused. */
@NullMarked
package dev.headway.server.api.submission;

import org.jspecify.annotations.NullMarked;
