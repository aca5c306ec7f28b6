/** Programs that the tests run in Java virtual machines of their own. */
@NullMarked
package org.inotify4j.fs.programs;

import org.jspecify.annotations.NullMarked;
