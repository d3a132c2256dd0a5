package panelperf.visit;

/** Hears of every visit. Called from many threads; must neither block for long nor throw. */
public interface VisitListener {
    void started(VisitStart start);

    void ended(Visit visit);

    /** Hears and forgets. */
    static VisitListener none() {
        return new VisitListener() {
            @Override
            public void started(VisitStart start) {}

            @Override
            public void ended(Visit visit) {}
        };
    }
}
