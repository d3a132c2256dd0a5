package panelperf.visit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a user does on a page that has loaded: the page, and its websocket, stay open until the last of them is done. */
public sealed interface Step {
    /** What the reports call it, for example {@code set Guests}. */
    String name();

    /**
     * Does nothing.
     *
     * @param time counted from when the step before it was done: the quiet time by which that was noticed is a part of it
     */
    record Think(Duration time) implements Step {
        public Think {
            if (time.isNegative()) {
                throw new IllegalArgumentException("think time: expected 0 or more, found " + time);
            }
        }

        @Override
        public String name() {
            return "think";
        }
    }

    /**
     * Gives a widget another value.
     *
     * @param model the {@code name}, title or label of the one model that is meant
     * @param property which of its properties; empty: the one that its widget sets
     * @param value a text, a number, a boolean, or a list of them; a text is made into what the property holds
     * @param quiet see {@link #quiet()}
     */
    record Change(
            String model,
            String property,
            Object value,
            @Nullable Duration quiet) implements Step {
        public Change {
            value = checked(value);
            checkModel(model);
            checkQuiet(quiet);
        }

        @Override
        public String name() {
            return "set " + model + (property.isEmpty() ? "" : " " + property);
        }

        private static Object checked(Object value) {
            if (value instanceof List<?> list) {
                List<Object> copy = new ArrayList<>();
                list.forEach(element -> copy.add(checked(element)));
                return List.copyOf(copy);
            }
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                return value;
            }
            throw new IllegalArgumentException(
                    "value to set: expected a text, a number, a boolean or a list of them, found a "
                            + value.getClass().getName());
        }
    }

    /**
     * Presses a button, or flips a toggle, a checkbox or a switch.
     *
     * @param model the {@code name}, title or label of the one model that is meant
     * @param quiet see {@link #quiet()}
     */
    record Click(String model, @Nullable Duration quiet) implements Step {
        public Click {
            checkModel(model);
            checkQuiet(quiet);
        }

        @Override
        public String name() {
            return "click " + model;
        }
    }

    /**
     * When the step is done. Null: once the server has answered. Else: once the page is idle, which is when the server has
     * answered, something has changed, no loader is left, and nothing has changed for so long. The step's time ends with the
     * last change or the answer, whichever came later; the quiet time is no part of it.
     */
    default @Nullable Duration quiet() {
        return null;
    }

    private static void checkModel(String model) {
        if (model.isBlank()) {
            throw new IllegalArgumentException("step: expected the name, title or label of a model, found a blank");
        }
    }

    private static void checkQuiet(@Nullable Duration quiet) {
        if (quiet != null && (quiet.isNegative() || quiet.isZero())) {
            throw new IllegalArgumentException("quiet time of a step: expected more than 0, found " + quiet);
        }
    }
}
