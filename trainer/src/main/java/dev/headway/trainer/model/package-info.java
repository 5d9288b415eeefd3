/** The network: a decoder-only transformer of the Llama family over plain tensors. */
@NullMarked
package dev.headway.trainer.model;

import org.jspecify.annotations.NullMarked;
