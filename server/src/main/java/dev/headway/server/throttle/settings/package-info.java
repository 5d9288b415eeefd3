/** What an operator sets: the limits of each class of endpoint, how clients are told apart, and where is counted. */
@NullMarked
package dev.headway.server.throttle.settings;

import org.jspecify.annotations.NullMarked;
