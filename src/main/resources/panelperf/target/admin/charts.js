// Line charts over time, by ECharts, in the page's own colours.

const styles = () => getComputedStyle(document.documentElement);
export const colour = name => styles().getPropertyValue(`--${name}`).trim();

const still = matchMedia("(prefers-reduced-motion: reduce)");

/** A chart whose lines share one axis of time. */
export class TimeChart {
  /**
   * @param id the element's
   * @param series each { name, colour, stack?, area?, points?, axis?: 0 or 1 }
   * @param axes how to print the values of each axis; its properties most and step are its axis's, where they are known
   */
  constructor(id, series, axes) {
    this.place = document.getElementById(id);
    this.series = series;
    this.axes = axes;
  }

  /** @param points for each series a list of [ms, value] */
  draw(points, reason) {
    if (!this.chart || reason === "colours") {
      this.chart?.dispose();
      this.chart = echarts.init(this.place, null, { renderer: "canvas" });
      this.chart.setOption(this.#frame());
    }
    if (reason === "resize" || reason === "snapshot") {
      this.chart.resize();
    }
    this.chart.setOption({ series: points.map(data => ({ data })) });
  }

  #frame() {
    const text = { color: colour("quiet"), fontFamily: styles().fontFamily, fontSize: 12 };
    const line = { lineStyle: { color: colour("line") } };
    return {
      animation: false,
      aria: { enabled: false },
      textStyle: text,
      grid: { left: 8, right: 8, top: 34, bottom: 4, containLabel: true },
      legend: { top: 0, left: 0, itemWidth: 12, itemHeight: 8, icon: "roundRect", textStyle: text, inactiveColor: colour("line") },
      tooltip: {
        trigger: "axis",
        // Drawn into the canvas: a tooltip made of HTML would need inline styles, which the policy forbids.
        renderMode: "richText",
        backgroundColor: colour("panel"),
        borderColor: colour("line"),
        textStyle: { ...text, color: colour("text") },
        transitionDuration: still.matches ? 0 : 0.1,
      },
      xAxis: {
        type: "time",
        axisLabel: { ...text, hideOverlap: true, formatter: { none: "{HH}:{mm}:{ss}", second: "{HH}:{mm}:{ss}", minute: "{HH}:{mm}", hour: "{HH}:{mm}" } },
        axisLine: line,
        splitLine: { show: false },
      },
      yAxis: this.axes.map((print, i) => ({
        type: "value",
        min: 0,
        max: print.most,
        interval: print.step,
        splitNumber: 3,
        position: i === 0 ? "left" : "right",
        axisLabel: { ...text, formatter: print },
        splitLine: { show: i === 0, lineStyle: { color: colour("line") } },
      })),
      series: this.series.map(one => this.#line(one)),
    };
  }

  #line(one) {
    const axis = one.axis ?? 0;
    const print = this.axes[axis];
    return {
      name: one.name,
      type: "line",
      yAxisIndex: axis,
      stack: one.stack,
      step: one.step ? "end" : false,
      showSymbol: one.points === true,
      symbol: "circle",
      symbolSize: 5,
      color: colour(one.colour),
      lineStyle: { width: one.area || one.points ? 0 : 1.75, type: one.dashed ? "dashed" : "solid" },
      areaStyle: one.area ? { opacity: 0.75 } : undefined,
      tooltip: { valueFormatter: print },
      data: [],
    };
  }
}
