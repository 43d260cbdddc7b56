/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What a gradient costs: {@link org.anodespark.examples.costs.CostExperiment} runs one convolution
 * block with every strategy that works with the method, and sets the measured time and bytes beside
 * what each strategy declares.
 */
package org.anodespark.examples.costs;
