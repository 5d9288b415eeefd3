/** The data set: read, split, cut into rows, and dealt out in an order that depends on nothing but the seed. */
@NullMarked
package dev.headway.trainer.data;

import org.jspecify.annotations.NullMarked;
