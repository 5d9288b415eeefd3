/** How log lines look, and how much of a client they show. */
@NullMarked
package dev.headway.server.logging;

import org.jspecify.annotations.NullMarked;
