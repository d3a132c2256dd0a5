package panelperf.transpile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A script whose strings with digits in them are set aside, so that it is the same text on each visit: an inline script has new
 * identities each time, and a new token. A map of its source, which a transpiler in the page puts behind it, holds them too, and is
 * left out.
 *
 * @param script the script with names in the place of those strings
 * @param strings what was there, quotes included, in the order of the names
 */
record Literals(String script, List<String> strings) {
    /** Strings and template strings are passed over as a whole, so that a quote within one begins none. */
    private static final Pattern STRING = Pattern.compile(
            "\"(?:[^\"\\\\\\n]|\\\\.)*+\"|'(?:[^'\\\\\\n]|\\\\.)*+'|`(?:[^`\\\\]|\\\\[\\s\\S])*+`|//[^\\n]*+|/\\*[\\s\\S]*?\\*/");

    private static final String MAP = "//# sourceMappingURL=";

    private static final Pattern NAME = Pattern.compile("([\"'])panelperf(\\d+)\\1");
    private static final Pattern DIGIT = Pattern.compile("[0-9]");

    Literals {
        strings = List.copyOf(strings);
    }

    static Literals setAside(String source) {
        List<String> strings = new ArrayList<>();
        Matcher string = STRING.matcher(source);
        StringBuilder script = new StringBuilder();
        while (string.find()) {
            String found = string.group();
            if (found.startsWith(MAP)) {
                string.appendReplacement(script, "");
                continue;
            }
            boolean aside = (found.startsWith("\"") || found.startsWith("'"))
                    && DIGIT.matcher(found).find();
            String kept = aside ? found.charAt(0) + "panelperf" + strings.size() + found.charAt(0) : found;
            if (aside) {
                strings.add(found);
            }
            string.appendReplacement(script, Matcher.quoteReplacement(kept));
        }
        return new Literals(string.appendTail(script).toString(), strings);
    }

    /** What was made of the script, with the strings put back; empty when one of them is not there exactly once. */
    Optional<String> putBack(String made) {
        boolean[] seen = new boolean[strings.size()];
        Matcher name = NAME.matcher(made);
        StringBuilder whole = new StringBuilder();
        int count = 0;
        while (name.find()) {
            int number = name.group(2).length() > 9 ? strings.size() : Integer.parseInt(name.group(2));
            if (number >= strings.size() || seen[number]) {
                return Optional.empty();
            }
            seen[number] = true;
            count++;
            name.appendReplacement(whole, Matcher.quoteReplacement(strings.get(number)));
        }
        return count == strings.size() ? Optional.of(name.appendTail(whole).toString()) : Optional.empty();
    }
}
