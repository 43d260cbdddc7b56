/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.benchmarks.block;

import java.util.List;
import java.util.Map;
import org.anodespark.benchmarks.measurement.Sample;
import org.anodespark.benchmarks.problem.BlockProblem;

/**
 * One block.
 *
 * @param problem its sizes
 * @param peakGigaflops billions of operations per second of the fastest matrix product of each
 *     round
 * @param contenders who ran it
 * @param missing who did not, and why
 */
public record BlockResult(
    BlockProblem problem,
    Sample peakGigaflops,
    List<ContenderResult> contenders,
    Map<String, String> missing) {}
