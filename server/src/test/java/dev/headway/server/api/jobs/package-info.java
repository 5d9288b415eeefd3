/** What is said of jobs, case by case. */
@NullMarked
package dev.headway.server.api.jobs;

import org.jspecify.annotations.NullMarked;
