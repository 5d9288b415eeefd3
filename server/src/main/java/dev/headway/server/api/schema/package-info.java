/** Reading a request into typed fields, with every problem of it reported at once in the pydantic form. */
@NullMarked
package dev.headway.server.api.schema;

import org.jspecify.annotations.NullMarked;
