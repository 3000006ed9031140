/** data-ik-limit="10" (MB) on a file field: a larger file is refused before it is sent; the server judges again. */
const MEGABYTE = 1024 * 1024;

export function limitFiles(): void {
  for (const field of document.querySelectorAll<HTMLInputElement>("input[type=file][data-ik-limit]")) {
    const box = field.closest("[data-ik-drop]") ?? field;
    const said = document.createElement("p");
    said.className = "ik-error";
    said.setAttribute("role", "alert");
    field.addEventListener("change", () => {
      const size = Math.ceil((field.files?.[0]?.size ?? 0) / MEGABYTE);
      const isTooLarge = size > Number(field.dataset.ikLimit);
      said.remove();
      if (!isTooLarge) return;
      said.textContent = (field.dataset.ikTooLarge ?? "").replace("{size}", String(size));
      box.after(said);
      field.value = "";
    });
  }
}
