import { useCallback, useEffect, useRef, useState } from "react";
import type { RunStream } from "../../../setup-api.ts";
import type { SetupRun } from "../../../setup-types.ts";
import { useAskAgain } from "../use-setup.ts";

/** How far a run is that was begun on this page. */
export interface LiveRun {
  readonly state: "none" | "running" | "ended" | "broken";
  readonly run: SetupRun | undefined;
  readonly error: unknown;
}

const none: LiveRun = { state: "none", run: undefined, error: undefined };

/**
 * Begins runs and follows them. Leaving the page does not end one: what was begun in an account is better done than
 * half done, and whoever comes back finds it among the runs.
 */
export function useRun(name: string) {
  const [live, setLive] = useState<LiveRun>(none);
  const askAgain = useAskAgain();
  const isHere = useRef(true);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  const begin = useCallback(
    async (stream: RunStream) => {
      let run: SetupRun | undefined;
      const show = (state: LiveRun["state"], error?: unknown) => {
        if (isHere.current) setLive({ state, run, error });
      };
      show("running");
      try {
        for await (const next of stream()) {
          run = next;
          show("running");
        }
        show("ended");
      } catch (error) {
        show("broken", error);
      }
      askAgain(name);
    },
    [askAgain, name],
  );
  const forget = useCallback(() => {
    setLive(none);
  }, []);
  return { live, begin, forget };
}
