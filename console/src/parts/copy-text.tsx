import { useEffect, useState } from "react";
import { createContext, use, useCallback } from "react";
import type { ReactNode } from "react";

const Announce = createContext<(message: string) => void>(() => undefined);

/** Says short things ("Copied") on screen and to screen readers. */
export function Announcer({ children }: { readonly children: ReactNode }) {
  const [message, setMessage] = useState<{ text: string; turn: number }>({ text: "", turn: 0 });
  const announce = useCallback((text: string) => {
    setMessage((last) => ({ text, turn: last.turn + 1 }));
  }, []);
  useEffect(() => {
    if (message.text === "") return;
    const timer = setTimeout(() => {
      setMessage((last) => (last.turn === message.turn ? { ...last, text: "" } : last));
    }, 1800);
    return () => {
      clearTimeout(timer);
    };
  }, [message]);
  return (
    <Announce value={announce}>
      {children}
      <output className="tw-announcement" data-shown={message.text !== ""} aria-live="polite">
        {message.text}
      </output>
    </Announce>
  );
}

export function useAnnounce(): (message: string) => void {
  return use(Announce);
}

/** Puts text on the clipboard and says so; pages over plain HTTP have no clipboard interface, so there is a second way. */
export function useCopy(): (text: string, what?: string) => void {
  const announce = useAnnounce();
  return useCallback(
    (text, what = "Copied") => {
      writeClipboard(text).then(
        () => {
          announce(what);
        },
        () => {
          announce("The browser did not allow copying");
        },
      );
    },
    [announce],
  );
}

async function writeClipboard(text: string): Promise<void> {
  // Only secure contexts have it, whatever the type says: a server on the company network is often plain HTTP.
  const clipboard: Clipboard | undefined = navigator.clipboard;
  if (clipboard !== undefined) {
    await clipboard.writeText(text);
    return;
  }
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "tw-hidden";
  document.body.append(area);
  area.select();
  const isDone = document.execCommand("copy");
  area.remove();
  if (!isDone) throw new Error("Copy refused");
}
