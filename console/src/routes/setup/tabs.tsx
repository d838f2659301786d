import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import classes from "./tabs.module.css";

export interface TabsProps<Key extends string> {
  readonly label: string;
  readonly tabs: readonly (readonly [key: Key, title: string])[];
  readonly current: Key;
  readonly onPick: (key: Key) => void;
  /** What the chosen one shows. */
  readonly children: ReactNode;
}

/** Several ways to look at one thing. Tab leads to the chosen one, the arrows to the others. */
export function Tabs<Key extends string>({ label, tabs, current, onPick, children }: TabsProps<Key>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  function onKeyDown(event: KeyboardEvent): void {
    const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    const at = tabs.findIndex(([key]) => key === current);
    const next = (at + by + tabs.length) % tabs.length;
    const [key] = tabs[next] ?? [current];
    onPick(key);
    list.current?.querySelectorAll<HTMLElement>("[role=tab]")[next]?.focus();
  }

  return (
    <div>
      <div ref={list} className={classes["tabs"]} role="tablist" aria-label={label} onKeyDown={onKeyDown}>
        {tabs.map(([key, title]) => (
          <button
            key={key}
            id={`${id}-${key}`}
            type="button"
            role="tab"
            aria-selected={key === current}
            aria-controls={`${id}-panel`}
            tabIndex={key === current ? 0 : -1}
            onClick={() => {
              onPick(key);
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <div id={`${id}-panel`} role="tabpanel" aria-labelledby={`${id}-${current}`} className={classes["panel"]}>
        {children}
      </div>
    </div>
  );
}
