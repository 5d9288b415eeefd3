/** What a training config and a dataset must be like to be accepted. */
@NullMarked
package dev.headway.server.api.submission;

import org.jspecify.annotations.NullMarked;
