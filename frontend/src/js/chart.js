// Draws the figures of a page from the numbers of their tables. Loaded only where a figure stands.
import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { LabelLayout } from "echarts/features";
import { SVGRenderer } from "echarts/renderers";

use([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, LabelLayout, SVGRenderer]);

const HEIGHT = 320;
const role = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const ink = role("--ink");
const soft = role("--rule-soft");
const words = { color: role("--ink-2"), fontFamily: role("--figures"), fontSize: 12 };
const bold = { ...words, color: ink, fontWeight: 700 };

// Each place of the order has its color, its pattern, its line and its point: any one is enough.
const line = (color, dash, symbol) => ({ color, dash, symbol });
const STYLES = [
  line(role("--absent"), "solid", "circle"),
  line(role("--edge"), [7, 4], "rect"),
  line(role("--excused"), [2, 3], "triangle"),
  line(role("--part"), [10, 3, 2, 3], "diamond"),
  line(role("--elsewhere"), [4, 4], "emptyCircle"),
  line(role("--key"), [14, 4], "emptyRect"),
  line(ink, [1, 4], "emptyTriangle"),
];
const full = Math.PI / 4;
const stripe = (rotation, gap) => ({
  symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, gap], rotation, color: "#fff",
});
const DECALS = [
  { symbol: "none" },
  { symbol: "none" },
  stripe(full, 4),
  { symbol: "circle", dashArrayX: [[8, 8], [0, 8, 8, 0]], dashArrayY: [6, 0], symbolSize: 0.7, color: "#fff" },
  stripe(0, 4),
  stripe(-full, 4),
  stripe(full * 2, 4),
];

const number = (value) => value.toLocaleString("ja-JP", { useGrouping: true });

function bar(style, each, index, { kind, series, categories }) {
  const isStacked = kind === "stack";
  const isDense = series.length * categories.length > 12;
  const hasGround = index % STYLES.length === 1;
  return {
    type: "bar",
    name: each.name,
    data: each.values,
    stack: isStacked ? "all" : undefined,
    barMaxWidth: 44,
    barGap: "10%",
    itemStyle: {
      color: hasGround ? role("--rule") : style.color,
      decal: DECALS[index % DECALS.length],
      borderColor: hasGround || isStacked ? ink : style.color,
      borderWidth: hasGround || isStacked ? 1 : 0,
    },
    label: {
      ...bold,
      show: !isStacked || series.length === 1,
      position: "top",
      formatter: ({ value }) => (value === null || (isDense && !value) ? "" : number(value)),
    },
    labelLayout: { hideOverlap: true },
  };
}

function curve(style, each) {
  return {
    type: "line",
    name: each.name,
    data: each.values,
    connectNulls: false,
    symbol: style.symbol,
    symbolSize: 7,
    lineStyle: { color: style.color, width: 2.5, type: style.dash },
    itemStyle: { color: style.color },
    endLabel: { ...bold, show: true, distance: 8, formatter: "{a}" },
    labelLayout: { moveOverlap: "shiftY" },
  };
}

function legendRows(series, width) {
  let [rows, used] = [1, 0];
  for (const { name } of series) {
    const item = 44 + name.length * 14;
    if (used && used + item > width) [rows, used] = [rows + 1, 0];
    used += item;
  }
  return rows;
}

function option(figure, width) {
  const { kind, categories, series, floor } = figure;
  const isLine = kind === "line";
  const hasLegend = !isLine && series.length > 1;
  const head = hasLegend ? 24 + legendRows(series, width) * 24 : 16;
  const few = !isLine && categories.length <= 8;
  const longest = Math.max(...series.map(({ name }) => name.length));
  return {
    animation: false,
    aria: { enabled: true, label: { enabled: false }, decal: { show: false } },
    textStyle: words,
    legend: { show: hasLegend, top: 0, left: 0, textStyle: { ...words, fontSize: 14 }, selectedMode: false, itemWidth: 28, itemHeight: 16 },
    grid: { left: 8, right: isLine ? 24 + longest * 12 : 8, top: head, bottom: 4, containLabel: true },
    xAxis: {
      type: "category",
      data: categories,
      boundaryGap: !isLine,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink } },
      axisLabel: few
        ? { ...words, interval: 0, width: (width - 40) / categories.length, overflow: "break" }
        : { ...words, hideOverlap: true },
    },
    yAxis: {
      type: "value",
      min: floor,
      minInterval: isLine ? 0 : 1,
      axisLabel: { ...words, formatter: number },
      splitLine: { lineStyle: { color: soft } },
    },
    series: series.map((each, index) => {
      const style = STYLES[index % STYLES.length];
      return isLine ? curve(style, each) : bar(style, each, index, figure);
    }),
  };
}

function draw(box) {
  const figure = JSON.parse(box.querySelector("script[type='application/json']").textContent);
  const plot = box.querySelector(".plot");
  plot.hidden = false;
  const chart = init(plot, null, { renderer: "svg", width: plot.clientWidth, height: HEIGHT });
  chart.setOption(option(figure, plot.clientWidth));
  const frame = () => {
    const svg = plot.querySelector("svg");
    svg.setAttribute("viewBox", `0 0 ${chart.getWidth()} ${HEIGHT}`);
    svg.setAttribute("aria-hidden", "true");
  };
  frame();
  // On paper the drawing keeps the width it has on the screen and is scaled by its view box.
  new ResizeObserver(() => {
    if (matchMedia("print").matches || plot.clientWidth === chart.getWidth()) return;
    chart.resize({ width: plot.clientWidth, height: HEIGHT });
    chart.setOption(option(figure, plot.clientWidth));
    frame();
  }).observe(plot);
}

for (const box of document.querySelectorAll("figure.diagram")) draw(box);
