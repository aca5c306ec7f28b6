/**
 * What is there, as a value: the state of a whole tree, to be compared with another one, or kept in
 * a file.
 *
 * <p>Start with {@link org.inotify4j.snapshot.TreeSnapshot#take(java.nio.file.Path)}, and with
 * {@link org.inotify4j.snapshot.TreeSnapshot#changesSince} for what differs from then, each thing a
 * {@link org.inotify4j.snapshot.SnapshotChange}.
 *
 * <p>Inside: a {@code TreeReader} reads directories into {@code EntryColumns}; a {@code Matching}
 * finds which entry of one snapshot is which of another; a {@code MoveOrder} puts the moves into an
 * order in which they can be done one by one; {@code ChangeList} tells them.
 *
 * <h2>The format of a saved snapshot</h2>
 *
 * <p>All numbers are in big-endian order. A file is what {@link
 * org.inotify4j.snapshot.TreeSnapshot#load} takes if each of its lengths is right, so are both
 * checksums, and the entries make a tree.
 *
 * <table>
 *   <caption>Format, version 1</caption>
 *   <tr><th>offset</th><th>bytes</th><th>what</th></tr>
 *   <tr><td>0</td><td>8</td><td>89 49 34 4A 0D 0A 1A 0A</td></tr>
 *   <tr><td>8</td><td>4</td><td>the version: 1</td></tr>
 *   <tr><td>12</td><td>8</td><td>the length of the file</td></tr>
 *   <tr><td>20</td><td>4</td><td>the number n of entries, the root among them</td></tr>
 *   <tr><td>24</td><td>4</td><td>the bytes of all names</td></tr>
 *   <tr><td>28</td><td>4</td><td>the number d of devices</td></tr>
 *   <tr><td>32</td><td>4</td><td>the bytes of the root's path</td></tr>
 *   <tr><td>36</td><td>4</td><td>the bytes of the filter</td></tr>
 *   <tr><td>40</td><td>4</td><td>CRC-32C (RFC 3720) of what is before</td></tr>
 *   <tr><td>44</td><td></td><td>the root's absolute path</td></tr>
 *   <tr><td></td><td></td><td>the filter: a byte that is 1 where permissions are kept, else 0; for
 *       each pattern a byte, 0 if it excludes and 1 if it includes, the number of its bytes in 4,
 *       and these</td></tr>
 *   <tr><td></td><td>8 d</td><td>the numbers of the devices, as statx(2) has them: 4 bytes each of
 *       minor and major, in this order on little-endian machines</td></tr>
 *   <tr><td></td><td></td><td>the names of the entries, each with a NUL at its end; that of the
 *       root is empty</td></tr>
 *   <tr><td></td><td>42 n</td><td>the entries in the same order, those of a directory behind it:
 *       in 4 bytes the number of its directory in this list, -1 for the root; in 8 each the inode, the size in
 *       bytes, and the times of the last modification and of the last change in nanoseconds since
 *       1970; in 2 each the bits of {@code st_mode}, the index of its device, and the marks: 1 if
 *       it may have been changed after it was read and bear the same times, 2 if it could not be
 *       read, and above some bits that its time of birth makes</td></tr>
 *   <tr><td></td><td>4</td><td>CRC-32C of all that is before</td></tr>
 * </table>
 */
@NullMarked
package org.inotify4j.snapshot;

import org.jspecify.annotations.NullMarked;
