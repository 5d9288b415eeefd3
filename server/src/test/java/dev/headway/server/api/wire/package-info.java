/** Texts, numbers and times compared with what Python prints. */
@NullMarked
package dev.headway.server.api.wire;

import org.jspecify.annotations.NullMarked;
