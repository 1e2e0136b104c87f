// While one types: which sentences would fit any lesson. The words and patterns are those of the house
// (observation/rules/hints.py), so it says the same here, without a network, as after saving. It stops nobody.

const stock = document.getElementById("observe-stock")?.dataset;
const QUIET = 900;

const found = (text) => {
  const [sentences, drop, concrete] = ["sentence", "drop", "concrete"].map((name) => new RegExp(stock[name], "g"));
  const key = (said) => said.replace(drop, "");
  const phrases = stock.phrases.split(" ").sort((a, b) => b.length - a.length);
  const wouldFit = (sentence) => {
    if (!sentence || sentence.search(concrete) >= 0) return false;
    const whole = key(sentence);
    const rest = phrases.reduce((left, phrase) => left.replaceAll(phrase, ""), whole);
    return rest !== whole && rest.length < Number(stock.short);
  };
  return (text.match(sentences) || []).map((each) => each.trim()).filter(wouldFit).slice(0, Number(stock.most));
};
const element = (name, ...inside) => {
  const made = document.createElement(name);
  made.append(...inside);
  return made;
};
const show = (area) => {
  const place = document.querySelector(`[data-asked="${area.name}"]`);
  if (!place) return;
  const said = found(area.value).map((sentence) => `“${sentence}”`);
  const rows = [...place.querySelectorAll("li")].map((row) => row.textContent);
  if (said.join("\n") === rows.join("\n")) return;
  place.replaceChildren(...said.length ? [element("p", stock.said), element("ul", ...said.map((each) => element("li", each)))] : []);
  place.hidden = !said.length;
};

// One is asked when the hand rests, not in the middle of a word.
const waiting = new Map();
if (stock) {
  document.getElementById("observe-written")?.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => show(target), QUIET));
  });
  document.getElementById("observe-written")?.addEventListener("change", ({ target }) => show(target));
}
