/* 법문 편집: 쓰는 동안 차례와 문제를 곁에 보인다. 없어도 「저장하지 않고 검사」로 같은 것을 본다. */
(() => {
  "use strict";
  const form = document.querySelector(".law-editor");
  if (!form) return;
  const source = form.querySelector("[name=source_text]");
  const result = form.querySelector("[data-check-result]");
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  let waiting = 0;
  let asked = 0;

  const element = (tag, text, className) => {
    const made = document.createElement(tag);
    if (text) made.textContent = text;
    if (className) made.className = className;
    return made;
  };
  const lineLink = (text, line) => {
    const link = element("a", text);
    link.href = "#id_source_text";
    link.dataset.line = line;
    return link;
  };

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
      item.append(lineLink(`${fault.line}행 ${fault.column}열`, fault.line), " ", element("b", fault.level_name), " ", element("span", fault.message), " ", element("code", fault.code));
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
    const body = new FormData();
    body.append("source_text", source.value);
    const answer = await fetch(form.dataset.check, { method: "POST", body, headers: { "X-CSRFToken": token } });
    if (answer.ok && turn === asked) show(await answer.json());
  };

  source.addEventListener("input", () => {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(check, 500);
  });

  result.addEventListener("click", (event) => {
    const link = event.target.closest("[data-line]");
    if (!link) return;
    event.preventDefault();
    const lines = source.value.split("\n");
    const before = lines.slice(0, Number(link.dataset.line) - 1).join("\n");
    const start = before ? before.length + 1 : 0;
    source.focus();
    source.setSelectionRange(start, start + (lines[Number(link.dataset.line) - 1] || "").length);
    const height = parseFloat(getComputedStyle(source).lineHeight) || 24;
    source.scrollTop = Math.max(0, (Number(link.dataset.line) - 4) * height);
  });
})();
