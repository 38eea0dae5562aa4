// The kiosk's own voice, by the browser's speech: now, after what is being said, again, slower, louder, still.
const RATES = [0.6, 0.8, 1, 1.3, 1.7, 2.2];
const VOLUMES = [0.4, 0.7, 1];
// Long texts are said sentence by sentence: some browsers cut off what takes longer than a quarter of a minute.
const BETWEEN_SENTENCES = /(?<=[.!?][”"’)]*)\s+/;

export class Voice {
  on = false;
  private rate = 2;
  private volume = 1;
  private last = "";

  constructor(
    private readonly synthesis: SpeechSynthesis | undefined = window.speechSynthesis,
    private readonly changed: () => void = () => {},
  ) {
    synthesis?.addEventListener?.("voiceschanged", () => this.changed());
  }

  /** Whether this browser can speak at all; some find their voices only after a moment. */
  get isThere(): boolean {
    return this.fitting().length > 0;
  }

  get speaking(): boolean {
    return this.on && Boolean(this.synthesis?.speaking || this.synthesis?.pending);
  }

  /** Instead of what is being said. */
  say(text: string): void {
    if (!this.on || !text.trim()) return;
    this.synthesis?.cancel();
    this.last = text;
    this.utter(text);
  }

  /** After what is being said. */
  add(text: string): void {
    if (!this.on || !text.trim()) return;
    this.last = this.speaking ? `${this.last} ${text}` : text;
    this.utter(text);
  }

  again(): void {
    this.say(this.last);
  }

  hush(): void {
    this.synthesis?.cancel();
  }

  /** Slower or faster; says how. */
  pace(by: number): void {
    this.rate = within(RATES, this.rate + by);
    const end = this.rate === 0 || this.rate === RATES.length - 1;
    this.say(`${by < 0 ? "Slower" : "Faster"}.${end ? " No further." : ""}`);
  }

  /** Louder, and after the loudest quiet again: one key is enough. */
  louder(): void {
    this.volume = (this.volume + 1) % VOLUMES.length;
    this.say(["Quiet.", "Louder.", "As loud as it goes."][this.volume] ?? "");
  }

  private utter(text: string): void {
    const [voice] = this.fitting();
    for (const sentence of text.trim().split(BETWEEN_SENTENCES)) {
      const utterance = new SpeechSynthesisUtterance(sentence);
      utterance.lang = voice?.lang ?? "en-GB";
      utterance.voice = voice ?? null;
      utterance.rate = RATES[this.rate] ?? 1;
      utterance.volume = VOLUMES[this.volume] ?? 1;
      this.synthesis?.speak(utterance);
    }
  }

  /** English voices of this machine first: nothing that is said here leaves it. */
  private fitting(): SpeechSynthesisVoice[] {
    const rank = (voice: SpeechSynthesisVoice) =>
      (voice.localService ? 0 : 4) + (/^en.GB/i.test(voice.lang) ? 0 : /^en/i.test(voice.lang) ? 1 : 2);
    return (this.synthesis?.getVoices() ?? [])
      .filter((voice) => voice.localService)
      .sort((a, b) => rank(a) - rank(b));
  }
}

function within(steps: number[], at: number): number {
  return Math.min(steps.length - 1, Math.max(0, at));
}
