/** Starts every behaviour, once, when the page has been read. */
import { keepTyped } from "./keep";
import { enhancePins, enhanceSix } from "./digits";
import { sendFragment } from "./fragment";
import { submitFullPins } from "./pinsubmit";
import { countLetters } from "./letters";
import { scanCodes } from "./scan";
import { autoSubmit, copyOnTap, dropFiles, printOnTap, revealPasswords } from "./taps";

export function start(): void {
  const run = (): void => {
    copyOnTap();
    printOnTap();
    revealPasswords();
    autoSubmit();
    dropFiles();
    enhanceSix();
    enhancePins();
    submitFullPins();
    keepTyped();
    countLetters();
    sendFragment();
    void scanCodes();
  };
  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", run);
  } else {
    run();
  }
}
