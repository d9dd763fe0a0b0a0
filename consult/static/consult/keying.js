// Key entry: Enter goes to the next box, each code is echoed in words, and a wrong code keeps the focus where it is. Nothing depends
// on this script: without it Tab moves, and the server says the same of every box.

const form = document.querySelector("[data-keying]");
const keys = [...form.querySelectorAll("[data-key]")];
const marks = { ".": "left blank", "/": "cannot be read" };

/** The words of each code of a box, by the code as printed: Map { "1" => "Yes" }. */
function labels(box) {
  const printed = document.getElementById(box.dataset.codes).querySelectorAll("[data-code]");
  return new Map([...printed].map((item) => [item.dataset.code, item.querySelector("span").textContent]));
}

/** What is typed in a box, parted into codes as printed. Anything that is no code comes back as it was typed. */
function codes(box, typed) {
  const width = Number(box.dataset.width);
  const together = box.hasAttribute("data-several") || typed.startsWith("*");
  const tokens = typed.replace("*", "").split(/[\s,;]+/).filter(Boolean);
  if (!together) return tokens.map((token) => token.padStart(width, "0"));
  return tokens.flatMap((token) => {
    if (token.length <= width) return [token.padStart(width, "0")];
    return token.length % width ? [token] : token.match(new RegExp(`.{${width}}`, "g"));
  });
}

/** What a box says of what is typed in it: { words, problem }. */
function reading(box) {
  // After a "+" come words written beside the box.
  const [keys, ...beside] = box.value.split("+");
  const typed = keys.trim() || (beside.length ? "." : "");
  if (!typed || typed in marks) return { words: marks[typed] ?? "", problem: "" };
  const known = labels(box);
  const found = codes(box, typed);
  const wrong = found.find((code) => !known.has(code));
  const single = !box.hasAttribute("data-several") && !typed.startsWith("*");
  if (wrong !== undefined || (single && found.length !== 1)) {
    return { words: "", problem: `${single ? typed : (wrong ?? typed)} ${box.dataset.wrong}` };
  }
  const words = found.map((code) => known.get(code)).join("; ");
  return { words: typed.startsWith("*") ? `more than one ticked: ${words}` : words, problem: "" };
}

function show(element, text) {
  // Writing the same words again would have a screen reader say them again.
  if (element && element.textContent !== text) element.textContent = text;
}

/** Say what is typed in a box in words, and open the questions about each item ticked there. */
function echo(box) {
  if (!box.dataset.codes) return;
  const { words, problem } = reading(box);
  show(document.getElementById(`${box.id}-echo`), words);
  if (!problem) complain(box, "");
  for (const item of form.querySelectorAll(`details[data-opened-by="${CSS.escape(box.name)}"]`)) {
    const typed = [...item.querySelectorAll("[data-key]")].some((inner) => inner.value);
    item.open = typed || codes(box, box.value.trim()).includes(item.dataset.code);
  }
}

/** Show a problem beside its box, or take it away. */
function complain(box, problem) {
  show(document.getElementById(`${box.id}-problem`), problem);
  box.classList.toggle("nhsuk-input--error", Boolean(problem));
  box.closest("[data-box]").classList.toggle("consult-keying-box--wrong", Boolean(problem));
  if (problem) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
}

/** Whether a box may be left: it holds a code, a mark, or nothing. */
function accepts(box) {
  if (!box.dataset.codes) return true;
  const { problem } = reading(box);
  complain(box, problem);
  return !problem;
}

/** Move the focus by boxes, past those folded away. */
function move(from, by) {
  const open = keys.filter((key) => key === from || !key.closest("details:not([open])"));
  const next = open[open.indexOf(from) + by];
  if (!next) return;
  next.focus();
  if (next.select) next.select();
}

form.addEventListener("input", ({ target }) => {
  if (target.matches("[data-key]")) echo(target);
});

form.addEventListener("focusout", ({ target }) => {
  if (target.matches("[data-key]")) accepts(target);
});

form.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!box.matches("input") || event.altKey || event.metaKey) {
    // In an empty writing box Enter goes on: nothing begins with an empty line.
    if (box.matches("textarea") && event.key === "Enter" && (event.ctrlKey || box.value === "")) {
      event.preventDefault();
      move(box, 1);
    }
    return;
  }
  if (event.key === "Enter") {
    // Enter never sends the form from a box.
    event.preventDefault();
    if (!box.matches("[data-key]") || accepts(box)) move(box.matches("[data-key]") ? box : keys[0], event.shiftKey ? -1 : 1);
  } else if (event.key === "-" && box.inputMode === "numeric" && box.value === "") {
    event.preventDefault();
    move(box, -1);
  }
});

for (const box of keys) echo(box);

// A form of a batch: each box is kept as it is left, so that a power cut costs one box at most.
const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
const kept = new Map(keys.map((key) => [key, key.value]));

function send(address, box) {
  const body = new URLSearchParams({ name: box.name, typed: box.value, csrfmiddlewaretoken: token });
  return fetch(address, { method: "POST", body, keepalive: true, credentials: "same-origin" });
}

async function keep(box) {
  if (!box.name || kept.get(box) === box.value) return;
  const typed = box.value;
  const said = document.getElementById("kept");
  try {
    const answer = await send(form.dataset.keptBy, box);
    if (!answer.ok) throw new Error(String(answer.status));
    kept.set(box, typed);
    show(said, `saved ${(await answer.json()).saved}`);
  } catch {
    show(said, "not saved: press Save draft");
  }
}

// Keying a form a second time: a box that does not match is emptied once, and asked for again.
async function match(box) {
  const before = form.querySelector(`[name="${CSS.escape(`before-${box.name}`)}"]`);
  if (!box.name || !box.value || box.matches("textarea") || before || !accepts(box)) return;
  const answer = await send(form.dataset.matchedBy, box).catch(() => null);
  if (!answer?.ok || (await answer.json()).matches) return;
  const seen = document.createElement("input");
  Object.assign(seen, { type: "hidden", name: `before-${box.name}`, value: box.value });
  form.append(seen);
  box.value = "";
  echo(box);
  complain(box, "This does not match the first entry. Look at the paper and type it again");
  box.focus();
}

form.addEventListener("focusout", ({ target }) => {
  if (!target.matches("[data-key]")) return;
  if (form.dataset.keptBy) keep(target);
  if (form.dataset.matchedBy) match(target);
});
