/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What the section {@code model.block} of the settings may say, and what it stands for: each kind
 * of choice is one table from names to the beans of odelayers, read by the check of the settings,
 * by their error messages and by the factory of networks.
 *
 * <ul>
 *   <li>{@link org.anodespark.jobs.block.StepMethods}: {@code solver}
 *   <li>{@link org.anodespark.jobs.block.AdjointStrategies}: {@code adjoint}
 *   <li>{@link org.anodespark.jobs.block.ErrorNorms}, {@link
 *       org.anodespark.jobs.block.StepControllers}: {@code adaptive.norm}, {@code
 *       adaptive.controller}
 * </ul>
 *
 * <p>To add one, write one line into its table and explain the name in {@code reference.conf}.
 * {@link org.anodespark.jobs.block.BlockSetup} puts the beans of a block together and refuses those
 * that do not fit. The launcher does all of this before Spark starts, in a process in which ND4J
 * cannot run: what stands here makes configuration beans and touches no array.
 */
package org.anodespark.jobs.block;
