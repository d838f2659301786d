import { useRef } from "react";
import classes from "./width-handle.module.css";

const step = 40;

/** The drawer's left edge: dragged with the pointer, or moved with the arrow keys. */
export function WidthHandle({ onWidth }: { readonly onWidth: (pixels: number) => void }) {
  const handle = useRef<HTMLDivElement>(null);
  function widthNow(): number {
    return handle.current?.parentElement?.getBoundingClientRect().width ?? 0;
  }
  return (
    <div
      ref={handle}
      className={classes["handle"]}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the event panel"
      tabIndex={0}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
      }}
      onPointerMove={(event) => {
        if (event.currentTarget.hasPointerCapture(event.pointerId)) onWidth(innerWidth - event.clientX);
      }}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") onWidth(widthNow() + step);
        else if (event.key === "ArrowRight") onWidth(widthNow() - step);
        else return;
        event.preventDefault();
      }}
    />
  );
}
