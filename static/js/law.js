// 법문을 읽을 때의 도움: 인용과 주소 복사, 용어의 뜻, 글쇠. 없어도 모두 읽힌다.
(() => {
  "use strict";

  const law = document.querySelector(".law");
  if (!law) return;

  const said = document.createElement("p");
  said.className = "vh";
  said.setAttribute("role", "status");
  document.body.append(said);

  // 복사

  async function write(text) {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    // http로 여는 안쪽 망에는 clipboard가 없다.
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (!done) throw new Error("copy");
  }

  // 단추의 낱말은 CSS가 그린다: 법문을 긁어 복사해도 섞이지 않는다.
  function copyButton(what, place, text, shown) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.dataset.l = shown;
    button.setAttribute("aria-label", `${place} ${what} 복사`.trim());
    button.addEventListener("click", async () => {
      try {
        await write(text);
        button.dataset.l = "복사했습니다";
        said.textContent = `${place} ${what}: 복사했습니다`.trim();
      } catch {
        button.dataset.l = "복사하지 못했습니다";
        said.textContent = "복사하지 못했습니다. 글을 골라 직접 복사하세요.";
      }
      window.setTimeout(() => { button.dataset.l = shown; }, 2000);
    });
    return button;
  }

  for (const each of document.querySelectorAll("[data-copy]")) {
    each.after(copyButton(each.dataset.copy, "", each.textContent.trim(), "복사"));
  }

  document.addEventListener("toggle", ({ target }) => {
    const list = target.querySelector("[data-places]:not([data-ready])");
    if (!target.open || !list) return;
    list.dataset.ready = "";
    for (const link of list.querySelectorAll("a")) {
      const place = list.dataset.places + (link.textContent === list.dataset.places ? "" : link.textContent);
      const quoted = law.dataset.cite.replace("{}", place);
      link.after(copyButton("인용문", place, quoted, "인용 복사"), copyButton("주소", place, link.href, "주소 복사"));
    }
  }, true);

  // 용어의 뜻: 곁의 목록에 있는 것을 그 자리에 띄운다. Esc로 닫고, 포인터를 올려도 그대로 있다.

  const pop = document.createElement("div");
  pop.id = "meaning";
  pop.className = "panel meaning";
  pop.popover = "manual";
  document.body.append(pop);
  let shown = null, timer = 0;

  function show(link) {
    window.clearTimeout(timer);
    const home = link.closest("article");
    const told = (home && home.querySelector(`[data-meaning="${link.dataset.term}"]`)) ||
      document.querySelector(`main > .band [data-meaning="${link.dataset.term}"]`);
    if (!told || !pop.showPopover) return;
    hide();
    pop.replaceChildren(...[...told.children].map((line) => line.cloneNode(true)));
    pop.showPopover();
    shown = link;
    link.setAttribute("aria-describedby", pop.id);
    const box = link.getClientRects()[0];
    const below = box.bottom + pop.offsetHeight + 8 < window.innerHeight;
    pop.style.left = `${Math.max(8, Math.min(box.left, window.innerWidth - pop.offsetWidth - 8))}px`;
    pop.style.top = `${below ? box.bottom + 4 : Math.max(8, box.top - pop.offsetHeight - 4)}px`;
  }

  function hide() {
    if (!shown) return;
    shown.removeAttribute("aria-describedby");
    shown = null;
    pop.hidePopover();
  }

  const later = (act, wait) => { window.clearTimeout(timer); timer = window.setTimeout(act, wait); };
  law.addEventListener("focusin", ({ target }) => { if (target.matches(".term:focus-visible")) show(target); });
  law.addEventListener("focusout", () => later(hide, 200));
  law.addEventListener("pointerover", ({ target, pointerType }) => {
    const link = target.closest(".term");
    if (link && pointerType === "mouse") later(() => show(link), 250);
  });
  law.addEventListener("pointerout", ({ target }) => { if (target.closest(".term")) later(hide, 300); });
  pop.addEventListener("pointerenter", () => window.clearTimeout(timer));
  pop.addEventListener("pointerleave", () => later(hide, 300));
  pop.addEventListener("focusin", () => window.clearTimeout(timer));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && shown) { window.clearTimeout(timer); hide(); } });
  window.addEventListener("scroll", hide, { passive: true });

  // 글쇠: 법문에 초점이 있을 때만, 자판의 자리(event.code)로. 한글 입력기는 j를 ㅓ로 바꾼다.

  const help = document.querySelector("[data-keys]");
  if (!help) return;
  const choice = help.querySelector("input");
  help.hidden = false;
  try { choice.checked = window.localStorage.getItem("law-keys") !== "off"; } catch { /* 저장을 막아 두었다 */ }
  choice.addEventListener("change", () => {
    try { window.localStorage.setItem("law-keys", choice.checked ? "on" : "off"); } catch { /* 이 쪽에서만 */ }
  });

  const articles = [...law.querySelectorAll("article")];
  function step(by) {
    const here = document.activeElement.closest(".law article");
    const at = here ? articles.indexOf(here) : articles.findIndex((each) => each.getBoundingClientRect().bottom > 80) - (by > 0 ? 1 : 0);
    const next = articles[at + by];
    if (!next) return;
    next.tabIndex = -1;
    next.focus();
    next.scrollIntoView({ block: "start" });
  }

  law.addEventListener("keydown", (event) => {
    if (!choice.checked || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.code === "KeyJ") step(1);
    else if (event.code === "KeyK") step(-1);
    else if (event.code === "Slash" && !event.shiftKey) document.querySelector(".head-search").click();
    else return;
    event.preventDefault();
  });
})();
