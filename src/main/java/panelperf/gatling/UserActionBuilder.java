package panelperf.gatling;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.function.BiFunction;

/** An action of ours as Gatling's Java DSL takes it: in {@code exec(…)}, {@code during(…).on(…)}. */
final class UserActionBuilder implements ActionBuilder {
    private final BiFunction<ScenarioContext, Action, UserAction> build;

    /**
     * A builder.
     *
     * @param build makes the action for a scenario, given what comes next
     */
    UserActionBuilder(BiFunction<ScenarioContext, Action, UserAction> build) {
        this.build = build;
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        return new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return build.apply(context, next);
            }
        };
    }
}
