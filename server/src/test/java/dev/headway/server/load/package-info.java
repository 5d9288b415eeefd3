/** Tests of how the load is found out and told. */
@NullMarked
package dev.headway.server.load;

import org.jspecify.annotations.NullMarked;
