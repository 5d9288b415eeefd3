/** How the text of others is shown. */
@NullMarked
package dev.headway.server.text;

import org.jspecify.annotations.NullMarked;
