/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * The frame of programs that write a report: {@link org.anodespark.examples.program.Program} has
 * the folder to write to, {@link org.anodespark.examples.program.CommandLines} runs one of several
 * and turns what goes wrong into exit codes.
 */
package org.anodespark.examples.program;
