package panelperf.headless;

import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import panelperf.time.Ticker;
import panelperf.visit.Milestone;
import panelperf.visit.Outcome;
import panelperf.visit.PageRequest;
import panelperf.visit.PageView;

/** Not a test: visits a page n times and prints what it saw and cost. Arguments: URL, visits, at once, pacing on or off. */
public final class Figures {
    private Figures() {}

    public static void main(String[] args) throws Exception {
        int visits = Integer.parseInt(args[1]);
        int atOnce = Integer.parseInt(args[2]);
        Pacing pacing = args[3].equals("on") ? Pacing.shipped() : Pacing.off();
        PageView[] views = new PageView[visits];
        try (PageBrowser browser = PageBrowser.light(LightSettings.standard().withPacing(pacing), Ticker.system())) {
            long cpu = cpuNanos();
            Semaphore free = new Semaphore(atOnce);
            AtomicInteger at = new AtomicInteger();
            for (int i = 0; i < visits; i++) {
                free.acquire();
                PageRequest request = new PageRequest(
                        URI.create(args[0]), "figures", Ticker.system().nanos(), Duration.ofSeconds(60));
                browser.open(request, view -> {
                    views[at.getAndIncrement()] = view;
                    free.release();
                });
            }
            free.acquire(atOnce);
            System.out.printf(Locale.ROOT, "CPU ms a visit %.1f%n", (cpuNanos() - cpu) / 1e6 / visits);
        }
        System.out.println("loaded "
                + Arrays.stream(views)
                        .filter(view -> view.outcome() instanceof Outcome.Loaded)
                        .count());
        Arrays.stream(views).map(PageView::outcome).distinct().limit(5).forEach(System.out::println);
        for (Milestone milestone : Milestone.values()) {
            double[] at = Arrays.stream(views)
                    .mapToDouble(view -> view.milestones().at(milestone).orElse(Double.NaN))
                    .sorted()
                    .toArray();
            System.out.printf(Locale.ROOT, "%-14s p50 %.0f%n", milestone.word(), at[at.length / 2]);
        }
        System.out.println(views[0]);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
