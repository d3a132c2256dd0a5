package panelperf.headless;

/** The page of {@link FaultyServer}: what Panel sends, cut down to what a client needs. */
final class FaultyPage {
    private FaultyPage() {}

    static String html(Fault fault) {
        if (fault == Fault.LOGIN_FORM) {
            return "<html><body><form method='post'><input name='user'><input type='password' name='pw'></form></body></html>";
        }
        if (fault == Fault.FRAME) {
            return "<html><body><h1>Site</h1><iframe src='http://apps.invalid/app'></iframe></body></html>";
        }
        String refresh = fault == Fault.REFRESH ? "<meta http-equiv='refresh' content='0;url=/again'>" : "";
        return """
               <!DOCTYPE html>
               <html><head><title>Faulty</title>%s
               <link rel="stylesheet" href="static/page.css">
               <script src="static/js/bokeh.min.js?v=1"></script>
               <script src="static/extensions/panel/panel.min.js?v=1"></script>
               <script>Bokeh.set_log_level("info");</script>
               </head>
               <body class="%s">
               <a class="title" href="">Faulty</a>
               <div id="place" data-root-id="p1"></div>
               <script>%s</script>
               <script type="application/json" id="docs">{}</script>
               <script>
               (function () {
                 const fn = function () {
                   Bokeh.safely(function () {
                     const docs_json = document.getElementById('docs').textContent;
                     const render_items = [{"token":"eyJzZXNzaW9uX2lkIjoiczEifQ","roots":{"p1":"place"},"root_ids":["p1"]}];
                     window.Bokeh.embed.embed_items(docs_json, render_items);
                     %s
                   });
                 };
                 if (document.readyState != "loading") fn();
                 else document.addEventListener("DOMContentLoaded", %s);
               })();
               </script>
               </body></html>
               """.formatted(
                        refresh,
                        hasNoLoader(fault) ? "" : "pn-loading pn-arc",
                        script(fault),
                        fault == Fault.TWO_DOCUMENTS ? "window.Bokeh.embed.embed_items(docs_json, render_items);" : "",
                        fault == Fault.LONG_JOB
                                ? "function () { setTimeout(function () { const end = Date.now() + 1600; "
                                        + "while (Date.now() < end) { } fn(); }, 0); }"
                                : "fn");
    }

    private static boolean hasNoLoader(Fault fault) {
        return fault == Fault.NO_LOADER || fault == Fault.LOADER_COMES;
    }

    private static String script(Fault fault) {
        return switch (fault) {
            case SCRIPT_LOOP -> "while (true) { try { while (true) { } } catch (e) { } finally { continue; } }";
            case MICROTASK_LOOP -> "function again() { return Promise.resolve().then(again); } again();";
            case SLOW_REGEX -> "/^(a+)+$/.test('aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab');";
            default -> "";
        };
    }
}
