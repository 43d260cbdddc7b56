/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What runs in child processes: the block of {@code problem} in odelayers ({@link
 * org.anodespark.benchmarks.contender.OdelayersBlock}), in Deeplearning4j's own layers ({@link
 * org.anodespark.benchmarks.contender.StockBlock}) and in libtorch ({@link
 * org.anodespark.benchmarks.contender.LibtorchBlock}), and the product of matrices that tells what
 * the machine can do ({@link org.anodespark.benchmarks.contender.MatrixProduct}). Each is a main
 * class that serves a {@code Workload}. PyTorch in Python is a script that speaks the same
 * protocol.
 */
package org.anodespark.benchmarks.contender;
