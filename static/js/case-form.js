// The meter above a case's form, counted on while somebody types. The rule itself is the server's
// (cms/queries/completeness.py): which parts there are and what each waits for stands in the markup.
(() => {
  const field = (name) => document.querySelector(`#page-edit-form [name="${name}"]`);

  const hasWords = (raw) => {
    try {
      return (JSON.parse(raw)?.blocks ?? []).some((block) => block.text.trim());
    } catch {
      return Boolean(raw.trim());
    }
  };

  const rows = (name, total, deleted) => {
    const count = Number(field(`${name}-${total}`)?.value ?? 0);
    return Array.from({ length: count }, (_, index) => index).filter((index) => {
      const box = field(`${name}-${index}-${deleted}`);
      return box && !(box.type === "checkbox" ? box.checked : box.value);
    });
  };

  const isFilled = {
    text: (name) => Boolean(field(name)?.value.trim()),
    rich: (name) => hasWords(field(name)?.value ?? ""),
    blocks: (name, telling) =>
      rows(name, "count", "deleted").some((index) => field(`${name}-${index}-value-${telling}`)?.value.trim()),
    rows: (name) => rows(name, "TOTAL_FORMS", "DELETE").length > 0,
  };

  const count = (meter) => {
    const finished = meter.dataset.finished.split(" ").includes(field("phase")?.value);
    let asked = 0;
    let filled = 0;
    for (const step of meter.querySelectorAll("[data-case-step]")) {
      let missing = 0;
      for (const part of step.querySelectorAll("[data-case-part]")) {
        const has = isFilled[part.dataset.kind](part.dataset.casePart, part.dataset.telling);
        const owed = finished || !("awaitsEnd" in part.dataset);
        asked += owed;
        filled += owed && has;
        missing += owed && !has;
        part.classList.toggle("is-filled", has || !owed);
        part.querySelector("small").textContent = has ? "채움" : owed ? "비어 있음" : "마친 뒤에";
      }
      step.classList.toggle("is-done", !missing);
    }
    const sum = `${filled}/${asked}`;
    const said = meter.querySelector("[data-case-sum]");
    if (said.textContent === sum) return;
    said.textContent = sum;
    Object.assign(meter.querySelector("meter"), { max: asked, value: filled });
  };

  // A part stands inside a panel that may be folded, and a hidden field can't be gone to.
  const goTo = (event) => {
    const part = event.target.closest("[data-case-part]");
    const place = part && document.querySelector(`[data-contentpath="${part.dataset.casePart}"], #panel-child-content-child-${part.dataset.casePart}-section`);
    const target = place ?? (part && document.getElementById(part.hash.slice(1))?.closest("section"));
    if (!target) return;
    event.preventDefault();
    const folded = target.closest("section")?.querySelector("[data-panel-toggle][aria-expanded=false]");
    folded?.click();
    target.scrollIntoView({ block: "center" });
    target.querySelector("input:not([type=hidden]), textarea, select, [contenteditable=true], button")?.focus({ preventScroll: true });
  };

  document.addEventListener("DOMContentLoaded", () => {
    const meter = document.querySelector("[data-case-meter]");
    if (!meter) return;
    meter.addEventListener("click", goTo);
    // Rich text and blocks keep their values in fields that tell nobody when they change.
    const again = () => document.hidden || count(meter);
    setInterval(again, 1000);
    again();
  });
})();
