/** data-ik-pin-submit on a form: a full PIN needs no further tap; the button is for browsers without scripts. */
export function submitFullPins(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-ik-pin-submit]")) {
    form.addEventListener("ik-pin-full", () => form.requestSubmit());
    for (const button of document.querySelectorAll<HTMLElement>(".ik-without-script")) {
      const dock = button.closest<HTMLElement>(".ik-dock");
      if (dock) dock.replaceChildren();
    }
  }
}
