/** Jobs over HTTP: they are taken in, shown, stopped and set going again, in the words of the contract. */
@NullMarked
package dev.headway.server.api.jobs;

import org.jspecify.annotations.NullMarked;
