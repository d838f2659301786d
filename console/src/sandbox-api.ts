import type { InferResponseType } from "hono/client";
import { client } from "./api.ts";

const { sandbox } = client.api.v1;

export type SandboxState = InferResponseType<typeof sandbox.$get, 200>;
export type SandboxAccount = NonNullable<SandboxState["accounts"]>[number];
export type SandboxTrail = NonNullable<SandboxState["trail"]>;
export type Story = InferResponseType<typeof sandbox.stories.$get, 200>["stories"][number];
export type Matter = Story["matters"][number];
export type Play = InferResponseType<typeof sandbox.plays.$get, 200>["plays"][number];
export type TruthLine = Play["truth"][number];
export type Clock = InferResponseType<typeof sandbox.clock.$get, 200>;
export type Faults = InferResponseType<typeof sandbox.faults.$get, 200>;
export type Fault = Faults["faults"][number];
export type FaultParameter = Fault["parameters"][string];
export type ActiveFault = Faults["active"][number];
export type ParameterValue = ActiveFault["parameters"][string];

export async function fetchSandbox(signal: AbortSignal): Promise<SandboxState> {
  return await (await sandbox.$get({}, { init: { signal } })).json();
}

export async function fetchStories(signal: AbortSignal): Promise<readonly Story[]> {
  return (await (await sandbox.stories.$get({}, { init: { signal } })).json()).stories;
}

export async function fetchPlays(signal: AbortSignal): Promise<readonly Play[]> {
  return (await (await sandbox.plays.$get({}, { init: { signal } })).json()).plays;
}

/** Plays a story; an hour of its people passes in an hour divided by the pace. */
export async function playStory(story: string, pace: number): Promise<Play> {
  const response = await sandbox.stories[":story"].play.$post({
    param: { story: encodeURIComponent(story) },
    json: { pace },
  });
  return await response.json();
}

export async function fetchClock(signal: AbortSignal): Promise<Clock> {
  return await (await sandbox.clock.$get({}, { init: { signal } })).json();
}

export async function setClock(change: { readonly speed?: number; readonly advanceSeconds?: number }): Promise<Clock> {
  return await (await sandbox.clock.$post({ json: change })).json();
}

export async function fetchFaults(signal: AbortSignal): Promise<Faults> {
  return await (await sandbox.faults.$get({}, { init: { signal } })).json();
}

export async function putFault(
  name: string,
  parameters: Readonly<Record<string, ParameterValue>>,
): Promise<ActiveFault> {
  return await (await sandbox.faults.$post({ json: { name, parameters } })).json();
}

export async function endFault(id: string): Promise<void> {
  await sandbox.faults[":fault"].$delete({ param: { fault: encodeURIComponent(id) } });
}
