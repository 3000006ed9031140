/** data-ik-least="12" on a field: its hint counts along, so that nobody counts letters that are shown as dots. */
export function countLetters(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("[data-ik-least]")) {
    const hint = document.getElementById(`${field.id}_helptext`);
    const words = field.dataset.ikLetters;
    if (!hint || !words) continue;
    const before = hint.textContent;
    const least = Number(field.dataset.ikLeast);
    field.addEventListener("input", () => {
      const count = [...field.value].length;
      hint.textContent = count ? words.replace("{n}", String(count)) : before;
      hint.classList.toggle("ik-text-ok", count >= least);
    });
  }
}
