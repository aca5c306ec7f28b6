package org.inotify4j.fs.programs;

import java.util.logging.Logger;

/** Logs, and reports. */
public final class LoggedReport {

  private static final Logger LOG = Logger.getLogger(LoggedReport.class.getName());

  private LoggedReport() {}

  public static void main(String[] args) throws Exception {
    LOG.info("before the report");
    Report.main(args);
    LOG.info("after the report");
  }
}
