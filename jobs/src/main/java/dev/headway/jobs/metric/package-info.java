/** Reading what trainers report: the progress file and the points in it. */
@NullMarked
package dev.headway.jobs.metric;

import org.jspecify.annotations.NullMarked;
