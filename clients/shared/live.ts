// The live protocol of a device: join, submit, changes. Everything a page draws comes through here.
import { io, type Socket } from "socket.io-client";
import { type Ack, ANSWER_WITHIN, type Command, newCommand, notReached, postCommands } from "./commands.ts";
import { type Batch, type JoinAnswer, Streams } from "./streams.ts";

const SILENCE = 20_000;
// After a power cut the whole hall joins at once. Whoever gives up early comes back to the end of the queue and
// makes it longer; a dead connection is noticed by its heartbeat, not here.
const JOIN_WITHIN = 60_000;

/** here: all is well; joining: asking the hub; away: no connection; ended: the hub turned this sign-in away. */
export type Connection = "joining" | "here" | "away" | "ended";

export interface View {
  get<T extends object>(kind: string, id: string): T | undefined;
  all<T extends object>(kind: string): T[];
}

export class Live {
  readonly streams = new Streams();
  readonly view: View = this.streams;
  connection: Connection = "joining";
  /** When the connection was lost, in milliseconds of the hub's clock; null while it holds. */
  awaySince: number | null = null;
  /** What the hub said when it turned this device away. */
  sentence: string | null = null;

  private socket: Socket;
  private listeners = new Set<() => void>();
  private drawing = false;
  private asking = false;
  private askAgain = false;
  private waiting: Batch[] = [];
  private heard = 0;
  private hubAtZero: number | null = null;

  /** A delegate at a kiosk shows the visit beside the kiosk's own cookie. */
  constructor(
    address = "",
    private readonly visit?: string,
  ) {
    this.socket = io(address, {
      transports: ["websocket"],
      autoConnect: false,
      reconnectionDelay: 500,
      reconnectionDelayMax: 5_000,
      randomizationFactor: 0.5,
      withCredentials: true,
      ...(visit ? { auth: { visit } } : {}),
    });
    this.socket.on("connect", () => void this.join());
    this.socket.on("changes", (batch: Batch) => this.take(batch));
    this.socket.on("rejoin", () => void this.join());
    this.socket.on("disconnect", () => this.lost());
    this.socket.on("connect_error", () => this.turnedAway());
  }

  /** Connect, and stay connected until the page is left. */
  start(): void {
    this.socket.connect();
    setInterval(() => this.listen(), 5_000);
    addEventListener("online", () => this.socket.connect());
    addEventListener("pageshow", () => this.listen());
  }

  get epoch(): string | null {
    return this.streams.epoch;
  }

  /** The hub's clock in milliseconds, so that a wrong clock on the device changes no countdown. */
  now(): number {
    return this.hubAtZero === null ? Date.now() : this.hubAtZero + performance.now();
  }

  /** Call back when there is something new to draw, at most once per animation frame. */
  onChange(callback: () => void): () => void {
    this.listeners.add(callback);
    return () => this.listeners.delete(callback);
  }

  /** Send a command and wait for the answer; a second try and the way by HTTP keep the same id. */
  async submit(type: string, data: object, id?: string): Promise<Ack> {
    const command = newCommand(type, data, id);
    for (const way of [this.emit, this.emit, this.post]) {
      try {
        return await way.call(this, command);
      } catch {
        // The next way takes the same command.
      }
    }
    return notReached(command.id);
  }

  /** Send by socket only. Throws when there is no connection or no answer in time. */
  async emit(command: Command): Promise<Ack> {
    if (!this.socket.connected) throw new Error("no connection");
    return (await this.socket.timeout(ANSWER_WITHIN).emitWithAck("submit", command)) as Ack;
  }

  private async post(command: Command): Promise<Ack> {
    const [ack] = await postCommands([command], this.visit);
    if (!ack) throw new Error("no answer");
    return ack;
  }

  /** Ask "what since N?" for every stream; one question at a time. */
  private async join(): Promise<void> {
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    try {
      const sent = performance.now();
      const question = { streams: this.streams.numbers() };
      const answer = (await this.socket.timeout(JOIN_WITHIN).emitWithAck("join", question)) as JoinAnswer;
      this.answered(answer, sent);
    } catch {
      if (this.socket.connected) this.reconnect();
    } finally {
      this.asking = false;
    }
    if (this.askAgain && this.socket.connected) {
      this.askAgain = false;
      void this.join();
    }
  }

  private answered(answer: JoinAnswer, sent: number): void {
    if (!answer.ok) {
      this.refused(answer as unknown as Ack);
      return;
    }
    this.heard = performance.now();
    this.hubAtZero = answer.now - (sent + this.heard) / 2;
    if (!this.streams.joined(answer)) this.askAgain = true;
    const waiting = this.waiting.splice(0);
    for (const batch of waiting) this.take(batch, false);
    if (!this.askAgain) this.enter("here");
  }

  private take(batch: Batch, mayWait = true): void {
    this.heard = performance.now();
    if (batch.now && this.hubAtZero !== null) {
      this.hubAtZero = Math.max(this.hubAtZero, batch.now - this.heard);
    }
    if (this.asking && mayWait) {
      this.waiting.push(batch);
      return;
    }
    const fate = this.streams.changed(batch);
    if (fate === "hole") {
      if (this.asking) this.askAgain = true;
      else void this.join();
    }
    if (fate === "taken" && batch.changes.length > 0) this.draw();
  }

  /** An idle hub speaks every few seconds; long silence on an open socket means that it is dead. */
  private listen(): void {
    if (!this.socket.active) this.socket.connect();
    else if (this.socket.connected && !this.asking && performance.now() - this.heard > SILENCE)
      void this.join();
  }

  private reconnect(): void {
    this.socket.disconnect();
    this.socket.connect();
  }

  private lost(): void {
    this.waiting.length = 0;
    if (this.connection !== "away") this.awaySince = this.now();
    this.enter("away");
  }

  /** Only the end of the sign-in ends anything; whatever else the hub says is asked again in a moment. */
  private refused(answer: Ack): void {
    if (answer.refusal?.code === "signed-out") {
      this.sentence = answer.refusal.sentence;
      this.enter("ended");
    } else setTimeout(() => this.socket.connected && void this.join(), 2_000 + 2_000 * Math.random());
  }

  /** A socket that stays inactive was turned away by the hub itself: nobody is signed in here. */
  private turnedAway(): void {
    if (this.socket.active) this.lost();
    else this.enter("ended");
  }

  private enter(connection: Connection): void {
    this.connection = connection;
    if (connection === "here") {
      this.awaySince = null;
      this.sentence = null;
    }
    this.draw();
  }

  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    const run = () => {
      this.drawing = false;
      for (const listener of this.listeners) listener();
    };
    if (document.visibilityState === "visible") requestAnimationFrame(run);
    else setTimeout(run, 200);
  }
}
