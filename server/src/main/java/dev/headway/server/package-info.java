/** The program: its commands, and the one list that wires everything together. */
@NullMarked
package dev.headway.server;

import org.jspecify.annotations.NullMarked;
