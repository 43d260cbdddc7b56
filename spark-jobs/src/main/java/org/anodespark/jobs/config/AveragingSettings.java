/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/** Section {@code averaging}. */
public record AveragingSettings(int workers, int frequency) {}
