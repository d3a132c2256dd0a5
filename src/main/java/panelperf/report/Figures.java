package panelperf.report;

import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as they are printed, in the root locale. */
final class Figures {
    private static final String NONE = "none";

    private Figures() {}

    static String ms(OptionalDouble ms) {
        return ms.isEmpty() ? NONE : format("%.0f ms", ms.getAsDouble());
    }

    /** Without its unit, for a table that names it in its head. */
    static String bareMs(OptionalDouble ms) {
        return ms.isEmpty() ? NONE : format("%.0f", ms.getAsDouble());
    }

    static String percent(int part, int whole) {
        return whole == 0 ? NONE : format("%.1f %%", 100.0 * part / whole);
    }

    /** How many times the base a value is; none where either does not exist. */
    static String times(OptionalDouble value, OptionalDouble base) {
        return value.isEmpty() || base.isEmpty() || base.getAsDouble() <= 0
                ? NONE
                : format("×%.2f", value.getAsDouble() / base.getAsDouble());
    }

    static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
