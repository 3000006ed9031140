/** Reads aloud where the phone has an Indonesian voice; elsewhere there is no button. */

function indonesian(): SpeechSynthesisVoice | undefined {
  return window.speechSynthesis?.getVoices().find((voice) => voice.lang.replace("_", "-").toLowerCase().startsWith("id"));
}

export const hasVoice = (): boolean => Boolean(indonesian());

/** Tell when the phone's voices are known; some browsers learn them late. */
export function onVoices(then: () => void): void {
  window.speechSynthesis?.addEventListener?.("voiceschanged", then);
}

export const isSpeaking = (): boolean => Boolean(window.speechSynthesis?.speaking);

export function stop(): void {
  window.speechSynthesis?.cancel();
}

export function speak(text: string, ended: () => void): void {
  stop();
  const said = new SpeechSynthesisUtterance(text);
  said.voice = indonesian() ?? null;
  said.lang = "id-ID";
  said.rate = 0.95;
  said.onend = said.onerror = ended;
  window.speechSynthesis.speak(said);
}
