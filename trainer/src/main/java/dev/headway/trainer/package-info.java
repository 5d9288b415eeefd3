@NullMarked
package dev.headway.trainer;

import org.jspecify.annotations.NullMarked;
