// Lets people look at the password they type; without script the box stays hidden.
for (const label of document.querySelectorAll("[data-reveal]")) {
  const field = document.getElementById(label.dataset.reveal);
  label.hidden = false;
  label.querySelector("input").addEventListener("change", (event) => {
    field.type = event.target.checked ? "text" : "password";
  });
  field.form.addEventListener("submit", () => { field.type = "password"; });
}
