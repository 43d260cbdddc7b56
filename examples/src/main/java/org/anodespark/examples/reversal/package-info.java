/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Fields that cannot be solved backwards in time, after the demonstrations of Gholami, Keutzer and
 * Biros, "ANODE: Unconditionally Accurate Memory-Efficient Gradients for Neural ODEs", IJCAI 2019.
 *
 * <table>
 *   <caption>Demonstrations; each goes there and back by {@link org.anodespark.examples.reversal.Reversal}</caption>
 *   <tr><td>{@link org.anodespark.examples.reversal.ScalarRectifier}</td><td>one unknown, one ReLU</td></tr>
 *   <tr><td>{@link org.anodespark.examples.reversal.GaussianRectifier}</td><td>a random matrix and a ReLU</td></tr>
 *   <tr><td>{@link org.anodespark.examples.reversal.RingImage}</td><td>a convolution on an image</td></tr>
 * </table>
 */
package org.anodespark.examples.reversal;
