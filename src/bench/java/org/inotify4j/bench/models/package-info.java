/**
 * What other watchers for Java make of the same changes: {@link
 * org.inotify4j.bench.models.CompareModels} tries each in a process of its own.
 */
package org.inotify4j.bench.models;
