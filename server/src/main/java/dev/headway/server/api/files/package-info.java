/** The filesystem routes: looking into files and directories inside the allowed roots, and nowhere else. */
@NullMarked
package dev.headway.server.api.files;

import org.jspecify.annotations.NullMarked;
