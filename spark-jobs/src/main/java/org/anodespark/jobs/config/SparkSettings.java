/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.jobs.config;

import java.util.Map;

/** Section {@code spark}. */
public record SparkSettings(
    String master,
    int executors,
    int coresPerExecutor,
    int executorHeapMebibytes,
    int driverHeapMebibytes,
    int nativeMebibytes,
    Map<String, String> conf) {}
