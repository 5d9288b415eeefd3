/** What can be set, and how wrong settings are told. */
@NullMarked
package dev.headway.server.config;

import org.jspecify.annotations.NullMarked;
