import { useSyncExternalStore } from "react";

/**
 * The data folder's token: who has it may change sources and filters. It comes behind the # of the address that the server
 * printed, which no browser sends; it is taken out of the address at once, and kept for this tab alone.
 */
const keptKey = "trailwarden.token";
const shape = /^[\w-]{20,200}$/;

interface Held {
  readonly token: string | undefined;
  /** The server did not take the last one: it was started again since. */
  readonly isRefused: boolean;
}

let held: Held = { token: undefined, isRefused: false };
const listeners = new Set<() => void>();

/** Takes what the address carries, now and whenever it is opened again in this tab; to be called before anybody reads the address. */
export function takeToken(): void {
  held = { token: fromAddress() ?? kept(), isRefused: false };
  addEventListener("hashchange", () => {
    const token = fromAddress();
    if (token !== undefined) hold({ token, isRefused: false });
  });
}

/** What is in the address, which is clean afterwards. */
function fromAddress(): string | undefined {
  const parameters = new URLSearchParams(location.hash.slice(1));
  const given = parameters.get("token");
  if (given === null) return undefined;
  history.replaceState(history.state, "", location.pathname + location.search);
  if (!shape.test(given)) return undefined;
  keep(given);
  return given;
}

function kept(): string | undefined {
  try {
    return sessionStorage.getItem(keptKey) ?? undefined;
  } catch {
    return undefined;
  }
}

function keep(token: string | undefined): void {
  try {
    if (token === undefined) sessionStorage.removeItem(keptKey);
    else sessionStorage.setItem(keptKey, token);
  } catch {
    // A browser that keeps nothing asks again after a reload.
  }
}

function hold(next: Held): void {
  held = next;
  for (const listener of listeners) listener();
}

export function heldToken(): string | undefined {
  return held.token;
}

/** What a person pasted: the token, or the whole address that holds it. Tells whether there was one in it. */
export function giveToken(text: string): boolean {
  const token = /(?:^|[#&"])token(?:=|"\s*:\s*")([\w-]+)/.exec(text)?.[1] ?? text.trim();
  if (!shape.test(token)) return false;
  keep(token);
  hold({ token, isRefused: false });
  return true;
}

/** The server does not know it. */
export function refuseToken(): void {
  keep(undefined);
  hold({ token: undefined, isRefused: true });
}

/** Whether this page may change things, as far as it knows. */
export function useAccess(): { readonly mayChange: boolean; readonly isRefused: boolean } {
  const now = useSyncExternalStore(subscribe, () => held);
  return { mayChange: now.token !== undefined, isRefused: now.isRefused };
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
