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
