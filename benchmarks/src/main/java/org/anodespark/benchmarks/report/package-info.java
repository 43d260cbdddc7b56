/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What the results are written with, beside the tables and folders of {@code
 * org.anodespark.examples.report}: bars, JSON, a word on the machine.
 */
package org.anodespark.benchmarks.report;
