/* The preview's part in the page: reloads it, swaps its style sheets, shows mistakes, marks drafts, opens files. */
(() => {
  "use strict";
  const me = document.currentScript;
  const mine = { page: me.dataset.page, bare: me.dataset.bare };
  const KEEP = "preview " + location.pathname, HIDDEN = "preview hidden";
  const FOCUSABLE = "a[href], button, input, select, summary, textarea, [tabindex]";
  const MARK = "data-preview-mark";

  /* ---------------------------------------------------------------- what is shown of the preview itself */

  const host = document.createElement("div");
  host.id = "preview";
  const root = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(`
    :host { all: initial; color-scheme: light dark }
    * { box-sizing: border-box; font: inherit; color: inherit }
    [hidden] { display: none !important }
    .bar, dialog { font: 16px/1.5 system-ui, sans-serif; background: #fffdf5; color: #1b1a17; border: 2px solid #1b1a17 }
    .bar { position: fixed; z-index: 2147483647; left: 8px; bottom: 8px; max-width: calc(100vw - 16px); display: flex;
      align-items: center; gap: 8px; padding: 4px 4px 4px 12px; border-radius: 8px }
    .bar.error, dialog { border-color: #a3001b }
    button { flex: none; min-width: 44px; min-height: 44px; padding: 0 12px; border: 1px solid currentColor; border-radius: 6px;
      background: none; cursor: pointer }
    button:focus-visible, a:focus-visible, pre:focus-visible { outline: 3px solid #0a58ca; outline-offset: 2px }
    dialog { width: min(60rem, calc(100vw - 16px)); max-height: calc(100vh - 16px); padding: 0; border-radius: 8px;
      overflow: auto }
    dialog::backdrop { background: rgb(0 0 0 / 55%) }
    header { position: sticky; top: 0; display: flex; gap: 12px; align-items: center; justify-content: space-between;
      padding: 8px 8px 8px 16px; background: inherit; border-bottom: 1px solid }
    h2 { margin: 0; font-size: 1.2em; font-weight: 700 }
    ol { margin: 0; padding: 0 16px 8px; list-style: none }
    li { padding: 12px 0; border-bottom: 1px solid #8886 }
    li:last-child { border: 0 }
    p { margin: 4px 0 }
    b { font-weight: 700 }
    .error > p > b { color: #a3001b }
    .place { display: inline-block; padding: 10px 0; font-family: ui-monospace, monospace; overflow-wrap: anywhere }
    a.place { text-decoration: underline; color: #0645ad }
    pre { margin: 4px 0; padding: 8px; overflow: auto; background: #8882; font-family: ui-monospace, monospace }
    footer { padding: 0 16px 12px }
    @media (prefers-color-scheme: dark) {
      .bar, dialog { background: #1b1a17; color: #fffdf5; border-color: #fffdf5 }
      .bar.error, dialog { border-color: #ff8a94 }
      .error > p > b { color: #ff8a94 } a.place { color: #9cc4ff }
    }
    @media print { .bar, dialog { display: none } }
  `);
  root.adoptedStyleSheets = [style];
  const marks = new CSSStyleSheet();
  marks.replaceSync(`
    [${MARK}] { display: block !important; margin: 0 0 8px; padding: 4px 12px; border: 2px dashed #a15c00; border-radius: 6px;
      background: #fff3d6; color: #1b1a17; font: 16px/1.5 system-ui, sans-serif }
    @media print { [${MARK}] { display: none !important } }
  `);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, marks];

  const make = (tag, text, ...inside) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    made.append(...inside);
    return made;
  };
  const button = (text, press) => {
    const made = make("button", text);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  };

  const title = make("h2");
  title.id = "title";
  const list = make("ol");
  const note = make("p");
  const dialog = make("dialog", "", make("header", "", title, button("Close", () => dialog.close())), list, make("footer", "", note));
  dialog.setAttribute("aria-labelledby", "title");
  const words = make("span");
  const read = make("span", "", words);
  read.setAttribute("role", "status");
  const open = button("Show", () => dialog.showModal());
  const away = button("Hide", () => {
    bar.hidden = true;
    store(() => sessionStorage.setItem(HIDDEN, told));
  });
  const bar = make("div", "", read, open, away);
  bar.className = "bar";
  bar.hidden = true;
  root.append(bar, dialog);
  /* behind everything, and out of the way of what a page does with its body */
  document.documentElement.append(host);

  /* a browser may keep nothing for a page */
  const store = (action) => { try { return action(); } catch { return null; } };

  const count = (number, thing) => number + " " + thing + (number === 1 ? "" : "s");

  const item = (problem) => {
    const place = make(problem.link ? "a" : "span", problem.place);
    place.className = "place";
    if (problem.link) place.href = problem.link;
    const said = make("p", "", make("b", problem.severity), ": " + problem.message);
    const found = make("li", "", place, said);
    found.className = problem.severity;
    if (problem.excerpt.length) {
      const excerpt = make("pre", problem.excerpt.join("\n"));
      excerpt.tabIndex = 0;
      excerpt.setAttribute("role", "group");
      excerpt.setAttribute("aria-label", "The line, with a mark below the place");
      found.append(excerpt);
    }
    if (problem.hint) found.append(make("p", "Hint: " + problem.hint));
    return found;
  };

  let told = "", listWas = null;
  const say = (text, kind) => {
    words.textContent = text;
    bar.className = "bar " + kind;
    bar.hidden = false;
    open.hidden = true;
    told = "";
  };
  const tell = (news) => {
    const { problems, stopped } = news;
    const { errors, warnings } = news, more = errors + warnings - problems.length;
    const said = [errors && count(errors, "mistake"), warnings && count(warnings, "warning")];
    const all = said.filter(Boolean).join(", ");
    const now = JSON.stringify([problems, stopped]);
    if (now === told) return;
    told = now;
    list.replaceChildren(...problems.map(item));
    note.textContent = (more ? "The terminal tells " + more + " more. " : "")
      + (stopped ? "Below is the page as it was before. This closes by itself once it is mended." : "");
    title.textContent = stopped ? "The page cannot be shown: " + all : all;
    words.textContent = !problems.length ? "" : stopped ? "This page is older than its files: " + all
      : errors ? all + ". It is not published like this." : all;
    bar.className = errors ? "bar error" : "bar";
    bar.hidden = !problems.length || now === store(() => sessionStorage.getItem(HIDDEN));
    open.hidden = false;
    if ((stopped || (listWas && problems.length)) && !dialog.open) dialog.showModal();
    if (listWas) dialog.scrollTop = listWas.top;
    listWas = null;
    if (!problems.length) dialog.close();
    if (stopped) dialog.dataset.stopped = "yes"; else delete dialog.dataset.stopped;
  };

  /* ---------------------------------------------------------------- files of the page */

  let files = new Map(), file = {};

  /* The smallest element around that is a part of the page, or holds one and no other, says whose text it is. */
  const whose = (element) => {
    for (let at = element; at && at !== document.body && at.getAttribute; at = at.parentNode) {
      if (files.has(at.id)) return files.get(at.id);
      const inside = [...at.querySelectorAll("[id]")].filter((each) => files.has(each.id));
      if (inside.length === 1) return files.get(inside[0].id);
      if (inside.length) break;
    }
    return file;
  };

  const openFile = (element, event) => {
    const { link } = whose(element);
    if (!link) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    location.href = link;
  };
  const isOurs = (event) => event.composedPath().includes(host);
  addEventListener("click", (event) => {
    if (event.altKey && !isOurs(event)) openFile(event.target, event);
  }, true);
  addEventListener("keydown", (event) => {
    if (event.altKey && event.key === "Enter" && !isOurs(event)) openFile(document.activeElement || document.body, event);
  }, true);

  const markDrafts = () => {
    for (const old of document.querySelectorAll("[" + MARK + "]")) old.remove();
    const mark = (text) => {
      const made = make("div", text);
      made.setAttribute(MARK, "");
      made.setAttribute("role", "note");
      return made;
    };
    if (file.draft) document.body.prepend(mark(file.draft));
    for (const [id, { draft }] of files) {
      const part = draft && document.getElementById(id);
      if (part) (part.closest("details") || part).before(mark(draft));
    }
  };

  /* ---------------------------------------------------------------- a new page, in the place of the old one */

  /* What can have the focus, each with a name that it has in the next page too: its words, and which of those it is. */
  const named = () => {
    const seen = {}, found = new Map();
    for (const each of document.querySelectorAll(FOCUSABLE)) {
      const words = each.tagName + " " + each.id + " " + each.textContent.trim().slice(0, 80);
      found.set(each, words + " " + (seen[words] = (seen[words] || 0) + 1));
    }
    return found;
  };

  const reload = () => {
    const seen = [...document.querySelectorAll("[id]")].find((each) => each.getBoundingClientRect().bottom > 0);
    const open = [...document.querySelectorAll("details")].map((each) => each.open);
    const kept = { x: scrollX, y: scrollY, id: seen && scrollY ? seen.id : "", top: seen ? seen.getBoundingClientRect().top : 0,
      open, names: [...document.querySelectorAll("details")].map((each) => each.textContent.trim().split("\n")[0]),
      focus: named().get(document.activeElement),
      list: dialog.open && !dialog.dataset.stopped ? { top: dialog.scrollTop } : null };
    store(() => sessionStorage.setItem(KEEP, JSON.stringify(kept)));
    location.reload();
  };

  const restore = () => {
    const kept = store(() => JSON.parse(sessionStorage.getItem(KEEP)));
    store(() => sessionStorage.removeItem(KEEP));
    if (!kept) return;
    const wasOpen = new Set(kept.names.filter((_, index) => kept.open[index]));
    const all = [...document.querySelectorAll("details")];
    all.forEach((each, index) => {
      const same = all.length === kept.open.length && kept.open[index];
      each.open = same || wasOpen.has(each.textContent.trim().split("\n")[0]);
    });
    const place = () => {
      const seen = kept.id && document.getElementById(kept.id);
      scrollTo({ left: kept.x, top: seen ? scrollY + seen.getBoundingClientRect().top - kept.top : kept.y, behavior: "instant" });
    };
    listWas = kept.list;
    const focus = ([...named()].find(([, name]) => name === kept.focus) || [])[0];
    if (focus) focus.focus({ preventScroll: true });
    history.scrollRestoration = "manual";
    place();
    addEventListener("load", () => { place(); history.scrollRestoration = "auto"; }, { once: true });
  };

  let swapped = [];
  const swap = (news) => {
    const sheets = document.querySelectorAll('link[rel~="stylesheet"]');
    sheets.forEach((sheet, index) => {
      if (news.sheets[index] && sheet.getAttribute("href") !== news.sheets[index]) sheet.href = news.sheets[index];
    });
    const blocks = [...document.querySelectorAll("style")];
    const fresh = news.styles.map((text, index) => {
      const sheet = new CSSStyleSheet({ media: blocks[index].media });
      sheet.replaceSync(text);
      return sheet;
    });
    document.adoptedStyleSheets = [...fresh, ...document.adoptedStyleSheets.filter((sheet) => !swapped.includes(sheet))];
    for (const block of blocks) block.sheet.disabled = true; /* canSwap has seen that each has one */
    swapped = fresh;
    mine.page = news.page;
  };

  /* Sheets that are swapped count after all others: not where a linked one stands behind one in the page. */
  const canSwap = (news) => {
    const blocks = [...document.querySelectorAll("style")], links = [...document.querySelectorAll('link[rel~="stylesheet"]')];
    const last = links[links.length - 1];
    return news.bare === mine.bare && news.styles.length === blocks.length && news.sheets.length === links.length
      && blocks.every((block) => block.sheet) && !news.styles.some((text) => /@import/i.test(text))
      && !(last && blocks[0] && blocks[0].compareDocumentPosition(last) & Node.DOCUMENT_POSITION_FOLLOWING);
  };

  const show = (news) => {
    if (news.busy) return say("Still building...", "");
    if (!news.stopped && news.page !== mine.page) {
      if (!canSwap(news)) return reload();
      swap(news);
    }
    [files, file] = [new Map(Object.entries(news.files)), news.file];
    markDrafts();
    if (!news.stopped && dialog.dataset.stopped) dialog.close();
    if (news.checked) tell(news);
  };

  /* ---------------------------------------------------------------- the line to the server */

  let wait = 250, socket = null, gone = false;
  const lost = () => {
    say("The preview has stopped. Start it again: this page notices by itself.", "error");
  };
  const connect = () => {
    socket = new WebSocket("ws://" + location.host + "/_preview/socket");
    socket.onopen = () => {
      wait = 250;
      told = "";
      socket.send(JSON.stringify({ path: location.pathname }));
    };
    socket.onmessage = (event) => show(JSON.parse(event.data));
    socket.onclose = () => {
      if (gone) return;
      if (wait > 250) lost();
      setTimeout(connect, wait);
      wait = Math.min(wait * 2, 2000);
    };
  };
  addEventListener("pagehide", () => { gone = true; if (socket && socket.readyState === WebSocket.OPEN) socket.close(); });
  addEventListener("pageshow", (event) => { if (event.persisted) { gone = false; connect(); } });

  const begin = () => { restore(); connect(); };
  if (document.readyState === "loading") addEventListener("DOMContentLoaded", begin, { once: true });
  else begin();
})();
