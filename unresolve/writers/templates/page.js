"use strict";
// The two sides of the page know each other by id: a shape on a page picture has the id of its text in data-for.
(() => {
  const find = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const text = find("#ui-text"), pages = find("#ui-pages"), help = find("#ui-help"), toggle = find("#ui-toggle");
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  document.body.classList.add("alive");
  let pinned = ""; // the id that was chosen by a click, the keyboard or a link
  let lit = ""; // the id that is lit: the one pointed at, else the one pinned
  let calls = []; // the note calls followed, to come back to

  const thing = (node) => {
    const found = node instanceof Element ? node.closest("[data-for], .c, .b") : null;
    return found ? found.dataset.for || found.id : "";
  };
  // The boxes are drawn once the text can be read: kind, how much of the id is that of the box before, the rest of it;
  // the left and upper edge, width and height in points. The larger lie below the smaller.
  function draw(svg) {
    let id = "";
    const boxes = svg.dataset.boxes.split(";").filter(Boolean).map((one) => {
      const [name, x, y, width, height] = one.split(" ");
      const [, kind, kept, rest] = /^([a-z])(\d*):(.*)$/.exec(name);
      id = id.slice(0, kept) + rest;
      return { class: kind, "data-for": id, x, y, width, height };
    });
    for (const values of boxes.sort((a, b) => b.width * b.height - a.width * a.height)) {
      const rect = document.createElementNS(svg.namespaceURI, "rect");
      for (const [name, value] of Object.entries(values)) rect.setAttribute(name, value);
      svg.append(rect);
    }
  }

  // A picture is kept as text, which costs little, until its page comes near.
  const near = new IntersectionObserver((seen) => {
    for (const { target, isIntersecting } of seen) {
      if (!isIntersecting) continue;
      near.unobserve(target);
      const kept = find("noscript", target);
      kept.replaceWith(find("img", new DOMParser().parseFromString(kept.textContent, "text/html")));
    }
  }, { root: pages, rootMargin: "100%" });

  const shapes = (id) => (pages && id ? all(`[data-for="${CSS.escape(id)}"]`, pages) : []);
  const open = () => pages && !document.body.classList.contains("closed");

  // Light a thing on both sides, and its row in the other languages.
  function light(id) {
    if (id === lit) return;
    all(".lit, .kin").forEach((node) => node.classList.remove("lit", "kin"));
    lit = id;
    const home = id && document.getElementById(id);
    if (home) {
      const row = home.closest(".r");
      if (row) all(".b", row).forEach((node) => node.classList.add("kin"));
      [home, ...all(`[data-for="${CSS.escape(id)}"]`)].forEach((node) => node.classList.add("lit"));
      turnTo(home);
    }
    find("#ui-status span").textContent = home ? describe(home) : "";
  }

  // The pages shown are those of the language pointed at.
  function turnTo(home) {
    const side = sideOf(home);
    if (pages && side) all(".pages").forEach((one) => (one.hidden = one.dataset.side !== side));
  }

  function sideOf(home) {
    const cell = home.closest(".cell");
    return cell ? /\bs(\d+)/.exec(cell.className)[1] : "";
  }

  function describe(home) {
    const on = [...new Set(shapes(home.id).map((shape) => shape.closest("figure").dataset.page))];
    const place = on.length ? `page ${on.join(", ")}` : "";
    const own = home.title || home.id;
    return [own, place].filter(Boolean).join("  ·  ");
  }

  function focus(node) {
    if (!node.matches("a, [tabindex]")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
  }

  // Scroll a pane so that a node stands in it; where it does already, nothing moves.
  function reveal(pane, node, always = false, again = 3) {
    if (!pane || !node || !pane.offsetParent) return;
    const frame = pane.getBoundingClientRect(), box = node.getBoundingClientRect();
    const high = box.top < frame.top + 40 || Math.min(box.bottom, box.top + frame.height / 2) > frame.bottom - 16;
    const wide = box.right < frame.left + 40 || box.left > frame.right - 40 || (pane === text && box.left < frame.left);
    if (!high && !wide && !always) return;
    const down = high || always ? box.top - frame.top - frame.height * 0.25 : 0;
    const far = Math.abs(down) > 2 * frame.height;
    const smooth = !far && !calm.matches;
    pane.scrollBy({ top: down, left: wide ? box.left - frame.left - 24 : 0, behavior: smooth ? "smooth" : "instant" });
    // What was far away is laid out only now, and may stand elsewhere than was thought.
    if (far && again) requestAnimationFrame(() => requestAnimationFrame(() => reveal(pane, node, false, again - 1)));
  }

  const revealText = (id) => reveal(text, document.getElementById(id));
  const revealPage = (id, always) => open() && reveal(pages, shapes(id)[0], always);

  function pin(id) {
    pinned = id;
    light(id);
  }

  // Pointing: only when the pointer itself has moved, not when the text has moved under it.
  let last = "", waiting = 0;
  document.addEventListener("pointermove", (event) => {
    const at = `${event.screenX},${event.screenY}`;
    if (at === last || event.pointerType === "touch") return;
    last = at;
    const id = thing(event.target);
    if ((id || pinned) === lit) return;
    light(id || pinned);
    clearTimeout(waiting);
    // The other side follows once the pointer rests, so that it does not chase a hand that passes over.
    waiting = setTimeout(() => id && (event.target.closest("#ui-pages") ? revealText(id) : revealPage(id)), 120);
  });

  document.addEventListener("focusin", (event) => {
    const id = text.contains(event.target) ? thing(event.target) : "";
    if (!id || id === pinned) return;
    pin(id);
    revealPage(id);
  });

  document.addEventListener("click", (event) => {
    const call = event.target.closest("a.n");
    if (call) calls.push(call);
    if (event.target.closest("a, button, label, dialog") || String(getSelection())) return;
    const id = thing(event.target);
    pin(id);
    if (!id) return;
    const home = document.getElementById(id);
    (event.target.closest("#ui-pages") ? revealText : revealPage)(id);
    focus(home);
  });

  function follow() {
    const home = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!home || !text.contains(home)) return;
    focus(home);
    pin(thing(home));
    reveal(text, home);
    revealPage(lit);
  }
  addEventListener("hashchange", follow);

  // Walking through the paragraphs of the column one is in.
  function step(by) {
    const from = document.getElementById(pinned)?.closest(".b");
    const side = from ? sideOf(from) : "";
    const scope = side ? `.cell.s${side} .b, .doubts .b` : ".b";
    const stops = all(scope, text);
    const at = from ? stops.indexOf(from) + by : stops.indexOf(topmost());
    go(stops[Math.max(0, Math.min(at, stops.length - 1))]);
  }

  // The paragraph at the head of what is shown of the text.
  function topmost() {
    const frame = text.getBoundingClientRect();
    for (let y = frame.top + 8; y < frame.bottom; y += 20) {
      const found = document.elementFromPoint(frame.left + Math.min(frame.width / 2, 200), y)?.closest(".b");
      if (found) return found;
    }
    return null;
  }

  function across(by) {
    const from = document.getElementById(pinned)?.closest(".b");
    const row = from?.closest(".r");
    if (!row) return;
    const stops = all(".b", row).filter((node) => node.offsetParent);
    go(stops[stops.indexOf(from) + by]);
  }

  function go(node) {
    if (!node) return;
    focus(node);
    pin(node.id);
    reveal(text, node);
    revealPage(node.id);
  }

  function nextDoubt() {
    const marks = all(".doubt", text);
    const from = document.getElementById(pinned);
    const next = marks.find((mark) => !from || from.compareDocumentPosition(mark.closest(".b")) & 4) || marks[0];
    go(next?.closest(".b"));
  }

  function showPages(shown) {
    if (!pages) return;
    document.body.classList.toggle("closed", !shown);
    toggle.setAttribute("aria-pressed", shown);
    if (shown) revealPage(lit, true);
  }

  function back() {
    const call = calls.pop();
    if (call) {
      focus(call);
      reveal(text, call);
    } else {
      document.activeElement.blur();
      pin("");
    }
  }

  const letters = {
    j: () => step(1), k: () => step(-1), d: nextDoubt, p: () => showPages(!open()), "?": () => help.showModal(),
  };
  const others = {
    ArrowDown: () => step(1), ArrowUp: () => step(-1), ArrowRight: () => across(1), ArrowLeft: () => across(-1),
    Enter: () => { showPages(true); revealPage(pinned, true); },
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open || event.target.matches("input")) return;
    const onBlock = event.target.matches(".b");
    let act = event.key === "Escape" ? back : undefined;
    if (find("#ui-keys").checked) act ??= letters[event.key];
    if (onBlock) act ??= others[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  find("#ui-help-button").addEventListener("click", () => help.showModal());
  toggle?.addEventListener("click", () => showPages(!open()));

  // A language is shown or hidden by one rule for its whole column.
  all("input[data-side]").forEach((box) => {
    const hidden = new CSSStyleSheet();
    hidden.replaceSync(`.cell.s${box.dataset.side} { display: none; }`);
    const apply = () => {
      const others = document.adoptedStyleSheets.filter((sheet) => sheet !== hidden);
      document.adoptedStyleSheets = box.checked ? others : [...others, hidden];
      find(".grid").dataset.n = all("input[data-side]:checked").length;
    };
    box.addEventListener("change", apply);
    apply(); // a browser may restore the box as it was left
  });

  addEventListener("load", () => setTimeout(() => {
    if (pages) {
      all("svg", pages).forEach(draw);
      all("figure", pages).forEach((figure) => near.observe(figure));
    }
    if (location.hash) follow();
  }));
})();
