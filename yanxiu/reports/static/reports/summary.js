// Puts the chosen figure where the cursor stands; without this the server puts it at the end.
for (const box of document.querySelectorAll(".insert")) {
  const button = box.querySelector("[data-insert]");
  const field = box.querySelector("[data-figure]");
  const text = box.closest("form").querySelector("textarea");
  button.hidden = false;
  const put = () => {
    const name = field.value.trim();
    if (!name) return;
    const known = [...document.querySelectorAll("#figures option")].some((one) => one.value === name);
    if (!known) { field.focus(); return; }
    text.setRangeText(`{${name}}`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    field.value = "";
    text.focus();
  };
  button.addEventListener("click", put);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); put(); }
  });
}
