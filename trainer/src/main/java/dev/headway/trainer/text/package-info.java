/** From text to token ids and back: every UTF-8 byte is a token. */
@NullMarked
package dev.headway.trainer.text;

import org.jspecify.annotations.NullMarked;
