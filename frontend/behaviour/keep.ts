/** data-ik-keep on a form: what was typed is not lost to a closed page or a lost signal. Nothing is stored in the browser. */

export function keepTyped(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ik-keep]")) {
    let isChanged = false;
    form.addEventListener("input", () => (isChanged = true));
    form.addEventListener("submit", (event) => {
      const notice = form.querySelector<HTMLElement>("[data-ik-offline]");
      if (!navigator.onLine) {
        event.preventDefault();
        if (notice) notice.hidden = false;
        return;
      }
      isChanged = false;
    });
    window.addEventListener("beforeunload", (event) => {
      if (isChanged) event.preventDefault();
    });
  }
}
