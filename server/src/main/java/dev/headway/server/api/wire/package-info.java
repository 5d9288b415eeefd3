/** Values as clients of this API are used to read them: texts, numbers, times and JSON errors the way Python prints them. */
@NullMarked
package dev.headway.server.api.wire;

import org.jspecify.annotations.NullMarked;
