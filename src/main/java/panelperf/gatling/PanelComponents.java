package panelperf.gatling;

import io.gatling.core.CoreComponents;
import io.gatling.core.config.GatlingConfiguration;
import io.gatling.core.protocol.Protocol;
import io.gatling.core.protocol.ProtocolComponents;
import io.gatling.core.protocol.ProtocolKey;
import io.gatling.core.session.Session;
import scala.Function1;
import scala.runtime.BoxedUnit;

/** What the pages of one scenario share while a simulation runs. */
record PanelComponents(PanelProtocol protocol) implements ProtocolComponents {
    static final ProtocolKey<PanelProtocol, PanelComponents> KEY = new Key();

    @Override
    public Function1<Session, Session> onStart() {
        return session -> session;
    }

    @Override
    public Function1<Session, BoxedUnit> onExit() {
        return ProtocolComponents.NoopOnExit();
    }

    private static final class Key implements ProtocolKey<PanelProtocol, PanelComponents> {
        @Override
        @SuppressWarnings(
                "unchecked") // Scala's Class[Protocol] is invariant, and this is the idiom of Gatling's own protocols.
        public Class<Protocol> protocolClass() {
            return (Class<Protocol>) (Class<?>) PanelProtocol.class;
        }

        @Override
        public PanelProtocol defaultProtocolValue(GatlingConfiguration configuration) {
            return (PanelProtocol) PanelDsl.panel.protocol();
        }

        /** Called once a simulation; the function that it answers, once a scenario. */
        @Override
        public Function1<PanelProtocol, PanelComponents> newComponents(CoreComponents core) {
            return protocol -> {
                core.actorSystem().registerOnTermination(() -> {
                    protocol.browser().close();
                    return BoxedUnit.UNIT;
                });
                return new PanelComponents(protocol);
            };
        }
    }
}
