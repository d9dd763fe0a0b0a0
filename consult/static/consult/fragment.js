// A code that came after the # of a link: into the box that waits for it, and out of the address bar and the history.

const box = document.querySelector("[data-from-fragment]");
const code = decodeURIComponent(location.hash.slice(1));

if (box && code && code !== "maincontent") {
  box.value = code;
  history.replaceState(null, "", location.pathname);
}
