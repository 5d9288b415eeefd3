/** The program: what its command line means, and the two things it does, training and evaluating. */
@NullMarked
package dev.headway.trainer;

import org.jspecify.annotations.NullMarked;
