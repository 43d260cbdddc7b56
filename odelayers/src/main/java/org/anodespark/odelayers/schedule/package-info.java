/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Values that change over the iterations of a training, beside those that ND4J has. They are saved
 * inside models, so they live with the layers that models are made of.
 *
 * <p>{@link org.anodespark.odelayers.schedule.LinearSchedule} and {@link
 * org.anodespark.odelayers.schedule.CosineSchedule} fall to 0 over a run; {@link
 * org.anodespark.odelayers.schedule.WarmUpSchedule} lets any schedule begin gently. {@link
 * org.anodespark.odelayers.schedule.ExponentialAnnealing} goes from one value to another, as
 * coefficients of regularisers do. {@link org.anodespark.odelayers.schedule.SaturatingSchedule}
 * lets a term of the loss come in gradually.
 */
package org.anodespark.odelayers.schedule;
