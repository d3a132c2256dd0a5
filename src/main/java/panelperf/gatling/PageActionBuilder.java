package panelperf.gatling;

import io.gatling.core.action.Action;
import io.gatling.core.structure.ScenarioContext;
import io.gatling.javaapi.core.ActionBuilder;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Opens a page; usable wherever Gatling's Java DSL takes an action: {@code exec(…)}, {@code during(…).on(…)}. */
public final class PageActionBuilder implements ActionBuilder {
    private final String page;
    private final String path;
    private final @Nullable Duration timeout;

    PageActionBuilder(String page, String path, @Nullable Duration timeout) {
        this.page = page;
        this.path = path;
        this.timeout = timeout;
    }

    /** How long this page's visits may take, from their intended start; the protocol's timeout by default. */
    public PageActionBuilder timeout(Duration timeout) {
        return new PageActionBuilder(page, path, timeout);
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
        return new PageAction(page, path, deadline, protocol, context.coreComponents(), next);
    }
}
