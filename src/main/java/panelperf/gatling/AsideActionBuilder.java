package panelperf.gatling;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;

/** Does something beside the load. */
public final class AsideActionBuilder implements ActionBuilder {
    private final String name;
    private final Runnable work;

    AsideActionBuilder(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    @Override
    public io.gatling.core.action.builder.ActionBuilder asScala() {
        return new io.gatling.core.action.builder.ActionBuilder() {
            @Override
            public Action build(ScenarioContext context, Action next) {
                return new AsideAction(name, work, context.coreComponents(), next);
            }
        };
    }
}
