import { useEffect, useRef } from "react";
import type { ReactNode } from "react";
import controls from "./controls.module.css";

export interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A question in front of the page; Escape and a click beside it close it. */
export function Dialog({ title, isOpen, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!isOpen) {
      dialog.current?.close();
      return;
    }
    dialog.current?.showModal();
    // The browser begins with what comes first; React's own autoFocus is too early for a dialog.
    dialog.current?.querySelector<HTMLElement>("[data-first]")?.focus();
  }, [isOpen]);
  return (
    <dialog
      ref={dialog}
      className={controls["dialog"]}
      aria-label={title}
      onClose={onClose}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose();
      }}
    >
      {isOpen ? (
        <>
          <h2>{title}</h2>
          {children}
        </>
      ) : null}
    </dialog>
  );
}
