package panelperf.rehearsal;

import java.util.function.UnaryOperator;
import panelperf.session.Knobs;
import panelperf.session.Spread;
import panelperf.session.Work;

/** A fault taken away by itself, all others left as they are: what goes with it was its doing. */
public enum Ablation {
    /** Nothing is taken away. */
    NOTHING("as it is", knobs -> knobs),
    /** Sessions begin beside each other. */
    INITIALISATION(
            "init=parallel",
            knobs -> knobs.with(new Knobs.Initialisation(
                    Knobs.Order.PARALLEL, knobs.initialisation().time()))),
    /** One deferred function runs at a time. */
    POOL(
            "render-threads=1",
            knobs -> knobs.with(new Knobs.Rendering(knobs.rendering().time(), 1))),
    /** The end of a session costs nothing. */
    DESTRUCTION(
            "destroy=free",
            knobs -> knobs.with(new Knobs.Destruction(
                    Knobs.Mode.FREE,
                    Spread.zero(),
                    knobs.destruction().growth(),
                    knobs.destruction().crowding(),
                    knobs.destruction().debounce()))),
    /** The end of several sessions costs what that of one does. */
    EACH(
            "destroy=debounced",
            knobs -> knobs.with(new Knobs.Destruction(
                    Knobs.Mode.DEBOUNCED,
                    knobs.destruction().time(),
                    knobs.destruction().growth(),
                    knobs.destruction().crowding(),
                    knobs.destruction().debounce()))),
    /** Other work gets its turn between the ends of sessions. */
    CLEAN_UP(
            "clean-up=yields",
            knobs -> knobs.with(new Knobs.Expiry(
                    knobs.expiry().unusedLifetime(), knobs.expiry().checkPeriod(), Knobs.CleanUp.YIELDS))),
    /** Nobody is told that the server is busy. */
    BUSY("busy-time=0", knobs -> knobs.with(knobs.costs().with(Work.BUSY, Spread.zero()))),
    /** Messages leave at once. */
    WIRE(
            "wire=quick",
            knobs -> knobs.with(
                    new Knobs.Delivery(Knobs.Wire.QUICK, knobs.delivery().files())));

    private final String text;

    @SuppressWarnings("ImmutableEnumChecker") // A function of its argument alone.
    private final UnaryOperator<Knobs> change;

    Ablation(String text, UnaryOperator<Knobs> change) {
        this.text = text;
        this.change = change;
    }

    /** The option that takes the fault away. */
    public String text() {
        return text;
    }

    /** The knobs without the fault. */
    public Knobs of(Knobs knobs) {
        return change.apply(knobs);
    }
}
