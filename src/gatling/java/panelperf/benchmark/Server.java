package panelperf.benchmark;

/** What is measured. */
enum Server {
    TARGET("our target"),
    BARE_NETTY("bare Netty"),
    PANEL("Panel 1.3.8");

    private final String title;

    Server(String title) {
        this.title = title;
    }

    @Override
    public String toString() {
        return title;
    }
}
