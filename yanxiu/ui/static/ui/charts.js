// Draws <figure data-chart="bar|line|pie"> from the table inside it. The table stays as the readable form.

const loaded = new Map();
const bundle = () => {
  const address = document.querySelector("meta[name=echarts]").content;
  if (!loaded.has(address)) loaded.set(address, import(address));
  return loaded.get(address);
};
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
const number = (cell) => Number(cell.dataset.value ?? cell.textContent.replace(/[^\d.-]/g, ""));

const read = (table) => {
  const heads = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows];
  return {
    names: rows.map((row) => row.cells[0].textContent.trim()),
    series: heads.map((name, index) => ({ name, values: rows.map((row) => number(row.cells[index + 1])) })),
  };
};

const axisStyle = () => ({ color: token("ink-soft"), fontSize: 13 });
const options = (figure, data) => {
  const kind = figure.dataset.chart;
  const text = { color: token("ink-soft"), fontFamily: token("sans"), fontSize: 13 };
  const shared = {
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    color: ["green-chart", "gold", "blue", "red", "brown"].map(token),
    textStyle: text,
    aria: { enabled: false },
    // The usual HTML tooltip writes style attributes, which the content policy refuses.
    tooltip: { trigger: kind === "pie" ? "item" : "axis", renderMode: "richText", backgroundColor: token("surface"), borderColor: token("line"), textStyle: { color: token("ink") }, axisPointer: { type: "shadow", shadowStyle: { opacity: 0.12 } } },
    legend: { show: kind === "pie" || data.series.length > 1, top: 0, right: 0, icon: "roundRect", itemWidth: 22, itemHeight: 12, textStyle: { color: token("ink-soft"), fontSize: 13 } },
  };
  if (kind === "pie") {
    const [first] = data.series;
    return { ...shared, legend: { ...shared.legend, bottom: 0, top: "auto", right: "auto" }, series: [{ type: "pie", radius: ["45%", "70%"], center: ["50%", "45%"], label: { color: token("ink") }, itemStyle: { borderColor: token("surface"), borderWidth: 2 }, data: data.names.map((name, index) => ({ name, value: first.values[index] })) }] };
  }
  const category = { type: "category", data: data.names, axisTick: { show: false }, axisLine: { lineStyle: { color: token("line-strong") } }, axisLabel: { ...axisStyle(), interval: 0, width: 76, overflow: "break" } };
  const value = { type: "value", name: figure.dataset.unit || "", nameTextStyle: axisStyle(), minInterval: 1, splitLine: { lineStyle: { color: token("line") } }, axisLabel: axisStyle() };
  const across = figure.hasAttribute("data-across");
  return {
    ...shared,
    grid: { left: 8, right: 8, top: 48, bottom: 4, containLabel: true },
    xAxis: across ? value : category,
    yAxis: across ? { ...category, inverse: true } : value,
    series: data.series.map((series) => ({ name: series.name, data: series.values, type: kind, stack: figure.hasAttribute("data-stack") ? "all" : undefined, barMaxWidth: 24, barGap: "10%", symbolSize: 8, itemStyle: { borderRadius: kind === "bar" ? 3 : 0 } })),
  };
};

export const draw = async (figure) => {
  if (figure.querySelector(".chart")) return;
  const table = figure.querySelector("table");
  const { init } = await bundle();
  const data = read(table);
  const place = document.createElement("div");
  place.className = "chart";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", figure.getAttribute("aria-label") || table.caption?.textContent || "");
  const details = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = document.querySelector("meta[name=words]").dataset.table;
  const wrapper = table.closest(".scroll") || table;
  wrapper.before(place, details);
  details.append(summary, wrapper);
  const chart = init(place, null, { renderer: "svg" });
  const paint = () => chart.setOption(options(figure, data), true);
  paint();
  new ResizeObserver(() => chart.resize()).observe(place);
  document.addEventListener("themechange", paint);
  matchMedia("(prefers-color-scheme: dark)").addEventListener?.("change", paint);
};
