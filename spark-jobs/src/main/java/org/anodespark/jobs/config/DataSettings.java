/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

/** Section {@code data}. */
public record DataSettings(
    String source,
    String path,
    int recordsPerShard,
    String labels,
    int builtinTrain,
    int builtinTest,
    int cacheMebibytes,
    boolean augmentFlip,
    int augmentCropPadding) {}
