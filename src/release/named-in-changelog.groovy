// Drops the types whose changes break programs and are told: those that CHANGELOG.md names in a section that is not
// released yet, which is Unreleased and the one of this version. Any other breaking change then fails the build.
def directory = new File(System.getProperty('maven.multiModuleProjectDirectory'))
def changelog = new File(System.getProperty('api.changelog') ?: new File(directory, 'CHANGELOG.md').path).text
def version = (new File(directory, 'pom.xml').text =~ /<artifactId>inotify4j<\/artifactId>\s*<version>(.*?)<\/version>/)[0][1]

def told = changelog.split(/(?m)^## /).findAll { it.startsWith('[Unreleased]') || it.startsWith("[${version}]") }.join('\n')

// In place: what is returned is not looked at.
jApiClasses.removeIf { type ->
  if (type.binaryCompatible && type.sourceCompatible) {
    return false
  }
  // The name as one writes it: without the package, a nested one behind that which it is in.
  def name = type.fullyQualifiedName.replaceFirst(/^.*\./, '').replace('$', '.')
  def isTold = (told =~ "(?<![\\w.])" + java.util.regex.Pattern.quote(name) + "(?!\\w)").find()
  println((isTold ? 'breaking, and told: ' : 'breaking, and CHANGELOG.md does not name it: ') + name)
  return isTold
}
return jApiClasses
