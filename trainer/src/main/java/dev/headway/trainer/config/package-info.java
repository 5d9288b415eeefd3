/** What a job asks for: its configuration file read once, checked once, and passed on as records. */
@NullMarked
package dev.headway.trainer.config;

import org.jspecify.annotations.NullMarked;
