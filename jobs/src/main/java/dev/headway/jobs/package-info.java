@NullMarked
package dev.headway.jobs;

import org.jspecify.annotations.NullMarked;
