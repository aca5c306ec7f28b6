package org.inotify4j.tree;

import org.inotify4j.disk.DirectoryReader;
import org.inotify4j.disk.EntryFilter;
import org.inotify4j.disk.OpenFiles;
import org.inotify4j.follow.Audience;
import org.inotify4j.follow.Inbox;
import org.inotify4j.follow.LateRecords;
import org.inotify4j.hub.Hub;
import org.inotify4j.hub.Subscription;
import org.inotify4j.libc.PathBytes;

/**
 * The pieces of one tree, put together: each is made of those before it, and knows none of those
 * behind it.
 */
final class TreeParts {

  final TreeNodes nodes = new TreeNodes();
  final ToldEntries told = new ToldEntries();
  final TreeRenames moves = new TreeRenames();
  final Pass pass = new Pass();
  final TreeWatches watches;
  final UnwatchedDirectories unwatched;
  final TreeReporter reporter;
  final FailedVisits failed;
  final VisitResults results;
  final Crawl crawl;
  final Passes passes;
  final Reattempts reattempts;
  final MountPlaces mounts;
  final Findings findings;
  final Exchanges exchanges;
  final MoveRecords moveRecords;
  final TreeRecords records;

  TreeParts(
      Hub hub,
      Inbox inbox,
      Subscription subscription,
      Audience audience,
      TreeRoot root,
      EntryFilter filter) {
    int mask = audience.interests().mask();
    DirectoryReader reader =
        new DirectoryReader(hub.libC(), PathBytes.of(root.path()), root.followsLink());
    watches = new TreeWatches(hub, subscription, new LateRecords<>(inbox), mask);
    unwatched = new UnwatchedDirectories(root.watchable(), !audience.interests().unwatched());
    reporter = new TreeReporter(audience, nodes, filter);
    findings = new Findings(told, moves, reporter);
    TreePlaces places = new TreePlaces(nodes, watches, unwatched, findings, pass, root.isFlat());
    NodePath paths = new NodePath(nodes, watches, reader);
    failed = new FailedVisits(places, paths, watches, unwatched, reporter, pass);
    results = new VisitResults(places, paths, watches, findings, failed, pass);
    crawl = new Crawl(places, paths, findings, failed, visitors(hub, reader), results);
    passes = new Passes(places, paths, watches, failed, pass, crawl);
    reattempts = new Reattempts(places, paths, watches, unwatched, failed, crawl);
    mounts = new MountPlaces(hub, inbox, nodes, paths, crawl, findings);
    FoundFiles files = new FoundFiles(hub.libC(), paths);
    exchanges = new Exchanges(told, findings, files, crawl, unwatched);
    EntryChanges changes = new EntryChanges(told, reporter, places, crawl, files, mounts::mayCome);
    moveRecords = new MoveRecords(moves, reporter, places, changes, exchanges, reattempts);
    records = new TreeRecords(places, reporter, changes, moveRecords, exchanges, reattempts);
  }

  private Visitors visitors(Hub hub, DirectoryReader reader) {
    OpenFiles openFiles = new OpenFiles(hub.libC());
    return new Visitors(hub.workers(), () -> new Visit(reader, watches, openFiles));
  }
}
