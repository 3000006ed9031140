/** One tap, one effect: copy, print, show a password, submit a filter, drop a file. */

/** data-ik-copy="text": copies it and says so for two seconds. */
export function copyOnTap(): void {
  document.addEventListener("click", async (event) => {
    const button = (event.target as Element).closest<HTMLElement>("[data-ik-copy]");
    if (!button) return;
    const said = await copy(button.dataset.ikCopy ?? "");
    const label = button.querySelector("span") ?? button;
    const before = label.textContent;
    if (!said || !button.dataset.ikCopied) return;
    label.textContent = button.dataset.ikCopied;
    button.setAttribute("aria-live", "polite");
    window.setTimeout(() => (label.textContent = before), 2000);
  });
}

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Plain http on a local network has no clipboard: select the text the old way.
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "ik-sr";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

/** data-ik-print: hidden until this script can print. */
export function printOnTap(): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-ik-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }
}

/** data-ik-reveal around a password field: a button that shows what was typed. */
export function revealPasswords(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-ik-reveal]")) {
    const field = box.querySelector("input");
    const button = box.querySelector("button");
    const word = button?.querySelector<HTMLElement>("[data-show]");
    if (!field || !button || !word) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.setAttribute("aria-pressed", String(!shown));
      word.textContent = (shown ? word.dataset.show : word.dataset.hide) ?? "";
    });
  }
}

/** data-ik-autosubmit on a form: a changed date or choice needs no button. */
export function autoSubmit(): void {
  document.addEventListener("change", (event) => {
    const form = (event.target as Element).closest<HTMLFormElement>("form[data-ik-autosubmit]");
    form?.requestSubmit();
  });
}

/** data-ik-drop: shows where a dragged file will land; the browser's own file field takes it. */
export function dropFiles(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-ik-drop]")) {
    const field = box.querySelector<HTMLInputElement>("input[type=file]");
    if (!field) continue;
    const mark = (on: boolean) => (event: DragEvent) => {
      event.preventDefault();
      box.classList.toggle("is-over", on);
    };
    box.addEventListener("dragover", mark(true));
    box.addEventListener("dragleave", mark(false));
    box.addEventListener("drop", (event) => {
      mark(false)(event);
      if (event.dataTransfer?.files.length) {
        field.files = event.dataTransfer.files;
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    });
  }
}
