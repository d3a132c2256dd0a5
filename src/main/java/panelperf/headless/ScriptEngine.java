package panelperf.headless;

import org.htmlunit.Page;
import org.htmlunit.WebClient;
import org.htmlunit.WebWindow;
import org.htmlunit.corejs.javascript.Callable;
import org.htmlunit.corejs.javascript.Context;
import org.htmlunit.corejs.javascript.Function;
import org.htmlunit.corejs.javascript.Script;
import org.htmlunit.corejs.javascript.Scriptable;
import org.htmlunit.corejs.javascript.VarScope;
import org.htmlunit.html.HtmlPage;
import org.htmlunit.javascript.HtmlUnitContextFactory;
import org.htmlunit.javascript.JavaScriptEngine;
import org.jspecify.annotations.Nullable;
import panelperf.time.Ticker;

/**
 * HtmlUnit's script engine with four changes: compiled scripts are shared by all pages of the JVM, what is compiled is the engine's
 * to say, a page's scripts run one at a time with the reactions of their promises, and a script stops at the visit's deadline,
 * whatever it does short of one endless native call. Promises that are rejected unheard are not asked for: HtmlUnit's engine keeps
 * those of all pages in one map that no lock guards.
 */
final class ScriptEngine extends JavaScriptEngine {
    private static final long serialVersionUID = 1L;
    private final transient Ticker ticker;
    private final transient @Nullable HtmlUnitContextFactory factory;
    private final transient CompiledScripts compiled;
    private final transient Preparation preparation;

    private volatile long deadlineNanos;
    private volatile boolean stopped;
    private final transient WebClient client;
    private volatile boolean ending;

    /** What is compiled for a script of the page. */
    @FunctionalInterface
    interface Preparation {
        /** The source that HtmlUnit can run; null for a script that is left out. */
        @Nullable
        String of(String name, String source);
    }

    ScriptEngine(
            WebClient client, Ticker ticker, long deadlineNanos, CompiledScripts compiled, Preparation preparation) {
        super(client);
        this.client = client;
        this.compiled = compiled;
        this.preparation = preparation;
        this.ticker = ticker;
        this.deadlineNanos = deadlineNanos;
        this.factory = new DeadlineFactory(client);
    }

    /** As HtmlUnit does, but for classes that nobody asks for. */
    @Override
    public void initialize(WebWindow window, Page page) {
        if (ending) {
            return;
        }
        getContextFactory().call(context -> {
            try {
                HostClasses.initialize(context, getContextFactory(), client, window, page);
            } catch (Exception e) {
                throw new IllegalStateException("the page's global object cannot be made", e);
            }
            return null;
        });
    }

    @Override
    public void prepareShutdown() {
        ending = true;
        super.prepareShutdown();
    }

    /** An Error, because a page's own {@code catch} takes every exception of ours. */
    static final class DeadlinePassed extends Error {
        private static final long serialVersionUID = 1L;

        DeadlinePassed() {
            super("the visit is over", null, false, false);
        }
    }

    /** Stops what runs now, and whatever would run later. */
    void stop() {
        stopped = true;
    }

    /** Moves the deadline; what was stopped stays so. */
    void allowUntil(long nanos) {
        deadlineNanos = nanos;
    }

    private void check() {
        if (stopped || ticker.nanos() - deadlineNanos > 0) {
            throw new DeadlinePassed();
        }
    }

    @Override
    public HtmlUnitContextFactory getContextFactory() {
        // The super constructor asks before there is one.
        return factory == null ? super.getContextFactory() : factory;
    }

    @Override
    public @Nullable Script compile(HtmlPage page, VarScope scope, String source, String name, int line) {
        Script known = compiled.get(source);
        if (known != null) {
            return known;
        }
        String prepared = preparation.of(name, source);
        Script made = prepared == null ? null : super.compile(page, scope, prepared, name, line);
        if (made != null) {
            compiled.seen(source, made);
        }
        return made;
    }

    /**
     * HtmlUnit holds the page while a function runs, and lets go of it before the reactions of its promises run: meanwhile the
     * page's other thread, parser or jobs, could come between what no browser tears apart, such as making a websocket and
     * listening to it. After a script it does not let go.
     */
    @Override
    public Object callFunction(HtmlPage page, Function function, VarScope scope, Scriptable self, Object[] args) {
        synchronized (page) {
            return super.callFunction(page, function, scope, self, args);
        }
    }

    private final class DeadlineFactory extends HtmlUnitContextFactory {
        DeadlineFactory(WebClient client) {
            super(client);
        }

        /** Every 10,000 instructions. */
        @Override
        protected void observeInstructionCount(Context context, int count) {
            check();
            super.observeInstructionCount(context, count);
        }

        /** A reaction of a promise is a top call of its own: the only place where an endless chain can be cut. */
        @Override
        protected Object doTopCall(Callable callable, Context context, VarScope scope, Object self, Object[] args) {
            check();
            return super.doTopCall(callable, context, scope, self, args);
        }
    }
}
