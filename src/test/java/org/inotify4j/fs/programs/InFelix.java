package org.inotify4j.fs.programs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Starts bundles in a framework of their own. */
public final class InFelix {

  private InFelix() {}

  /** Needs a directory for the framework, one for {@link WatchingBundle}, and bundles. */
  public static void main(String[] args) throws Exception {
    Map<String, String> configuration =
        Map.of(Constants.FRAMEWORK_STORAGE, args[0], WatchingBundle.DIRECTORY, args[1]);
    Framework framework = new FrameworkFactory().newFramework(configuration);
    framework.start();
    List<Bundle> bundles = new ArrayList<>();
    for (String bundle : List.of(args).subList(2, args.length)) {
      String location = Path.of(bundle).toUri().toString();
      bundles.add(framework.getBundleContext().installBundle(location));
    }
    for (Bundle bundle : bundles) {
      bundle.start();
    }
    framework.stop();
    framework.waitForStop(0);
  }
}
