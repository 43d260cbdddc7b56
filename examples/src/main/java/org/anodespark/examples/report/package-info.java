/* Licensed under the Apache License, Version 2.0. See the LICENSE file. */
/** What the programs put out: PNG pictures and Markdown tables in one folder. */
package org.anodespark.examples.report;
