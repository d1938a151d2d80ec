// The screen that waits for the worker. Without this script a link shows how far it is.
(() => {
  const panel = document.querySelector("[data-progress]");
  if (!panel) return;
  const bar = panel.querySelector("progress");
  const text = panel.querySelector("[data-progress-text]");
  const number = (value) => value.toLocaleString("ko-KR");

  const look = async () => {
    try {
      const answer = await fetch(panel.dataset.progress, { headers: { Accept: "application/json" } });
      if (answer.ok) {
        const { waits, done, total } = await answer.json();
        if (!waits) {
          location.reload();
          return;
        }
        if (total) {
          bar.max = total;
          bar.value = done;
        }
        text.textContent = total ? `${number(total)}줄 가운데 ${number(done)}줄` : done ? `${number(done)}줄 읽음` : "";
      }
    } catch {
      // Offline for a moment: asked again.
    }
    setTimeout(look, 1500);
  };
  setTimeout(look, 800);
})();
