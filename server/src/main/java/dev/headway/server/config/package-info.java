/** What can be chosen about the server, read from the environment and .env files, all problems reported at once. */
@NullMarked
package dev.headway.server.config;

import org.jspecify.annotations.NullMarked;
