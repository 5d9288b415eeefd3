/** What the HTTP surface promises, asked of real servers over real sockets. */
@NullMarked
package dev.headway.server.http.server;

import org.jspecify.annotations.NullMarked;
