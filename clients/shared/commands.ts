// Commands on their way to the hub by HTTP, and the answers that a person can read.
import { newId } from "./ids.ts";

export interface Command {
  id: string;
  type: string;
  data: object;
}

export interface Refusal {
  code: string;
  sentence: string;
  field?: string | null;
}

export interface Ack {
  ok: boolean;
  id: string;
  number?: number;
  result?: Record<string, unknown>;
  refusal?: Refusal;
}

export const ANSWER_WITHIN = 8_000;

/** A command with an id of its own; sending the same command twice is harmless. */
export function newCommand(type: string, data: object, id: string = newId()): Command {
  return { id, type, data };
}

/** Send commands by HTTP. Throws where the hub was not reached or the sign-in has ended: nothing is decided then. */
export async function postCommands(commands: Command[], visit?: string): Promise<Ack[]> {
  const answer = await fetch("/commands", {
    method: "POST",
    credentials: "same-origin",
    headers: { "Content-Type": "application/json", ...(visit ? { "Facilitate-Visit": visit } : {}) },
    body: JSON.stringify({ commands }),
    signal: AbortSignal.timeout(2 * ANSWER_WITHIN),
  });
  const body: { acks?: Ack[] } | null = await answer.json().catch(() => null);
  if (!body?.acks) throw new Error(`the centre answered ${answer.status}`);
  return body.acks;
}

/** The answer that a device gives itself when the hub could not be reached. */
export function notReached(id: string): Ack {
  return {
    ok: false,
    id,
    refusal: {
      code: "not-reached",
      sentence: "The centre did not answer. What you chose is still on this page: try again in a moment.",
    },
  };
}
