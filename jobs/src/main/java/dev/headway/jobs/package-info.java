/** The job engine: a durable queue of training jobs, and trainer processes that outlive the server. */
@NullMarked
package dev.headway.jobs;

import org.jspecify.annotations.NullMarked;
