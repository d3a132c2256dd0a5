package panelperf.target.admin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import panelperf.session.Work;

/** Where time went, as JSON: the tables of the page's Profiling tab. Figures are taken under the lock, and written later. */
final class ProfileJson implements JsonText.Value {
    private record Line(String name, Distribution.Figures spent, Distribution.Figures waited) {}

    private final long ageNanos;
    private final List<Line> loop = new ArrayList<>();
    private final List<Line> phases = new ArrayList<>();
    private final Line pool;
    private final Distribution.Figures timeToRender;
    private final Distribution.Figures spinner;
    private final Distribution.Figures duration;
    private final long stallCount;
    private final List<Stall> stalls;

    private ProfileJson(History.Known known, long ageNanos) {
        Profile profile = known.profile();
        this.ageNanos = ageNanos;
        for (Work work : Work.values()) {
            if (profile.held(work).n() > 0) {
                loop.add(new Line(
                        Words.of(work),
                        profile.held(work).figures(),
                        profile.waited(work).figures()));
            }
        }
        Distribution.Figures none = new Distribution().figures();
        for (Phase phase : Phase.values()) {
            phases.add(new Line(Words.of(phase), profile.phase(phase).figures(), none));
        }
        pool = new Line("render", profile.used().figures(), profile.queued().figures());
        timeToRender = profile.timeToRender().figures();
        spinner = profile.spinner().figures();
        duration = profile.duration().figures();
        stallCount = known.stalls().count();
        stalls = known.stalls().longest();
    }

    static JsonText.Value of(History.Known known, long ageNanos) {
        return new ProfileJson(known, ageNanos);
    }

    @Override
    public void write(JsonText json) throws IOException {
        json.object("profile", profile -> {
            profile.milliseconds("ageMs", ageNanos);
            profile.object("timeToRender", object -> figures(object, timeToRender));
            profile.object("spinner", object -> figures(object, spinner));
            profile.object("duration", object -> figures(object, duration));
            profile.objects("loop", loop, ProfileJson::line);
            profile.objects("pool", List.of(pool), ProfileJson::line);
            profile.objects("phases", phases, ProfileJson::line);
            profile.number("stallCount", stallCount);
            profile.objects("stalls", stalls, ProfileJson::stall);
        });
    }

    private static void line(JsonText json, Line line) throws IOException {
        json.text("name", line.name());
        json.object("spent", object -> figures(object, line.spent()));
        json.object("waited", object -> figures(object, line.waited()));
    }

    private static void figures(JsonText json, Distribution.Figures figures) throws IOException {
        json.number("n", figures.n());
        json.milliseconds("sumMs", figures.sumNanos());
        json.milliseconds("meanMs", figures.meanNanos());
        json.milliseconds("p50Ms", figures.p50Nanos());
        json.milliseconds("p90Ms", figures.p90Nanos());
        json.milliseconds("longestMs", figures.longestNanos());
    }

    private static void stall(JsonText json, Stall stall) throws IOException {
        json.number("n", stall.number());
        json.text("work", Words.of(stall.work()));
        json.number("session", stall.session().map(key -> key.number()).orElse(0L));
        json.number("holds", stall.holds());
        json.instant("startMs", stall.startNanos());
        json.instant("endMs", stall.endNanos());
        json.milliseconds("heldMs", stall.heldNanos());
        json.number("waiters", stall.waiters());
        json.objects("longest", stall.longest(), (object, waiter) -> {
            object.text("work", Words.of(waiter.work()));
            object.number("session", waiter.session().map(key -> key.number()).orElse(0L));
            object.milliseconds("waitedMs", waiter.waitedNanos());
        });
    }
}
