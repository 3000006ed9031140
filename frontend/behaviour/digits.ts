/** Six digits, typed or tapped. In both cases one real input holds them. */

const onlyDigits = (field: HTMLInputElement): void => {
  const digits = field.value.replace(/\D/g, "").slice(0, 6);
  if (digits !== field.value) field.value = digits;
};

/** data-ik-six: lights the box that the next digit will fill. */
export function enhanceSix(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-ik-six]")) {
    const field = box.querySelector("input");
    const row = box.querySelector(".ik-six-boxes");
    if (!field || !row) continue;
    row.classList.add("is-live");
    const show = (): void => {
      onlyDigits(field);
      const next = document.activeElement === field ? Math.min(field.value.length, 5) : -1;
      [...row.children].forEach((child, index) => child.classList.toggle("is-next", index === next));
      box.scrollLeft = 0;
    };
    for (const kind of ["input", "focus", "blur"]) field.addEventListener(kind, show);
    show();
  }
}

/** data-ik-pin: dots and a number pad; a full PIN is announced with the event ik-pin-full. */
export function enhancePins(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-ik-pin]")) {
    const field = box.querySelector<HTMLInputElement>(".ik-pin-plain");
    if (!field) continue;
    const dots = [...box.querySelectorAll(".ik-pin-dots i")];
    const status = box.querySelector<HTMLElement>("[data-said]");
    box.classList.add("is-live");
    field.inputMode = "none"; // the pad is on the page; a keyboard over it would hide it
    const show = (): void => {
      onlyDigits(field);
      if (status) status.textContent = (status.dataset.said ?? "").replace("{n}", String(field.value.length));
      dots.forEach((dot, index) => dot.classList.toggle("is-on", index < field.value.length));
      if (field.value.length === 6) box.dispatchEvent(new CustomEvent("ik-pin-full", { bubbles: true }));
    };
    field.addEventListener("input", show);
    box.addEventListener("click", (event) => {
      const key = (event.target as Element).closest<HTMLElement>("[data-key]")?.dataset.key;
      if (!key) return;
      field.value = key === "back" ? field.value.slice(0, -1) : (field.value + key).slice(0, 6);
      field.dispatchEvent(new Event("input", { bubbles: true }));
    });
    show();
  }
}
