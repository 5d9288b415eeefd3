/** The one place where names given by users become paths. */
@NullMarked
package dev.headway.jobs.workspace;

import org.jspecify.annotations.NullMarked;
