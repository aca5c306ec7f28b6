package org.inotify4j.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told once, of what both a look at the disk and the kernel say. */
final class ToldEntriesTest {

  private static final byte[] A = {'a'};
  private static final byte[] B = {'b'};

  private final ToldEntries told = new ToldEntries();
  private final TreeNode directory = new TreeNode(new byte[] {'d'});
  private final TreeNode other = new TreeNode(new byte[] {'e'});

  @Test
  void nothingIsNoted_allIsTold() {
    assertThat(told.needsMark()).isFalse();
    assertThat(told.appears(directory, A, false)).isTrue();
    assertThat(told.appears(directory, A, true)).isTrue();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.mayBeThere(directory, A)).isTrue();
    assertThat(told.isThere(directory, A)).isFalse();
  }

  @Test
  void anEntryThatWasFound_isNotCreatedAgain_butDeletedOnce() {
    told.note(directory, A, true);
    assertThat(told.needsMark()).isTrue();
    assertThat(told.isThere(directory, A)).isTrue();
    assertThat(told.appears(directory, A, false)).isFalse();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.mayBeThere(directory, A)).isFalse();
    assertThat(told.vanishes(directory, A)).isFalse();
    assertThat(told.appears(directory, A, false)).isTrue();
    assertThat(told.mayBeThere(directory, A)).isTrue();
  }

  @Test
  void anEntryThatWasNotFound_isNotDeletedAgain() {
    told.note(directory, A, false);
    assertThat(told.vanishes(directory, A)).isFalse();
    assertThat(told.vanishes(directory, B)).as("another name").isTrue();
    assertThat(told.vanishes(other, A)).as("another directory").isTrue();
    assertThat(told.mayBeThere(directory, A)).isFalse();
    assertThat(told.appears(directory, A, true)).isTrue();
  }

  @Test
  void inADirectoryThatIsRead_whatWasNotFoundIsAbsent() {
    told.note(directory, A, true);
    told.reading(directory);
    assertThat(told.needsMark()).isTrue();
    assertThat(told.vanishes(directory, A)).as("noted before").isFalse();
    assertThat(told.vanishes(directory, B)).isFalse();
    assertThat(told.appears(directory, B, false)).isTrue();
    assertThat(told.appears(directory, B, false)).isFalse();
    assertThat(told.vanishes(other, A)).isTrue();
  }

  @Test
  void notesHoldUntilTheMarkHasComeBy() {
    told.note(directory, A, true);
    told.markPlaced();
    assertThat(told.needsMark()).isFalse();
    assertThat(told.appears(directory, A, false)).isFalse();
    assertThat(told.isThere(directory, A)).isTrue();
    told.markReached();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.appears(directory, A, false)).isTrue();
  }

  @Test
  void aNoteBehindTheMark_holdsUntilTheNextOne() {
    told.note(directory, A, true);
    told.markPlaced();
    told.note(directory, A, false);
    assertThat(told.needsMark()).as("one mark at a time").isFalse();
    assertThat(told.vanishes(directory, A)).as("the newer note counts").isFalse();
    told.markReached();
    assertThat(told.needsMark()).isTrue();
    assertThat(told.vanishes(directory, A)).isFalse();
    told.markPlaced();
    told.markReached();
    assertThat(told.needsMark()).isFalse();
    assertThat(told.vanishes(directory, A)).isTrue();
  }

  @Test
  void aNoteBehindTheMark_ofAnotherName_leavesTheOldOnes() {
    told.note(directory, A, true);
    told.markPlaced();
    told.note(directory, B, true);
    assertThat(told.isThere(directory, A)).isTrue();
    assertThat(told.isThere(directory, B)).isTrue();
  }

  @Test
  void theWholeTreeWasLookedAt_directoriesThatItHasAreNotCreated() {
    told.lookedAtAll();
    assertThat(told.needsMark()).isTrue();
    assertThat(told.appears(directory, A, true)).isFalse();
    assertThat(told.appears(directory, A, false)).isTrue();
    told.markPlaced();
    assertThat(told.needsMark()).isFalse();
    assertThat(told.appears(directory, A, true)).isFalse();
    told.markReached();
    assertThat(told.appears(directory, A, true)).isTrue();
  }

  @Test
  void theWholeTreeWasLookedAtBehindTheMark_holdsUntilTheNextOne() {
    told.lookedAtAll();
    told.markPlaced();
    told.lookedAtAll();
    told.markReached();
    assertThat(told.appears(directory, A, true)).isFalse();
    told.markPlaced();
    told.markReached();
    assertThat(told.appears(directory, A, true)).isTrue();
  }

  @Test
  void clear_forgetsWhatIsNoted() {
    told.note(directory, A, true);
    told.markPlaced();
    told.note(directory, B, true);
    told.clear();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.isThere(directory, B)).isFalse();
    assertThat(told.appears(directory, A, false)).isTrue();
  }
}
