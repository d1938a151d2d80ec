// Keeps the HTML that 한글 and Word put on the clipboard: the text area itself would lose the tables.
(() => {
  for (const area of document.querySelectorAll("textarea[data-paste]")) {
    const kept = document.getElementById(area.dataset.paste);
    area.addEventListener("paste", (event) => {
      const html = event.clipboardData?.getData("text/html") ?? "";
      const whole = area.selectionStart === 0 && area.selectionEnd === area.value.length;
      kept.value = whole ? html : ""; // pasted beside other words: then the words count
    });
    area.addEventListener("input", (event) => {
      if (event.inputType !== "insertFromPaste") kept.value = "";
    });
  }
})();
