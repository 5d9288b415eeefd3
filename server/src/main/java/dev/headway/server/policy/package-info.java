/** The file of limits that an operator writes: read, checked as a whole, and followed while the server runs. */
@NullMarked
package dev.headway.server.policy;

import org.jspecify.annotations.NullMarked;
