/**
 * Events as text: lines, CSV and JSON, with their times and colors.
 *
 * <p>Start with {@link org.inotify4j.cli.format.EventFormat}; {@link
 * org.inotify4j.cli.format.FormatOptions} are the options that choose one.
 */
@NullMarked
package org.inotify4j.cli.format;

import org.jspecify.annotations.NullMarked;
