// The portal works without this: it only adds what the design system adds (the error summary takes the focus, letter
// counts, the password's show button, no second click).
import { initAll } from "./vendor/govuk-frontend.min.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
initAll();

// One menu of the person at a time, closed by Escape as a menu should.
for (const menu of document.querySelectorAll("details.person")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}
