/** Measuring models on data sets for clients, by a program that is run for each of them. */
@NullMarked
package dev.headway.server.api.validation;

import org.jspecify.annotations.NullMarked;
