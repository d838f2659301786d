import { useEffect, useRef } from "react";

/** A key as the handler table names it: `j`, `shift+f`, `ArrowDown`, `?`. */
export type KeyTable = Readonly<Record<string, () => void>>;

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}

/** Single keys that work anywhere on the page except where text is typed or a dialog is open. */
export function useKeys(table: KeyTable): void {
  const latest = useRef(table);
  useEffect(() => {
    latest.current = table;
  });
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      if (document.querySelector("dialog[open]") !== null) return;
      const isLetter = /^[a-z]$/i.test(event.key);
      const name = isLetter ? `${event.shiftKey ? "shift+" : ""}${event.key.toLowerCase()}` : event.key;
      const handler = latest.current[name];
      if (handler === undefined) return;
      // Enter and Space on a button or link belong to it; arrows belong to menus and tabs.
      if (event.target instanceof Element) {
        if (event.target.closest("[role=dialog], [role=menu]") !== null) return;
        if (name === "Enter" && event.target.closest("button, a, [role=menuitem], [role=tab]") !== null) return;
        if (name.startsWith("Arrow") && event.target.closest("[role=tablist], [role=separator]")) return;
      }
      event.preventDefault();
      handler();
    }
    window.addEventListener("keydown", onKeyDown);
    return () => {
      window.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}
