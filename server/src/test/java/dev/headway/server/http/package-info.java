/** What JSON is written and read. */
@NullMarked
package dev.headway.server.http;

import org.jspecify.annotations.NullMarked;
