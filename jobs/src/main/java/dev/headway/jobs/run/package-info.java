/**
 * Running attempts of jobs (the port that an executor of trainers fits, and local processes behind it), and programs that
 * are only run for what they print.
 */
@NullMarked
package dev.headway.jobs.run;

import org.jspecify.annotations.NullMarked;
