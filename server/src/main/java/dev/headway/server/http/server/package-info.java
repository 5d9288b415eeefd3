/** Serves routes over sockets: requests come in, are matched, limited, checked and answered; the only package that knows Vert.x. */
@NullMarked
package dev.headway.server.http.server;

import org.jspecify.annotations.NullMarked;
