/** Whether what was found out earlier still holds: a value by its age, a file by its stamp. */
@NullMarked
package dev.headway.server.fresh;

import org.jspecify.annotations.NullMarked;
