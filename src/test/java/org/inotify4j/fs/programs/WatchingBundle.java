package org.inotify4j.fs.programs;

import java.nio.file.Path;
import org.inotify4j.watch.INotifyWatchService;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;

/** A bundle that watches a tree when it is started, by the service of another bundle. */
public final class WatchingBundle implements BundleActivator {

  /** The framework's property that names the directory. */
  public static final String DIRECTORY = "directory";

  @Override
  public void start(BundleContext context) throws Exception {
    System.out.println(FrameworkUtil.getBundle(INotifyWatchService.class).getSymbolicName());
    System.out.print(WatchesATree.events(Path.of(context.getProperty(DIRECTORY))));
  }

  @Override
  public void stop(BundleContext context) {}
}
