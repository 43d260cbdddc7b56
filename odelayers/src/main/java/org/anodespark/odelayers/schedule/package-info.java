/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Values that change over the iterations of a training, beside those that ND4J has. They are saved
 * inside models, so they live with the layers that models are made of.
 */
package org.anodespark.odelayers.schedule;
