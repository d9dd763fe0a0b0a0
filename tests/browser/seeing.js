// What a page shows that can be measured. Evaluated in the page by seeing.py; gives functions that return plain values.
// It changes nothing of the page but the spacing of its text, and that only while `spaced` runs.
(() => {
  const YELLOW = "rgb(255, 235, 59)", DARK = "rgb(33, 43, 50)";
  const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
    p { margin-block-end: 2em !important; }`;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const words = (element) => (element?.textContent ?? "").replace(/\s+/g, " ").trim();
  const named = (element) => `${element.tagName.toLowerCase()} “${words(element).slice(0, 40) || element.name || element.id}”`;
  const isHidden = (element) => !!element.closest(".nhsuk-u-visually-hidden, [hidden]") || !element.checkVisibility();
  const isSkipLink = (element) => !!element?.matches?.(".nhsuk-skip-link");

  // Everything that Tab should come to; of radio buttons with one name, the chosen or else the first.
  const controls = () => {
    const names = new Set();
    return all("a[href], button, input, select, textarea, summary, [tabindex]").filter((element) => {
      if (element.tabIndex < 0 || element.disabled || element.type === "hidden" || !element.checkVisibility()) return false;
      if (element.type !== "radio") return true;
      const group = all(`input[type=radio][name="${CSS.escape(element.name)}"]`);
      if (element !== (group.find((one) => one.checked) ?? group[0]) || names.has(element.name)) return false;
      return names.add(element.name);
    });
  };

  const inView = (box) => ({
    x: (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2,
    y: (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2,
  });
  const isCovered = (element) => {
    const point = inView(element.getClientRects()[0]), top = document.elementFromPoint(point.x, point.y);
    return !(top && (element.contains(top) || top.contains(element) || [...(element.labels ?? [])].some((label) => label.contains(top))));
  };
  const focusMark = (element) => {
    const parts = [getComputedStyle(element), ...[...element.children].map((child) => getComputedStyle(child))];
    for (const label of element.labels ?? []) parts.push(getComputedStyle(label, "::before"));
    return parts.map((part) => [part.boxShadow, part.backgroundColor, part.outlineColor, part.borderColor, part.color].join(" ")).join(" ");
  };
  const stop = () => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const mark = focusMark(element);
    return {
      place: controls().indexOf(element),
      wrong: [
        ...(mark.includes(YELLOW) && mark.includes(DARK) ? [] : [`no focus mark on ${named(element)}`]),
        ...(isCovered(element) ? [`covered: ${named(element)}`] : []),
      ],
    };
  };

  const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const isInSentence = (link) =>
    link.matches("a") && getComputedStyle(link).display === "inline" && words(link.parentElement).length > words(link).length;
  const small = () =>
    all("a[href], button, input:not([type=hidden]), select, textarea, summary")
      .filter((one) => !isHidden(one) && !isSkipLink(one) && !isInSentence(one))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => box.width < 23.5 || box.height < 23.5)
      .map(([one, box]) => `${named(one)} ${Math.round(box.width)}×${Math.round(box.height)}`);
  // A part that scrolls sideways needs a name, a role and a place in the order of Tab.
  const scrollers = () =>
    all("main *")
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1 && !one.matches("textarea, input, select"))
      .filter((one) => one.tabIndex !== 0 || one.getAttribute("role") !== "region" || !(one.getAttribute("aria-label") || one.getAttribute("aria-labelledby")))
      .map(named);
  const low = () =>
    all("button:not(.nhsuk-back-link), [role=button], .nhsuk-radios__input, .nhsuk-checkboxes__input")
      .filter((one) => !isHidden(one))
      .map((one) => [one, one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5)
      .map(([one, box]) => `${named(one)} ${Math.round(box.height)}px`);

  const cutOff = () =>
    all("body *")
      .filter((one) => !isHidden(one) && [...one.childNodes].some((child) => child.nodeType === 3 && child.data.trim()))
      .filter((one) => {
        const style = getComputedStyle(one), box = one.getBoundingClientRect();
        if (box.width <= 2 || one.closest("svg, select, option")) return false;
        const isClipped = (way, size, room) => /hidden|clip/.test(way) && size > room + 1;
        return isClipped(style.overflowX, one.scrollWidth, one.clientWidth) || isClipped(style.overflowY, one.scrollHeight, one.clientHeight);
      })
      .map(named);
  const overlapping = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), boxes = [], found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode, parent = node.parentElement;
      if (!node.data.trim() || isHidden(parent) || isSkipLink(parent) || parent.closest("svg, option, textarea, .consult-scroll")) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) boxes.push([box, parent]);
    }
    boxes.sort(([one], [other]) => one.top - other.top);
    boxes.forEach(([box, parent], place) => {
      for (let next = place + 1; next < boxes.length && boxes[next][0].top < box.bottom - 3; next++) {
        const [other, otherParent] = boxes[next];
        if (parent !== otherParent && Math.min(box.right, other.right) - Math.max(box.left, other.left) > 3)
          found.push(`${named(parent)} over ${named(otherParent)}`);
      }
    });
    return [...new Set(found)];
  };
  const spaced = () => {
    const before = overlapping(), sheet = new CSSStyleSheet();
    sheet.replaceSync(SPACING);
    document.adoptedStyleSheets = [sheet];
    const found = [...cutOff(), ...overlapping().filter((pair) => !before.includes(pair))];
    if (overflow() > 0) found.push(`scrolls sideways by ${overflow()}px`);
    document.adoptedStyleSheets = [];
    return [...before, ...found];
  };

  const facts = () => {
    const h1 = document.querySelector("h1"), main = document.querySelector("main");
    const levels = all("h1, h2, h3, h4, h5, h6").filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]));
    const help = all("details").filter((one) => one.querySelector("a[href*='/another-format/']"));
    const inputs = all("main input:not([type=hidden]), main select, main textarea");
    return {
      title: document.title,
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      h1s: all("h1").map(words),
      skips: levels.some((level, place) => place > 0 && level > levels[place - 1] + 1),
      skip_link_is_first: isSkipLink(controls()[0]),
      focused: words(document.activeElement === document.body ? null : document.activeElement),
      footer: all("footer a").map((link) => link.getAttribute("href")),
      helps: help.length,
      help_is_last: help.length === 1 && !inputs.concat(all("main .nhsuk-button, main h2")).some(
        (one) => help[0].compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING && !help[0].contains(one)),
      has_back: all(".nhsuk-back-link").length === 1,
      h1_is_label: !!(h1?.closest("legend, label") || h1?.querySelector("label")),
      preselected: inputs.filter((one) => one.checked).map((one) => one.name),
      left_to_browser: [
        ...all("form").filter((form) => form.method === "post" && !form.noValidate && form.querySelector("input:not([type=hidden]), textarea")).map(named),
        ...inputs.filter((one) => one.required || one.hasAttribute("maxlength") || one.hasAttribute("pattern")).map(named),
      ],
      language_names: all(".consult-languages__choice").map((one) => [one.lang, words(one)]),
      summary: all(".nhsuk-error-summary a").map(words),
      // The counter below a box tells how much too long it is in the colour of an error, and is none.
      beside: all(".nhsuk-error-message:not(.nhsuk-character-count__status, .nhsuk-character-count__message)").filter((one) => !one.closest(".nhsuk-error-summary")).map((one) => {
        const copy = one.cloneNode(true);
        copy.querySelectorAll(".nhsuk-u-visually-hidden").forEach((hidden) => hidden.remove());
        return words(copy);
      }),
      error_word: words(document.querySelector(".nhsuk-error-message .nhsuk-u-visually-hidden")),
      cookie_banners: all("[class*=cookie], [id*=cookie-]").map(named),
      is_rtl: getComputedStyle(document.body).direction === "rtl",
      text: words(main),
    };
  };
  const sized = () => ({ overflow: overflow(), small: small(), low: low(), scrollers: scrollers() });
  const atTop = () => document.querySelector(".nhsuk-skip-link").focus();

  return { facts, sized, spaced, stop, atTop, controls: () => controls().map(named) };
})()
