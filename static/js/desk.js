// What Wagtail 8.0.1 says in English without gettext: no catalogue reaches it.
(() => {
  const WORDS = { Edit: "고치기", Remove: "링크 풀기" }; // draftail.js, the bubble at a link

  const mend = (root) => {
    for (const button of root.querySelectorAll(".Tooltip__button")) {
      const word = WORDS[button.textContent];
      if (word) button.textContent = word;
    }
    for (const input of root.querySelectorAll('input[type="submit"][value="Search"]')) {
      input.value = "검색"; // wagtailadmin/home.html, shared/header.html
    }
  };

  // A button that is pressed while a new page is saved by itself waits for the answer: the form still
  // says "add", and the page would be made twice.
  let underWay = false;
  let pressed = null;
  const ask = window.fetch;
  window.fetch = (...given) => {
    const form = document.querySelector("form[data-edit-form]");
    if (form && given[0] === form.action && given[1]?.method?.toUpperCase() === "POST") underWay = true;
    return ask.apply(window, given);
  };
  document.addEventListener("submit", (event) => {
    if (!underWay || !event.target.matches("form[data-edit-form]")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    pressed = { form: event.target, name: event.submitter?.name, value: event.submitter?.value };
  }, true);
  const answered = () => {
    underWay = false;
    if (!pressed) return;
    const { form, name, value } = pressed;
    pressed = null;
    // Not with the button itself: it may be switched off while it says that it works.
    if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    form.requestSubmit();
  };
  document.addEventListener("w-autosave:success", answered);
  document.addEventListener("w-autosave:error", answered);

  // jQuery UI, to a screen reader at the tag field; before the field is made, so not on DOMContentLoaded.
  const autocomplete = window.jQuery?.ui?.autocomplete?.prototype.options;
  if (autocomplete) {
    autocomplete.messages = {
      noResults: "찾은 것이 없습니다.",
      results: (count) => `${count}개를 찾았습니다. 위아래 화살표로 고르세요.`,
    };
  }

  // 복사 단추: 칸을 고르고 복사한다. 안 되면 골라 둔 채로 남는다.
  document.addEventListener("click", ({ target }) => {
    const field = document.getElementById(target.dataset?.copies ?? "");
    if (!field) return;
    field.select();
    const done = document.execCommand("copy");
    document.getElementById(`${field.id}-said`).textContent = done ? "복사했습니다." : "골라 두었습니다. 직접 복사하세요.";
  });

  document.addEventListener("DOMContentLoaded", () => {
    mend(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) if (node.nodeType === 1) mend(node.parentElement ?? node);
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
