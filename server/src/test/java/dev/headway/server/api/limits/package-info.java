/** Names of clients, as the operator writes them. */
@NullMarked
package dev.headway.server.api.limits;

import org.jspecify.annotations.NullMarked;
