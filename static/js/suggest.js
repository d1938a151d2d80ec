// 검색 상자의 후보 목록과 휴대전화의 거르기 접기. 없어도 모든 것을 찾을 수 있다.
(() => {
  "use strict";

  const wide = window.matchMedia("(min-width: 62rem)");
  for (const drawer of document.querySelectorAll("details.drawer")) {
    drawer.open = wide.matches;
    wide.addEventListener("change", (event) => { drawer.open = event.matches; });
  }

  const KINDS = { tag: "주제어", municipality: "지방정부", case: "사례", provision: "조문", page: "소식·안내", dataset: "자료" };
  let serial = 0;

  // WAI-ARIA 1.2의 콤보박스: 초점은 상자에 남고, 고른 줄은 aria-activedescendant가 가리킨다.
  function attach(input) {
    const list = document.createElement("ul");
    list.id = `suggest-${++serial}`;
    list.className = "suggest";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "검색 후보");
    list.hidden = true;
    input.form.insertAdjacentElement("afterend", list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);

    let found = [], active = -1, timer = 0, asked = "", request = null;

    function close() {
      list.hidden = true;
      active = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function mark(next) {
      active = next;
      list.querySelectorAll("li").forEach((row, i) => row.setAttribute("aria-selected", String(i === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    }

    function show() {
      list.replaceChildren(...found.map((each, i) => {
        const row = document.createElement("li");
        row.id = `${list.id}-${i}`;
        row.setAttribute("role", "option");
        row.setAttribute("aria-selected", "false");
        row.textContent = each.text;
        const kind = document.createElement("small");
        kind.textContent = ` ${KINDS[each.kind] || ""}`;
        row.append(kind);
        row.addEventListener("mousedown", (event) => { event.preventDefault(); window.location.assign(each.url); });
        return row;
      }));
      active = -1;
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(found.length > 0));
    }

    async function ask() {
      const written = input.value.trim();
      if (!written) { found = []; asked = ""; close(); return; }
      if (written === asked) return;
      asked = written;
      if (request) request.abort();
      request = new AbortController();
      try {
        const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(written)}`, { signal: request.signal });
        if (!response.ok) return;
        found = (await response.json()).suggestions;
        show();
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    }

    input.addEventListener("input", () => { window.clearTimeout(timer); timer = window.setTimeout(ask, 120); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || list.hidden) return;
      if (event.key === "Escape") { close(); event.preventDefault(); }
      else if (event.key === "ArrowDown") { mark((active + 1) % found.length); event.preventDefault(); }
      else if (event.key === "ArrowUp") { mark(active <= 0 ? found.length - 1 : active - 1); event.preventDefault(); }
      else if (event.key === "Enter" && active >= 0) { event.preventDefault(); window.location.assign(found[active].url); }
    });
  }

  document.querySelectorAll("input[data-suggest]").forEach(attach);
})();
