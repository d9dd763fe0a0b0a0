// The one script of every page. Nothing depends on it: it improves controls that already work as plain HTML.

const address = document.documentElement.dataset.components;

// The server counts a character outside the basic plane, such as 🚌, as one, where `length` counts two; it trims both ends first.
const charactersAsSent = (text) => Array.from(text.trim()).length;

// The components are fetched only where the page holds one. The classes that let them hide things (answers revealed by a
// radio button, say) are set once they have arrived: if they never do, everything stays in view.
if (address && document.querySelector("[data-module]")) {
  import(address).then(({ initAll }) => {
    document.body.classList.add("js-enabled");
    if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("nhsuk-frontend-supported");
    initAll({ characterCount: { countFunction: charactersAsSent } });
  });
}

// A page that answered the form of the page before it came under that page's address. With its own, Back and Reload ask for
// it anew, and the browser does not ask whether to send the form again. Only then may the next form be answered so too.
const form = document.querySelector("form[data-straight]");
const takeOwnAddress = () => history.replaceState(null, "", form.action);

if (form) {
  if (location.pathname !== new URL(form.action).pathname) takeOwnAddress();
  // A page shown again with an error keeps the form it answered until it is left: Reload shows it as it is, with what was typed.
  if (document.querySelector(".nhsuk-error-summary")) form.addEventListener("submit", takeOwnAddress);
  form.elements.straight.value = "1";
}

// Paper cannot be clicked: what is folded away is opened before printing.
addEventListener("beforeprint", () => {
  for (const folded of document.querySelectorAll("details:not([open])")) folded.open = true;
});
