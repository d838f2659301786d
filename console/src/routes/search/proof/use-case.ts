import { useEffect, useRef, useState } from "react";
import { exportCase, type CaseRequest } from "../../../case-api.ts";

type CaseState =
  | { readonly kind: "none" }
  | { readonly kind: "going"; readonly bytes: number }
  | { readonly kind: "done"; readonly bytes: number; readonly fileName: string }
  | { readonly kind: "failed"; readonly error: unknown };

export interface CaseDownload {
  readonly state: CaseState;
  readonly start: (request: CaseRequest) => void;
  readonly stop: () => void;
}

/** Has a case file made and hands it to the browser to keep; a link cannot, since only a request can carry the token. */
export function useCase(): CaseDownload {
  const [state, setState] = useState<CaseState>({ kind: "none" });
  const running = useRef<AbortController>(undefined);
  const stop = () => {
    running.current?.abort();
    running.current = undefined;
  };
  useEffect(() => stop, []);
  async function run(request: CaseRequest, signal: AbortSignal): Promise<void> {
    try {
      const { blob, fileName } = await exportCase(
        request,
        (bytes) => {
          setState({ kind: "going", bytes });
        },
        signal,
      );
      keepFile(blob, fileName);
      setState({ kind: "done", bytes: blob.size, fileName });
    } catch (error) {
      if (!signal.aborted) setState({ kind: "failed", error });
    }
  }
  return {
    state,
    stop,
    start: (request) => {
      stop();
      const control = new AbortController();
      running.current = control;
      setState({ kind: "going", bytes: 0 });
      void run(request, control.signal);
    },
  };
}

function keepFile(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName;
  link.click();
  // The browser has taken it by then.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 60_000);
}
