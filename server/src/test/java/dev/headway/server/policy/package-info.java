/** Tests of policy files. */
@NullMarked
package dev.headway.server.policy;

import org.jspecify.annotations.NullMarked;
