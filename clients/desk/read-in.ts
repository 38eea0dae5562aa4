// The desk's camera reads the codes on a laptop's screen into the field of the form; the form works without it too.
import { decodeQR } from "qr/decode.js";
import { progressOf } from "../shared/bundle.ts";
import { list } from "../shared/words.ts";

interface Detector {
  detect(source: HTMLCanvasElement): Promise<{ rawValue: string }[]>;
}

const LOOK_EVERY = 120;
const WIDEST = 1_280;
const place = document.getElementById("camera");
const field = document.getElementById("codes") as HTMLTextAreaElement | null;
const progress = document.getElementById("progress");

function own(): Detector | null {
  const made = (window as { BarcodeDetector?: new (options: object) => Detector }).BarcodeDetector;
  try {
    return made ? new made({ formats: ["qr_code"] }) : null;
  } catch {
    return null;
  }
}

function tell(): boolean {
  const so_far = progressOf(field?.value ?? "");
  if (!so_far || !progress) return false;
  const { of, missing } = so_far;
  const numbers = missing.slice(0, 12).map(String);
  const rest = missing.length > 12 ? [...numbers, `${missing.length - 12} more`] : numbers;
  progress.textContent =
    missing.length === 0
      ? `All ${of} codes are read. Read them in.`
      : `${of - missing.length} of ${of} codes read. Missing: ${list(rest)}.`;
  return missing.length === 0;
}

/** Take what was read; true once the sequence is whole. */
function take(text: string): boolean {
  if (!field || !text.startsWith("FACILITATE:")) return false;
  const name = text.split(":")[1] ?? "";
  // Another laptop's codes begin anew.
  if (field.value.includes("FACILITATE:") && !field.value.includes(`:${name}:`)) field.value = "";
  if (!field.value.includes(text)) field.value += `${text}\n`;
  return tell();
}

async function read(canvas: HTMLCanvasElement, detector: Detector | null): Promise<string> {
  if (detector) return (await detector.detect(canvas))[0]?.rawValue ?? "";
  const { width, height } = canvas;
  const data = canvas.getContext("2d", { willReadFrequently: true })?.getImageData(0, 0, width, height).data;
  return data ? decodeQR({ width, height, data }, { timeLimit: 60 }) : "";
}

async function watch(video: HTMLVideoElement, stop: () => void): Promise<void> {
  const canvas = document.createElement("canvas");
  const detector = own();
  let whole = false;
  while (!whole && video.srcObject) {
    const scale = Math.min(1, WIDEST / Math.max(1, video.videoWidth));
    canvas.width = Math.max(1, video.videoWidth * scale);
    canvas.height = Math.max(1, video.videoHeight * scale);
    canvas
      .getContext("2d", { willReadFrequently: true })
      ?.drawImage(video, 0, 0, canvas.width, canvas.height);
    try {
      whole = take(await read(canvas, detector));
    } catch {
      // No code in this picture: the next one may have it.
    }
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
  }
  stop();
}

async function start(button: HTMLButtonElement, video: HTMLVideoElement): Promise<void> {
  const stop = () => {
    for (const track of (video.srcObject as MediaStream | null)?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = true;
    button.textContent = "Use the camera";
  };
  if (video.srcObject) {
    stop();
    return;
  }
  try {
    const asked = { video: { facingMode: "environment", width: { ideal: WIDEST } } };
    video.srcObject = await navigator.mediaDevices.getUserMedia(asked);
  } catch {
    if (progress)
      progress.textContent = "This machine gave no camera. Paste the codes as text, or take the file.";
    return;
  }
  video.hidden = false;
  button.textContent = "Stop the camera";
  await video.play();
  void watch(video, stop);
}

if (place && field && "mediaDevices" in navigator) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn";
  button.textContent = "Use the camera";
  const video = document.createElement("video");
  video.muted = true;
  video.playsInline = true;
  video.hidden = true;
  video.setAttribute("aria-label", "What the camera sees");
  button.addEventListener("click", () => void start(button, video));
  place.replaceChildren(button, video);
}
field?.addEventListener("input", () => tell());
