/**
 * data-ik-fragment on a form: a personal code behind the `#` of the address goes to the server by POST and leaves the
 * address at once. So it stands in no log, and a preview that fetches the page uses nothing up.
 */
export function sendFragment(): void {
  takeFragment();
  // A link opened in a tab that shows this page already changes only the part behind the `#`.
  window.addEventListener("hashchange", takeFragment);
}

function takeFragment(): void {
  const form = document.querySelector<HTMLFormElement>("form[data-ik-fragment]");
  const field = form?.querySelector<HTMLInputElement>("input[type=hidden]");
  const code = decodeURIComponent(location.hash.slice(1));
  if (!form || !field || !/^[0-9A-Za-z_-]{12,64}$/.test(code)) return;
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code;
  form.submit();
}
