/** The API: which routes there are, and for each resource the methods that answer them. */
@NullMarked
package dev.headway.server.api;

import org.jspecify.annotations.NullMarked;
