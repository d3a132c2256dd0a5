package panelperf.target.admin;

/**
 * Whose admin page it is.
 *
 * @param name the product's name
 * @param version the product's version
 * @param startedEpochMs when the server started, milliseconds since the Unix epoch
 */
public record ServerFacts(String name, String version, double startedEpochMs) {}
