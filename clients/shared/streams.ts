// What a device knows, kept per audience and numbered; the merged view is what pages draw.
import type { Comment, Heard } from "./entities.ts";
import { isHeard } from "./heard.ts";

export type Change = [kind: string, id: string, value: object | null];
export type Kinds = Record<string, Record<string, object>>;

export interface Batch {
  audience: string;
  after: number;
  upto: number;
  now?: number;
  changes: Change[];
}

export interface JoinAnswer {
  ok: boolean;
  now: number;
  epoch: string;
  streams: Record<string, { upto: number; snapshot?: Kinds; after?: number; changes?: Change[] }>;
}

interface Stream {
  upto: number;
  kinds: Map<string, Map<string, object>>;
}

const REMEMBERED = "remembered";
const ORDER = [
  "delegates",
  "table",
  "echo",
  "block",
  "questions",
  "themes",
  "desk",
  "tellers",
  "screen",
  "commission",
  "person",
];

function rank(audience: string): number {
  if (audience.endsWith("+echo")) return ORDER.indexOf("echo");
  return ORDER.indexOf(audience.split(":")[0] ?? "");
}

/** What became of a batch: taken, already known, from a stream that is not ours, or after a hole. */
export type Fate = "taken" | "old" | "foreign" | "hole";

export class Streams {
  epoch: string | null = null;
  /** Goes up with every change, so that a page knows whether there is anything new to draw. */
  version = 0;
  private streams = new Map<string, Stream>();
  private merged = new Map<string, Map<string, object>>();
  private held: ReadonlySet<string> = new Set();
  /** The hub began anew: what is known stands until all of it has come again, so that nothing goes from a page. */
  private outdated = false;

  /** Show what was remembered until the hub answers for the first time. */
  remember(kinds: Kinds): void {
    if (this.epoch !== null) return;
    this.streams = new Map([[REMEMBERED, fresh({ upto: 0, snapshot: kinds })]]);
    this.touch();
  }

  /** Hold these comments, which are on show, although they are not heard any more; let go of all others. */
  hold(comments: ReadonlySet<string>): void {
    this.held = comments;
    for (const stream of this.streams.values()) if (this.letGo(stream)) this.merged.delete("comment");
  }

  /** How far this device got, as `join` wants it; empty before the first answer. */
  numbers(): Record<string, number> {
    if (this.outdated) return {};
    const heard = [...this.streams].filter(([audience]) => audience !== REMEMBERED);
    return Object.fromEntries(heard.map(([audience, stream]) => [audience, stream.upto]));
  }

  audiences(): string[] {
    return [...this.streams.keys()];
  }

  /** Take the answer to `join`. False: the hub began anew; join again with no numbers, and all is replaced. */
  joined(answer: JoinAnswer): boolean {
    const known = this.epoch;
    this.epoch = answer.epoch;
    if (known !== null && known !== answer.epoch && this.streams.size > 0) {
      this.outdated = true;
      return false;
    }
    this.outdated = false;
    const before = this.streams;
    this.streams = new Map();
    for (const [audience, part] of Object.entries(answer.streams)) {
      const old = before.get(audience);
      this.streams.set(audience, part.snapshot || !old ? fresh(part) : old);
      if (!part.snapshot && old && part.upto >= old.upto) {
        apply(old, part.changes ?? []);
        old.upto = part.upto;
      }
    }
    for (const stream of this.streams.values()) this.letGo(stream);
    this.touch();
    return true;
  }

  /** Take a batch of `changes`; the caller asks "what since N?" after a hole. */
  changed(batch: Batch): Fate {
    const stream = this.outdated ? undefined : this.streams.get(batch.audience);
    if (!stream) return "foreign";
    if (batch.after > stream.upto) return "hole";
    // What is passing, such as who is talking, comes without a number of its own.
    const passing = batch.upto === stream.upto && batch.changes.length > 0;
    if (batch.upto <= stream.upto && !passing) return "old";
    stream.upto = batch.upto;
    if (batch.changes.length > 0) {
      const changed = apply(stream, batch.changes);
      if (this.letGo(stream)) changed.add("comment");
      this.touch(changed);
    }
    return "taken";
  }

  /** Drop the comments of a stream that are not heard any more; true if there were any. */
  private letGo(stream: Stream): boolean {
    const comments = stream.kinds.get("comment") as Map<string, Comment> | undefined;
    const heard = stream.kinds.get("heard")?.get("heard") as Heard | undefined;
    if (!comments || !heard) return false;
    const before = comments.size;
    for (const [id, comment] of comments) {
      const onShow = this.held.has(id) && comment.passage in heard.passages;
      if (!onShow && !isHeard(heard, comment)) comments.delete(id);
    }
    return comments.size < before;
  }

  get<T extends object>(kind: string, id: string): T | undefined {
    return this.kind(kind).get(id) as T | undefined;
  }

  all<T extends object>(kind: string): T[] {
    return [...this.kind(kind).values()] as T[];
  }

  private kind(kind: string): Map<string, object> {
    let merged = this.merged.get(kind);
    if (!merged) {
      merged = new Map();
      const ordered = [...this.streams].sort(([a], [b]) => rank(a) - rank(b));
      for (const [, stream] of ordered) {
        for (const [id, value] of stream.kinds.get(kind) ?? []) merged.set(id, value);
      }
      this.merged.set(kind, merged);
    }
    return merged;
  }

  private touch(kinds: Iterable<string> = [...this.merged.keys()]): void {
    for (const kind of kinds) this.merged.delete(kind);
    this.version += 1;
  }
}

function fresh(part: { upto: number; snapshot?: Kinds; changes?: Change[] }): Stream {
  const stream: Stream = { upto: part.upto, kinds: new Map() };
  for (const [kind, values] of Object.entries(part.snapshot ?? {})) {
    stream.kinds.set(kind, new Map(Object.entries(values).map(([id, value]) => [id, { ...value, id }])));
  }
  apply(stream, part.changes ?? []);
  return stream;
}

/** Take changes in; gives back the kinds of things that they were about. */
function apply(stream: Stream, changes: Change[]): Set<string> {
  for (const [kind, id, value] of changes) {
    let values = stream.kinds.get(kind);
    if (!values) {
      values = new Map();
      stream.kinds.set(kind, values);
    }
    if (value === null) values.delete(id);
    else values.set(id, { ...value, id });
  }
  return new Set(changes.map(([kind]) => kind));
}
