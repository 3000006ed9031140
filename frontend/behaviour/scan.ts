/**
 * data-ik-scan on a button of a form: the camera reads a QR into the form's text field and the form is sent.
 * Hidden where the browser cannot read QR codes by itself; typing always works. No picture leaves the phone.
 */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type DetectorClass = { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> };

const EVERY = 200;

export async function scanCodes(): Promise<void> {
  const found = (window as unknown as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const buttons = document.querySelectorAll<HTMLElement>("[data-ik-scan]");
  if (!found || !buttons.length || !navigator.mediaDevices) return;
  if (!(await found.getSupportedFormats()).includes("qr_code")) return;
  const detector = new found({ formats: ["qr_code"] });
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => void scan(button.closest("form") as HTMLFormElement, button, detector));
  }
}

async function scan(form: HTMLFormElement, button: HTMLElement, detector: Detector): Promise<void> {
  const view = form.querySelector<HTMLElement>("[data-ik-scan-view]");
  const video = view?.querySelector("video");
  const field = form.querySelector<HTMLInputElement>("input[type=text], input:not([type])");
  const refused = form.querySelector<HTMLElement>("[data-ik-scan-refused]");
  if (!view || !video || !field || !refused) return;
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    refused.hidden = false;
    return;
  }
  button.hidden = refused.hidden = true;
  view.hidden = false;
  video.srcObject = stream;
  await video.play();
  const stop = (): void => {
    window.clearInterval(looking);
    for (const track of stream.getTracks()) track.stop();
    view.hidden = true;
    button.hidden = false;
  };
  const looking = window.setInterval(async () => {
    const [code] = await detector.detect(video).catch(() => []);
    if (!code?.rawValue || view.hidden) return;
    stop();
    field.value = code.rawValue;
    form.requestSubmit();
  }, EVERY);
  view.querySelector("button")?.addEventListener("click", stop, { once: true });
}
