package panelperf.session;

/**
 * Is told what happens to a server's sessions, as it happens, on the document loop: it must be quick, and must not throw.
 */
public interface SessionObserver {
    /** A session was created, changed, or destroyed; this is how it is now. */
    void changed(ServerSession session);

    /** The loop has done a piece of work. */
    void held(Hold hold);

    /** A place of the render pool is free again. */
    void rendered(PoolUse use);

    /** Nobody looks. */
    static SessionObserver none() {
        return new SessionObserver() {
            @Override
            public void changed(ServerSession session) {}

            @Override
            public void held(Hold hold) {}

            @Override
            public void rendered(PoolUse use) {}
        };
    }
}
