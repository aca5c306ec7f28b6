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
    assertThat(told.appears(directory, A, false, false)).isTrue();
    assertThat(told.appears(directory, A, false, true)).isTrue();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.mayBeThere(directory, A)).isTrue();
    assertThat(told.isThere(directory, A)).isFalse();
  }

  @Test
  void anEntryThatWasFound_isNotCreatedAgain_butDeletedOnce() {
    told.noteFound(directory, A, false, 1);
    assertThat(told.needsMark()).isTrue();
    assertThat(told.isThere(directory, A)).isTrue();
    assertThat(told.appears(directory, A, false, false)).isFalse();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.mayBeThere(directory, A)).isFalse();
    assertThat(told.vanishes(directory, A)).isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
    assertThat(told.mayBeThere(directory, A)).isTrue();
  }

  @Test
  void anEntryThatWasFound_isSoByItsInode_untilTheKernelTellsOfIt() {
    told.noteFound(directory, A, false, 7);
    assertThat(told.isFound(directory, A, inode -> inode == 7)).isTrue();
    assertThat(told.isFound(directory, A, inode -> inode != 7)).as("another file").isFalse();
    assertThat(told.isFound(directory, B, inode -> true)).as("another name").isFalse();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(told.isFound(directory, A, inode -> true)).as("it is gone").isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
    assertThat(told.isFound(directory, A, inode -> true)).as("the kernel told of it").isFalse();
  }

  @Test
  void recordsOfADirectoryThatWasRead_mayBeFromBefore_untilTheMarkHasComeBy() {
    told.noteFound(directory, A, false, 1);
    assertThat(told.isBehindReading(directory)).as("a look at one entry").isFalse();
    told.reading(directory);
    assertThat(told.isBehindReading(directory)).isTrue();
    assertThat(told.isBehindReading(other)).isFalse();
    told.markPlaced();
    told.noteFound(directory, A, false, 1);
    assertThat(told.isBehindReading(directory)).isTrue();
    assertThat(told.isBehindReading(other)).isFalse();
    told.markReached();
    assertThat(told.isBehindReading(directory)).isFalse();
  }

  @Test
  void recordsOfAnyDirectory_mayBeFromBefore_whereTheWholeTreeWasLookedAt() {
    assertThat(told.isBehindReading(other)).isFalse();
    told.lookedAtAll();
    assertThat(told.isBehindReading(other)).isTrue();
    told.markPlaced();
    assertThat(told.isBehindReading(other)).isTrue();
    told.markReached();
    assertThat(told.isBehindReading(other)).isFalse();
  }

  @Test
  void anEntryThatWasNotFound_isNotDeletedAgain() {
    told.noteAbsent(directory, A);
    assertThat(told.vanishes(directory, A)).isFalse();
    assertThat(told.vanishes(directory, B)).as("another name").isTrue();
    assertThat(told.vanishes(other, A)).as("another directory").isTrue();
    assertThat(told.mayBeThere(directory, A)).isFalse();
    assertThat(told.appears(directory, A, false, true)).isTrue();
  }

  @Test
  void inADirectoryThatIsRead_whatWasNotFoundIsAbsent() {
    told.noteFound(directory, A, false, 1);
    told.reading(directory);
    assertThat(told.needsMark()).isTrue();
    assertThat(told.vanishes(directory, A)).as("noted before").isFalse();
    assertThat(told.vanishes(directory, B)).isFalse();
    assertThat(told.appears(directory, B, false, false)).isTrue();
    assertThat(told.appears(directory, B, false, false)).isFalse();
    assertThat(told.vanishes(other, A)).isTrue();
  }

  @Test
  void notesHoldUntilTheMarkHasComeBy() {
    told.noteFound(directory, A, false, 1);
    told.markPlaced();
    assertThat(told.needsMark()).isFalse();
    assertThat(told.appears(directory, A, false, false)).isFalse();
    assertThat(told.isThere(directory, A)).isTrue();
    told.markReached();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
  }

  @Test
  void aNoteBehindTheMark_holdsUntilTheNextOne() {
    told.noteFound(directory, A, false, 1);
    told.markPlaced();
    told.noteAbsent(directory, A);
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
    told.noteFound(directory, A, false, 1);
    told.markPlaced();
    told.noteFound(directory, B, false, 1);
    assertThat(told.isThere(directory, A)).isTrue();
    assertThat(told.isThere(directory, B)).isTrue();
  }

  @Test
  void theWholeTreeWasLookedAt_directoriesThatItHasAreNotCreated() {
    told.lookedAtAll();
    assertThat(told.needsMark()).isTrue();
    assertThat(told.appears(directory, A, false, true)).isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
    told.markPlaced();
    assertThat(told.needsMark()).isFalse();
    assertThat(told.appears(directory, A, false, true)).isFalse();
    told.markReached();
    assertThat(told.appears(directory, A, false, true)).isTrue();
  }

  @Test
  void theWholeTreeWasLookedAtBehindTheMark_holdsUntilTheNextOne() {
    told.lookedAtAll();
    told.markPlaced();
    told.lookedAtAll();
    told.markReached();
    assertThat(told.appears(directory, A, false, true)).isFalse();
    told.markPlaced();
    told.markReached();
    assertThat(told.appears(directory, A, false, true)).isTrue();
  }

  @Test
  void whatMovesToTheNameOfAFileThatTheKernelToldOf_isTold() {
    told.reading(directory);
    assertThat(replaces(A, true)).as("there is none").isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
    assertThat(replaces(A, true)).isTrue();
    assertThat(replaces(A, true)).as("and once more").isTrue();
    assertThat(told.vanishes(directory, A)).isTrue();
    assertThat(replaces(A, true)).as("it is gone").isFalse();
    assertThat(replaces(B, true)).isFalse();
  }

  @Test
  void whatMovesToTheNameOfAFileThatWasFound_isToldIfThatIsNotThereAnyMore() {
    told.noteFound(directory, A, false, 7);
    assertThat(told.replaces(directory, A, false, inode -> inode == 7)).isFalse();
    assertThat(told.replaces(directory, A, false, inode -> inode != 7)).isTrue();
    assertThat(replaces(A, true)).as("the kernel told of it by now").isTrue();
    told.noteFound(directory, B, false, 7);
    assertThat(told.replaces(directory, B, true, inode -> false)).as("a directory").isTrue();
    assertThat(replaces(B, false)).as("it is none any more").isFalse();
  }

  @Test
  void whatMovesToTheNameOfADirectory_isLookedAtByWhoKnowsIt() {
    told.noteFound(directory, A, true, 7);
    assertThat(replaces(A, false)).isFalse();
    assertThat(told.appears(directory, B, true, false)).isTrue();
    assertThat(told.isThere(directory, A)).isTrue();
    assertThat(told.replaces(other, A, false, inode -> false)).as("nothing is noted").isFalse();
  }

  private boolean replaces(byte[] name, boolean isStill) {
    return told.replaces(directory, name, false, inode -> isStill);
  }

  @Test
  void clear_forgetsWhatIsNoted() {
    told.noteFound(directory, A, false, 1);
    told.markPlaced();
    told.noteFound(directory, B, false, 1);
    told.clear();
    assertThat(told.isThere(directory, A)).isFalse();
    assertThat(told.isThere(directory, B)).isFalse();
    assertThat(told.appears(directory, A, false, false)).isTrue();
  }
}
