/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/**
 * What has happened in a sweep. The {@link org.anodespark.jobs.sweep.ledger.Ledger} is a file of
 * {@link org.anodespark.jobs.sweep.ledger.LedgerEntry entries}, and what follows from them: the
 * {@link org.anodespark.jobs.sweep.ledger.Trial trials} and the {@link
 * org.anodespark.jobs.sweep.ledger.RungRun trainings} that are still to be done. There is no other
 * state, so whoever reads the ledger can go on with the sweep.
 */
package org.anodespark.jobs.sweep.ledger;
