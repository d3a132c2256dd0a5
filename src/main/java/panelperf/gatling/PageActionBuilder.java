package panelperf.gatling;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import io.gatling.javaapi.core.Session;
import io.gatling.javaapi.core.internal.Expressions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import panelperf.visit.Step;

/**
 * Opens a page, and does there what a user does; usable wherever Gatling's Java DSL takes an action: {@code exec(…)}, {@code
 * during(…).on(…)}. Immutable; every method answers a changed copy.
 *
 * <p>All of it is one visit: the page and its websocket stay open until the last step is done, think time included, and are
 * closed then, or when a step fails. So no user can leave a page open behind.
 */
public final class PageActionBuilder implements ActionBuilder {
    /** Long enough for what a server sends in several patches, short enough for a person not to notice. */
    private static final Duration QUIET = Duration.ofMillis(500);

    private final String page;
    private final String path;
    private final @Nullable Duration timeout;
    private final List<UserStep> steps;
    private final @Nullable String milestones;

    PageActionBuilder(String page, String path) {
        this(page, path, null, List.of(), null);
    }

    private PageActionBuilder(
            String page, String path, @Nullable Duration timeout, List<UserStep> steps, @Nullable String milestones) {
        this.page = page;
        this.path = path;
        this.timeout = timeout;
        this.steps = List.copyOf(steps);
        this.milestones = milestones;
    }

    /**
     * How long the page's load may take, from its intended start, and each step, from when it is due; the protocol's timeout
     * by default. Think time comes on top.
     */
    public PageActionBuilder timeout(Duration timeout) {
        return new PageActionBuilder(page, path, timeout, steps, milestones);
    }

    /** Does nothing for so long, counted from when the page was loaded, or from when the step before was done. */
    public PageActionBuilder think(Duration time) {
        return with(new UserStep((session, quiet) -> new Step.Think(time), false, null));
    }

    /**
     * Does nothing for a time drawn evenly, anew for each visit, so that users who came together do not stay in step.
     *
     * @throws IllegalArgumentException when the least is more than the most, or negative
     */
    public PageActionBuilder think(Duration least, Duration most) {
        if (least.isNegative() || least.compareTo(most) > 0) {
            throw new IllegalArgumentException("think time of the page " + page
                    + ": expected 0 <= least <= most, found " + least + " and " + most);
        }
        return with(new UserStep(
                (session, quiet) -> new Step.Think(
                        Duration.ofMillis(ThreadLocalRandom.current().nextLong(least.toMillis(), most.toMillis() + 1))),
                false,
                null));
    }

    /**
     * Sets what the user of a widget sets: a slider's, select's or input's value, a checkbox's state, an option's label.
     *
     * @param model the {@code name}, title or label of the one model that is meant
     * @param value in Gatling's expression language; the text is made into what the widget holds: a number, {@code true} or
     *     {@code false}, a list in JSON
     */
    public PageActionBuilder set(String model, String value) {
        return set(model, "", value);
    }

    /** The same with a value that is known: a number, a boolean, or a list of numbers or texts. */
    public PageActionBuilder set(String model, Object value) {
        return change(model, "", session -> value);
    }

    /** The same with a value that is made of the user's session. */
    public PageActionBuilder set(String model, Function<Session, Object> value) {
        return change(model, "", value);
    }

    /** The same for any property of any model, for example the tab that is {@code active}; in the expression language. */
    public PageActionBuilder set(String model, String property, String value) {
        return change(model, property, Expressions.expressionToJavaFunction(Expressions.toAnyExpression(value)));
    }

    /** The same with a value that is known. */
    public PageActionBuilder set(String model, String property, Object value) {
        return change(model, property, session -> value);
    }

    private PageActionBuilder change(String model, String property, Function<Session, Object> value) {
        return with(new UserStep(
                (session, quiet) -> new Step.Change(model, property, value.apply(session), quiet), true, null));
    }

    /** Presses a button, or flips a toggle, a checkbox or a switch, by its {@code name}, title or label. */
    public PageActionBuilder click(String model) {
        return with(new UserStep((session, quiet) -> new Step.Click(model, quiet), true, null));
    }

    /**
     * Makes the step before wait until its effect is complete: the server has answered, something has changed, no loader is
     * left in the page, and nothing has changed for 500 ms. The step's time ends with the last change or the answer, whichever
     * came later. Without this a step is done when the server has answered.
     *
     * <p>So a step that may change nothing is written without it: it would wait for a change until its timeout. What changes
     * by itself while the user thinks before, such as a clock, is not waited for.
     */
    public PageActionBuilder waitUntilIdle() {
        return waitUntilIdle(QUIET);
    }

    /**
     * The same with another quiet time: longer than the longest pause in the app's answer in which no loader is shown.
     *
     * @throws IllegalStateException when there is no {@code set} or {@code click} just before
     */
    public PageActionBuilder waitUntilIdle(Duration quiet) {
        int last = steps.size() - 1;
        if (last < 0 || !steps.get(last).waits()) {
            throw new IllegalStateException("waitUntilIdle of the page " + page
                    + ": expected a set or click just before it, found " + (last < 0 ? "no step" : "a think")
                    + "; a page is loaded, and idle, before its first step");
        }
        List<UserStep> changed = new ArrayList<>(steps);
        changed.set(last, new UserStep(steps.get(last).maker(), true, quiet));
        return new PageActionBuilder(page, path, timeout, changed, milestones);
    }

    /**
     * Saves when the page reached its milestones, ms since its intended start, as a map in the user's session: {@code
     * #{name.spinner_gone}}. The keys are those of the journal; {@code load} is when the load was over. What did not happen is
     * absent.
     */
    public PageActionBuilder saveMilestones(String name) {
        return new PageActionBuilder(page, path, timeout, steps, name);
    }

    private PageActionBuilder with(UserStep step) {
        List<UserStep> more = new ArrayList<>(steps);
        more.add(step);
        return new PageActionBuilder(page, path, timeout, more, milestones);
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        return new UserActionBuilder(this::build).asScala();
    }

    private PageAction build(ScenarioContext context, Action next) {
        PanelProtocol protocol = context.protocolComponentsRegistry()
                .components(PanelComponents.KEY)
                .protocol();
        Duration deadline = timeout == null ? protocol.timeout() : timeout;
        return new PageAction(page, path, deadline, steps, milestones, protocol, context.coreComponents(), next);
    }
}
