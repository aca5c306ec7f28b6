import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Has the links of the site lead where they lead in the repository, and fails where one leads
 * nowhere: headings get the anchors that those who show Markdown give them, and the sources that
 * are linked are put into the site.
 *
 * <p>Run by the build, when the pages are written; its arguments are the site and what has the
 * pages' sources.
 */
final class SiteLinks {

  private static final Pattern HEADING = Pattern.compile("<h([1-6])>(.*?)</h\\1>", Pattern.DOTALL);
  private static final Pattern SOURCE = Pattern.compile("href=\"([./]+/(\\w[^\"]*\\.java))\"");
  private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]*)(?:#([^\"]*))?\"");
  private static final String SOURCES = "source/";

  /** Which is written later. */
  private static final String JAVADOC = "apidocs/";

  private final Path site;
  private final Path pages;

  private SiteLinks(Path site, Path pages) {
    this.site = site;
    this.pages = pages;
  }

  public static void main(String[] arguments) throws IOException {
    SiteLinks links = new SiteLinks(Path.of(arguments[0]), Path.of(arguments[1]));
    List<Path> written = links.written();
    for (Path page : written) {
      links.mend(page);
    }
    List<String> broken = new ArrayList<>();
    for (Path page : written) {
      links.check(page, broken);
    }
    if (!broken.isEmpty()) {
      System.err.println("Links of the site lead nowhere:\n" + String.join("\n", broken));
      System.exit(1);
    }
  }

  private List<Path> written() throws IOException {
    try (Stream<Path> files = Files.list(site)) {
      return files.filter(file -> file.toString().endsWith(".html")).sorted().toList();
    }
  }

  private void mend(Path page) throws IOException {
    String text = Files.readString(page);
    text =
        HEADING
            .matcher(text)
            .replaceAll(
                heading ->
                    Matcher.quoteReplacement(
                        "<h%1$s id=\"%2$s\">%3$s</h%1$s>"
                            .formatted(
                                heading.group(1), anchor(heading.group(2)), heading.group(2))));
    for (MatchResult link : SOURCE.matcher(text).results().toList()) {
      Path copy = site.resolve(SOURCES + link.group(2));
      Files.createDirectories(copy.getParent());
      Files.copy(pages.resolve(link.group(1)), copy, StandardCopyOption.REPLACE_EXISTING);
      text = text.replace(link.group(), "href=\"" + SOURCES + link.group(2) + "\"");
    }
    Files.writeString(page, text);
  }

  /** As GitHub makes them. */
  private static String anchor(String heading) {
    String text = heading.replaceAll("<[^>]*>", "").replaceAll("&#?\\w+;", "");
    return text.toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .strip()
        .replace(' ', '-');
  }

  private void check(Path page, List<String> broken) throws IOException {
    for (MatchResult link : LINK.matcher(Files.readString(page)).results().toList()) {
      String name = link.group(1);
      if (!name.matches("\\w+:.*") && !name.startsWith(JAVADOC)) {
        Path target = name.isEmpty() ? page : site.resolve(name);
        if (!Files.exists(target) || !has(target, link.group(2))) {
          broken.add(page.getFileName() + ": " + link.group());
        }
      }
    }
  }

  private static boolean has(Path target, String anchor) throws IOException {
    return anchor == null
        || anchor.isEmpty()
        || Files.readString(target).contains(" id=\"" + anchor + "\"");
  }
}
