package panelperf.gatling;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.util.List;
import java.util.function.Supplier;

/** Logs checks as requests of a group. */
public final class ChecksActionBuilder implements ActionBuilder {
    private final String group;
    private final Supplier<List<Check>> checks;

    ChecksActionBuilder(String group, Supplier<List<Check>> checks) {
        this.group = group;
        this.checks = checks;
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        return new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return new ChecksAction(group, checks, context.coreComponents(), next);
            }
        };
    }
}
