/** Files that are there whole or not at all: JSON, safetensors and directories written aside and renamed. */
@NullMarked
package dev.headway.trainer.files;

import org.jspecify.annotations.NullMarked;
