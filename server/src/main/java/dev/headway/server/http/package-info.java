/** What routes are made of: requests, responses, handlers, and who is told what became of them. */
@NullMarked
package dev.headway.server.http;

import org.jspecify.annotations.NullMarked;
