/** What a policy says: for whose requests to what, how many, and how they are counted. */
@NullMarked
package dev.headway.server.throttle.rules;

import org.jspecify.annotations.NullMarked;
