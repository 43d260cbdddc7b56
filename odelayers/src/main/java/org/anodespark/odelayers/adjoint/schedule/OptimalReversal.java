/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
package org.anodespark.odelayers.adjoint.schedule;

/**
 * The best way to reverse a chain of steps whose first state is kept, with a number of slots for
 * kept states, that of the first state included. With beta(s, r) = C(s + r, s), s slots reverse at
 * most beta(s, r) steps if none is advanced more than r times (A. Griewank and A. Walther,
 * "Algorithm 799: Revolve", ACM Transactions on Mathematical Software 26(1), 2000).
 */
final class OptimalReversal {
  private final long steps;
  private final long slots;
  private final long repetitions;

  /** beta(slots, repetitions - 1), the longest chain that needs fewer repetitions. */
  private final long shorterChain;

  /** Takes the numbers of steps and slots, each at least 1. */
  OptimalReversal(int steps, int slots) {
    this.steps = steps;
    this.slots = slots;
    long r = 0;
    long shorter = 0;
    if (slots == 1) {
      r = steps - 1L;
      shorter = r;
    } else {
      for (long chain = 1; chain < steps; chain = chain * (slots + r) / r) {
        r++;
        shorter = chain;
      }
    }
    repetitions = r;
    shorterChain = shorter;
  }

  /** The least r with beta(slots, r) at least the number of steps: advances of one step at most. */
  int repetitions() {
    return (int) repetitions;
  }

  /** r l - C(s + r, r - 1) for l steps: advances of all steps together. */
  long advances() {
    return repetitions * steps - shorterChain * (slots + repetitions) / (slots + 1);
  }

  /** Steps from the first state to the next one to keep; at least two steps are needed. */
  int firstAdvance() {
    if (slots == 1) {
      return (int) (steps - 1);
    }
    if (repetitions == 1) {
      return 1;
    }
    long oneSlotLess = shorterChain * slots / (slots + repetitions - 1);
    long twoSlotsLess = oneSlotLess * (slots - 1) / (slots + repetitions - 2);
    if (steps <= shorterChain + twoSlotsLess) {
      return (int) (shorterChain * (repetitions - 1) / (slots + repetitions - 1));
    }
    return (int) Math.min(shorterChain, steps - oneSlotLess - twoSlotsLess);
  }
}
