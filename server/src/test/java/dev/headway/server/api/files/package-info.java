/** Files and directories, looked into through the filesystem routes. */
@NullMarked
package dev.headway.server.api.files;

import org.jspecify.annotations.NullMarked;
