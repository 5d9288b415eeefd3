/** The API, asked over HTTP as its clients ask it. */
@NullMarked
package dev.headway.server.api;

import org.jspecify.annotations.NullMarked;
