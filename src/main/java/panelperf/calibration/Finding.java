package panelperf.calibration;

/**
 * One line of a preset.
 *
 * @param option the option of {@code serve}, without its dashes
 * @param value what it is to be
 * @param how how it was taken
 */
public record Finding(String option, String value, String how) {}
