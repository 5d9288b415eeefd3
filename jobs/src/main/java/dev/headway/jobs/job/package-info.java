/** What a job is: its name, its state, what is known of its progress. */
@NullMarked
package dev.headway.jobs.job;

import org.jspecify.annotations.NullMarked;
