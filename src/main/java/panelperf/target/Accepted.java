package panelperf.target;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/**
 * Which values of a property are taken from a client.
 *
 * @param expected in words, for the answer to a client that sent another, for example {@code a number from 0 to 10}
 */
public record Accepted(String expected, Predicate<JsonNode> test) {
    /** A number in this range. */
    public static Accepted number(double least, double most) {
        return new Accepted(
                "a number from " + least + " to " + most,
                value -> value.isNumber() && value.doubleValue() >= least && value.doubleValue() <= most);
    }

    /** A text of so many characters at most. */
    public static Accepted text(int longest) {
        return new Accepted(
                "a text of at most " + longest + " characters",
                value -> value.isTextual() && value.textValue().length() <= longest);
    }

    /** True or false. */
    public static Accepted flag() {
        return new Accepted("true or false", JsonNode::isBoolean);
    }
}
