/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * Buffers that outlive one evaluation. {@link org.anodespark.odelayers.memory.ArrayPool} is the one
 * place where an ODE block gets memory from; after the first iteration it allocates nothing more.
 * What a pool holds goes with its thread, or when somebody frees it.
 */
package org.anodespark.odelayers.memory;
