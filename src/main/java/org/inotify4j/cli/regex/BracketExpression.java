package org.inotify4j.cli.regex;

import java.util.BitSet;

/** A bracket expression of POSIX, such as {@code [^[:alpha:]_-]}: a set of bytes. */
final class BracketExpression {

  private final String source;
  private int at;
  private final BitSet members = new BitSet(256);

  /**
   * An expression.
   *
   * @param source the text that it is in, one char a byte
   * @param start where it begins: behind the bracket that opens it
   */
  BracketExpression(String source, int start) {
    this.source = source;
    this.at = start;
  }

  /** Where it ends: behind the bracket that closes it. */
  int end() {
    return at;
  }

  /**
   * Reads it.
   *
   * @param ignoresCase whether a letter stands for both its cases
   * @return the bytes that it stands for
   * @throws IllegalArgumentException if it is none; the message says why
   */
  BitSet parse(boolean ignoresCase) {
    boolean isNegated = peek() == '^';
    at += isNegated ? 1 : 0;
    for (boolean isFirst = true; isFirst || peek() != ']'; isFirst = false) {
      if (!isFirst && peek() == '-' && peek(1) != ']') {
        throw refused("a '-' that is no range must be the first or the last in it");
      }
      addElement();
    }
    at++;
    if (ignoresCase) {
      addOtherCases(members);
    }
    if (isNegated) {
      members.flip(0, 256);
    }
    return members;
  }

  private void addElement() {
    int first = element();
    if (peek() != '-' || peek(1) == ']') {
      if (first >= 0) {
        members.set(first);
      }
      return;
    }
    at++;
    int last = element();
    if (first < 0 || last < first) {
      throw refused("a range must go from a character to a later one");
    }
    members.set(first, last + 1);
  }

  /** The character that is next; -1 for a class, whose members are added. */
  private int element() {
    char c = peek();
    at++;
    char kind = c == '[' ? peek() : 0;
    if (kind != ':' && kind != '.' && kind != '=') {
      return c;
    }
    int end = source.indexOf(kind + "]", at + 1);
    if (end < 0) {
      throw refused("'[" + kind + "' is not closed");
    }
    String name = source.substring(at + 1, end);
    at = end + 2;
    if (kind == ':') {
      addClass(name);
      return -1;
    }
    if (name.length() != 1) {
      throw refused("there is no character of the name '" + name + "'");
    }
    if (kind == '.') {
      return name.charAt(0);
    }
    members.set(name.charAt(0));
    return -1;
  }

  private void addClass(String name) {
    switch (name) {
      case "alpha" -> addLetters();
      case "digit" -> members.set('0', '9' + 1);
      case "alnum" -> {
        addClass("alpha");
        addClass("digit");
      }
      case "upper" -> members.set('A', 'Z' + 1);
      case "lower" -> members.set('a', 'z' + 1);
      case "xdigit" -> {
        members.set('0', '9' + 1);
        members.set('a', 'f' + 1);
        members.set('A', 'F' + 1);
      }
      case "blank", "space" -> {
        members.set(' ');
        members.set('\t', name.equals("blank") ? '\t' + 1 : '\r' + 1);
      }
      case "cntrl" -> {
        members.set(0, 0x20);
        members.set(0x7F);
      }
      case "print" -> members.set(0x20, 0x7F);
      case "graph" -> members.set(0x21, 0x7F);
      case "punct" -> addPunctuation();
      default -> throw refused("there is no class [:" + name + ":]");
    }
  }

  private void addLetters() {
    members.set('A', 'Z' + 1);
    members.set('a', 'z' + 1);
  }

  private void addPunctuation() {
    members.set('!', '/' + 1);
    members.set(':', '@' + 1);
    members.set('[', '`' + 1);
    members.set('{', '~' + 1);
  }

  /** Adds the capital of each small letter of ASCII, and the other way round. */
  static void addOtherCases(BitSet members) {
    for (int c = 'a'; c <= 'z'; c++) {
      int capital = c - 'a' + 'A';
      if (members.get(c) || members.get(capital)) {
        members.set(c);
        members.set(capital);
      }
    }
  }

  private char peek() {
    return peek(0);
  }

  private char peek(int further) {
    if (at + further >= source.length()) {
      throw refused("a bracket is not closed");
    }
    return source.charAt(at + further);
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException(
        "'" + source + "' is no extended regular expression: " + why);
  }
}
