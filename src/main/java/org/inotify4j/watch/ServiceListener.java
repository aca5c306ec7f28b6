package org.inotify4j.watch;

/** A service as it subscribes to watches, for its plain keys. */
record ServiceListener(INotifyWatchService service) implements Listener {

  @Override
  public boolean deliver(KernelRecord event, HeldMoves held) {
    return service.deliver(event, held);
  }

  @Override
  public void watchEnded(int wd, HeldMoves held) {
    service.watchEnded(wd, held);
  }

  @Override
  public void overflow(int wd) {
    service.overflow(wd);
  }

  @Override
  public int mask(int wd) {
    return service.mask(wd);
  }

  @Override
  public void maskIsOther(int wd) {
    service.maskIsOther(wd);
  }
}
