package panelperf.gatling;

/**
 * Something that holds or does not.
 *
 * @param name a sentence that says what should hold; short, it is a request's name in Gatling's report
 * @param holds whether it does
 * @param found what was found; shown as the error's message where it does not hold
 */
public record Check(String name, boolean holds, String found) {}
