/* 법문 편집: 쓰는 동안 차례와 문제를 곁에 보이고, 붙여 넣은 글을 정리해 묻는다. 없어도 단추로 같은 일을 한다. */
(() => {
  "use strict";
  const form = document.querySelector(".law-editor");
  if (!form) return;
  const source = form.querySelector("[name=source_text]");
  const result = form.querySelector("[data-check-result]");
  const pasted = form.querySelector("[data-pasted]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const BIG = 200; // 이보다 짧고 한 줄인 글은 묻지 않고 붙인다
  let waiting = 0;
  let asked = 0;

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const lineLink = (text, line, column = 1) => {
    const link = element("a", text);
    link.href = "#id_source_text";
    link.dataset.line = line;
    link.dataset.column = column;
    return link;
  };
  const post = (address, fields) => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token } });
  };

  // 차례와 문제

  const show = (check) => {
    const faults = element("section");
    faults.setAttribute("aria-live", "polite");
    faults.append(element("h2", "검사"));
    const said = check.faults.length
      ? `오류 ${check.errors}개${check.errors ? " – 고쳐야 발행할 수 있습니다" : ""}. 모두 ${check.faults.length}개를 찾았습니다.`
      : "찾은 문제가 없습니다.";
    faults.append(element("p", said));
    const list = element("ol", "", "law-faults");
    for (const fault of check.faults) {
      const item = element("li", "", `law-fault law-fault--${fault.level}`);
      item.append(lineLink(`${fault.line}행 ${fault.column}열`, fault.line, fault.column), " ", element("b", fault.level_name), " ", element("span", fault.message), " ", element("code", fault.code));
      list.append(item);
    }
    faults.append(list);
    const outline = element("section");
    outline.append(element("h2", "차례"), element("p", check.counts.map(([name, count]) => `${name} ${count}`).join(" · ")));
    const entries = element("ol", "", "law-outline");
    for (const entry of check.outline) {
      const item = element("li", "", `law-outline--${entry.kind}`);
      item.append(lineLink(entry.label, entry.line), entry.title ? ` ${entry.title}` : "");
      entries.append(item);
    }
    outline.append(entries);
    result.replaceChildren(faults, outline);
  };

  const check = async () => {
    const turn = ++asked;
    try {
      const answer = await post(form.dataset.check, { source_text: source.value });
      if (answer.ok && turn === asked) show(await answer.json());
    } catch {
      // 연결이 끊겼다. 다음에 고칠 때 다시 묻는다.
    }
  };

  source.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(check, 500);
  });

  // 줄로 가기: 긴 줄은 접혀 보이므로, 같은 너비의 그림자에 앞글을 넣어 높이를 잰다.

  const heightOf = (text) => {
    const shadow = element("div", text);
    const looks = getComputedStyle(source);
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "wordBreak", "overflowWrap", "tabSize"]) shadow.style[name] = looks[name];
    Object.assign(shadow.style, { position: "absolute", visibility: "hidden", whiteSpace: "pre-wrap", boxSizing: "border-box", width: `${source.clientWidth}px` });
    document.body.append(shadow);
    const height = shadow.offsetHeight;
    shadow.remove();
    return height;
  };

  result.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = source.value.split("\n");
    const at = Number(link.dataset.line) - 1;
    const start = lines.slice(0, at).reduce((sum, line) => sum + line.length + 1, 0);
    const column = Math.max(0, Number(link.dataset.column || 1) - 1);
    const end = start + (lines[at] || "").length;
    source.focus({ preventScroll: true });
    source.setSelectionRange(Math.min(start + column, end), end);
    const before = at ? heightOf(lines.slice(0, at).join("\n")) : 0;
    source.scrollTop = Math.max(0, before - source.clientHeight / 3);
    source.scrollIntoView({ block: "nearest" });
  });

  // 붙여 넣기

  const insert = (text, start, end) => {
    source.focus();
    source.setSelectionRange(start, end);
    // insertText는 되돌리기(Ctrl+Z)를 남긴다.
    if (!document.execCommand("insertText", false, text)) {
      source.setRangeText(text, start, end, "end");
      source.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };

  const button = (text, act, secondary) => {
    const made = element("button", text, secondary ? "button button-secondary" : "button");
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  };

  const ask = (found, plain, start, end) => {
    const panel = element("section", "", "desk-panel desk-panel--ask");
    panel.tabIndex = -1;
    panel.append(element("h2", "붙여 넣은 글"));
    if (found.refused) panel.append(element("p", found.refused));
    if (found.notes?.length) {
      const notes = element("ul", "", "desk-notes");
      notes.append(...found.notes.map((note) => element("li", note)));
      panel.append(element("h3", "알아 둘 것"), notes);
    }
    if (found.mended?.length) {
      panel.append(element("h3", "정리하면 바뀌는 것"));
      if (found.joined) panel.append(element("p", `줄 끝에서 끊긴 문장 ${found.joined}곳을 이었습니다. 맞게 이었는지 보세요.`));
      const list = element("ol", "", "mended");
      for (const one of found.mended) {
        const item = element("li");
        const two = element("div", "", "mended__two");
        two.append(element("pre", one.before), element("pre", one.after));
        item.append(element("b", `${one.line}행`), ` ${one.what}`, two);
        list.append(item);
      }
      panel.append(list);
      if (found.more) panel.append(element("p", `이 밖에 ${found.more}곳이 더 있습니다.`));
    }
    const done = (text) => () => {
      pasted.replaceChildren();
      source.readOnly = false;
      if (text) insert(text, start, end);
      else source.focus();
    };
    const buttons = element("p", "", "desk-buttons");
    if (!found.refused) buttons.append(button("적용", done(found.text)), " ");
    buttons.append(button("그대로 두기", done(plain), !found.refused), " ", button("붙여 넣지 않기", done(""), true));
    panel.append(buttons);
    source.readOnly = true; // 답할 때까지 자리가 바뀌지 않게
    pasted.replaceChildren(panel);
    panel.focus();
    panel.scrollIntoView({ block: "nearest" });
  };

  source.addEventListener("paste", async (event) => {
    const plain = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const html = event.clipboardData.getData("text/html");
    if (source.readOnly || (!html && !plain) || (plain && plain.length < BIG && !plain.includes("\n"))) return;
    event.preventDefault();
    const { selectionStart: start, selectionEnd: end } = source;
    source.readOnly = true;
    try {
      const answer = await post(form.dataset.paste, { html, text: plain });
      const found = await answer.json();
      source.readOnly = false;
      if (found.refused || found.has_news) ask(found, plain, start, end);
      else insert(found.text, start, end);
    } catch {
      source.readOnly = false;
      insert(plain, start, end);
    }
  });

  // 저장하지 않고 떠나려 할 때 묻는다

  const fields = [...form.querySelectorAll("input[name]:not([type=hidden]):not([type=file]), textarea[name]")];
  const state = () => fields.map((each) => each.value).join("\u0000");
  const saved = form.hasAttribute("data-unsaved") ? null : state();
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!leaving && state() !== saved) event.preventDefault();
  });

  const answered = form.querySelector("#conflict, #brought, #comparison, #preview");
  if (answered && !window.location.hash) answered.scrollIntoView({ block: "start" });
})();
