package dev.headway.server.api.limits;

import dev.headway.server.caller.Caller;

/**
 * Somebody whose limits are asked for; immutable.
 *
 * @param caller who it is
 * @param hasAddress whether its address is known: not, where only a user was named
 */
record Named(Caller caller, boolean hasAddress) {}
