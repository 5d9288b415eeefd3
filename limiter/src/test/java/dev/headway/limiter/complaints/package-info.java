/** What users of other limiters complained of, each as a claim about this one; {@code docs/complaints.md} lists them all. */
@NullMarked
package dev.headway.limiter.complaints;

import org.jspecify.annotations.NullMarked;
