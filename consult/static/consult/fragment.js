// A code that came in a link stands after the "#", which browsers keep to themselves. It is put into the box and taken out of the
// address and the history. Without this script the code can be typed.

const box = document.querySelector("[data-from-fragment]");
const code = decodeURIComponent(location.hash.slice(1));

if (box && code && code !== "maincontent") {
  box.value = code;
  history.replaceState(null, "", location.pathname + location.search);
}
