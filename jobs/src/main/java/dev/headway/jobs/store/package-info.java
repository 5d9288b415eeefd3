/** The jobs, their metrics and the queue in a database; nothing else in Headway speaks SQL. */
@NullMarked
package dev.headway.jobs.store;

import org.jspecify.annotations.NullMarked;
